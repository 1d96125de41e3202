package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.LANES;

import java.util.Arrays;

/**
 * Layer normalisation of contiguous rows: with xhat = fma(x - high, inverse, low), y = fma(xhat,
 * gamma, beta).
 *
 * <p>RMS normalisation is the case of high = 0 and low = -0, where xhat is x·inverse, sign of zero
 * included.
 */
public final class ScalarLayerNorm {
  /** Coefficients of a row: high, inverse, low. */
  public static final int COEFFICIENTS = 3;

  private ScalarLayerNorm() {}

  /** The coefficients of a row: high = mean, inverse = 1 / sqrt(variance + eps), low. */
  public static void coefficients(double mean, double variance, double eps, float[] c, int co) {
    float high = (float) mean;
    float inverse = (float) (1 / Math.sqrt(variance + eps));
    c[co] = high;
    c[co + 1] = inverse;
    c[co + 2] = (float) -((mean - high) * inverse);
  }

  /** The coefficients of RMS normalisation of a row by its mean square. */
  public static void rmsCoefficients(double meanSquare, double eps, float[] c, int co) {
    c[co] = 0f;
    c[co + 1] = (float) (1 / Math.sqrt(meanSquare + eps));
    c[co + 2] = -0f;
  }

  /** y = fma(xhat, gamma, beta). */
  public static void normalise(
      int n, float[] c, int co, float[] gamma, float[] beta, float[] x, int xo, float[] y, int yo) {
    float high = c[co];
    float inverse = c[co + 1];
    float low = c[co + 2];
    for (int j = 0; j < n; j++) {
      float xhat = fma(x[xo + j] - high, inverse, low);
      y[yo + j] = fma(xhat, gamma[j], beta[j]);
    }
  }

  /** y = (x·inverse)·gamma. */
  public static void scale(
      int n, float inverse, float[] gamma, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j++) {
      y[yo + j] = x[xo + j] * inverse * gamma[j];
    }
  }

  /** out ← Σ g, Σ g·xhat of one block with g = gamma·d, in the order of {@link ScalarReduce}. */
  public static void gradientSums(
      int n,
      float[] c,
      int co,
      float[] gamma,
      int go,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] lanes,
      float[] out) {
    float high = c[co];
    float inverse = c[co + 1];
    float low = c[co + 2];
    Arrays.fill(lanes, 0, 2 * LANES, 0f);
    for (int j = 0; j < n; j++) {
      int l = j % LANES;
      float g = gamma[go + j] * d[po + j];
      float xhat = fma(x[xo + j] - high, inverse, low);
      lanes[l] += g;
      lanes[LANES + l] = fma(g, xhat, lanes[LANES + l]);
    }
    out[0] = ScalarReduce.fold(lanes, LANES / 2);
    System.arraycopy(lanes, LANES, lanes, 0, LANES);
    out[1] = ScalarReduce.fold(lanes, LANES / 2);
  }

  /** dx = inverse·fma(-xhat, slope, gamma·d - mean). */
  public static void backward(
      int n,
      float[] c,
      int co,
      float mean,
      float slope,
      float[] gamma,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] dx,
      int dxo) {
    float high = c[co];
    float inverse = c[co + 1];
    float low = c[co + 2];
    for (int j = 0; j < n; j++) {
      float xhat = fma(x[xo + j] - high, inverse, low);
      dx[dxo + j] = inverse * fma(-xhat, slope, gamma[j] * d[po + j] - mean);
    }
  }

  /**
   * Adds Σ d and Σ d·xhat over rows to the planes of s from so on, in the order of {@link
   * ScalarColumns}: a whole group of rows, or less than one behind the last. c has the rows'
   * coefficients one row behind the other.
   */
  public static void addColumnSums(
      int rows,
      int n,
      float[] c,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] s,
      int so,
      int plane) {
    for (int j = 0; j < n; j++) {
      int o = xo + j;
      int p = po + j;
      int k = so + j;
      if (rows == GROUP) {
        float d0 = d[p];
        float d1 = d[p + prs];
        float d2 = d[p + 2 * prs];
        float d3 = d[p + 3 * prs];
        float q0 = fma(d1, xhat(x[o + xrs], c, 1), d0 * xhat(x[o], c, 0));
        float q1 = fma(d3, xhat(x[o + 3 * xrs], c, 3), d2 * xhat(x[o + 2 * xrs], c, 2));
        s[k] += (d0 + d1) + (d2 + d3);
        s[k + plane] += q0 + q1;
        continue;
      }
      for (int i = 0; i < rows; i++) {
        s[k] += d[p + i * prs];
        s[k + plane] = fma(d[p + i * prs], xhat(x[o + i * xrs], c, i), s[k + plane]);
      }
    }
  }

  private static float xhat(float x, float[] c, int row) {
    int co = row * COEFFICIENTS;
    return fma(x - c[co], c[co + 1], c[co + 2]);
  }
}
