package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.Scratch;
import java.util.Arrays;

/** Batch normalisation of rows by per-column coefficients, forward and backward. */
public final class ScalarBatchNorm {
  private ScalarBatchNorm() {}

  /**
   * The coefficients of the forward pass: high + low = mean in two floats, scale = gamma /
   * sqrt(variance + eps) rounded once, shift = beta.
   */
  public static void coefficients(
      int n,
      double[] mean,
      double[] variance,
      double eps,
      float[] gamma,
      int go,
      int gs,
      float[] beta,
      int bo,
      int bs,
      float[] high,
      float[] low,
      float[] scale,
      float[] shift) {
    split(n, mean, high, low);
    for (int j = 0; j < n; j++) {
      scale[j] = gamma[go + j * gs];
    }
    for (int j = 0; j < n; j++) { // one index for all arrays, which C2 vectorises
      scale[j] = (float) (scale[j] / Math.sqrt(variance[j] + eps));
    }
    for (int j = 0; j < n; j++) {
      shift[j] = beta[bo + j * bs];
    }
  }

  /** high + low = mean in two floats. */
  public static void split(int n, double[] mean, float[] high, float[] low) {
    for (int j = 0; j < n; j++) {
      float rounded = (float) mean[j];
      high[j] = rounded;
      low[j] = (float) (mean[j] - rounded);
    }
  }

  /** y = fma((x - high) - low, scale, shift), for the columns from {@code from} on. */
  public static void normalise(
      int m,
      int from,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] high,
      float[] low,
      float[] scale,
      float[] shift,
      float[] y,
      int yo,
      int yrs,
      int ycs) {
    for (int i = 0; i < m; i++) {
      for (int j = from; j < n; j++) {
        float t = (x[xo + i * xrs + j * xcs] - high[j]) - low[j];
        y[yo + i * yrs + j * ycs] = fma(t, scale[j], shift[j]);
      }
    }
  }

  /** Σ d and Σ d·t of every column in double, t = (x - high) - low. */
  public static void gradientSums(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] d,
      int po,
      int prs,
      int pcs,
      float[] high,
      float[] low,
      double[] sumD,
      double[] sumDt) {
    Arrays.fill(sumD, 0, n, 0.0);
    Arrays.fill(sumDt, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      ScalarColumns.chunkSums(rows, 0, n, d, po + i * prs, prs, pcs, s);
      ScalarColumns.add(n, s, sumD);
      chunkProducts(rows, 0, n, x, xo + i * xrs, xrs, xcs, d, po + i * prs, prs, pcs, high, low, s);
      ScalarColumns.add(n, s, sumDt);
    }
    Scratch.give(s);
  }

  /**
   * s ← Σ d·t over the rows of one chunk in the order of {@link ScalarColumns}, for the columns
   * from {@code from} on.
   */
  public static void chunkProducts(
      int rows,
      int from,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] d,
      int po,
      int prs,
      int pcs,
      float[] high,
      float[] low,
      float[] s) {
    Arrays.fill(s, from, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      for (int j = from; j < n; j++) {
        int o = xo + i * xrs + j * xcs;
        int p = po + i * prs + j * pcs;
        float h = high[j];
        float l = low[j];
        float t0 = (x[o] - h) - l;
        float t1 = (x[o + xrs] - h) - l;
        float t2 = (x[o + 2 * xrs] - h) - l;
        float t3 = (x[o + 3 * xrs] - h) - l;
        float t4 = (x[o + 4 * xrs] - h) - l;
        float t5 = (x[o + 5 * xrs] - h) - l;
        float t6 = (x[o + 6 * xrs] - h) - l;
        float t7 = (x[o + 7 * xrs] - h) - l;
        float q01 = fma(d[p + prs], t1, d[p] * t0);
        float q23 = fma(d[p + 3 * prs], t3, d[p + 2 * prs] * t2);
        float q45 = fma(d[p + 5 * prs], t5, d[p + 4 * prs] * t4);
        float q67 = fma(d[p + 7 * prs], t7, d[p + 6 * prs] * t6);
        s[j] += (q01 + q23) + (q45 + q67);
      }
    }
    for (; i < rows; i++) {
      for (int j = from; j < n; j++) {
        float t = (x[xo + i * xrs + j * xcs] - high[j]) - low[j];
        s[j] = fma(d[po + i * prs + j * pcs], t, s[j]);
      }
    }
  }

  /**
   * The coefficients of the backward pass and the gradients of gamma and beta.
   *
   * <p>With inverse = 1 / sqrt(variance + eps): dbeta = Σ d, dgamma = inverse·Σ d·t, scale =
   * gamma·inverse, meanD = dbeta / m, slope = dgamma·inverse / m; everything in double and rounded
   * once.
   */
  public static void backwardCoefficients(
      int m,
      int n,
      double[] variance,
      double eps,
      float[] gamma,
      int go,
      int gs,
      double[] sumD,
      double[] sumDt,
      float[] scale,
      float[] meanD,
      float[] slope,
      float[] dgamma,
      int dgo,
      int dgs,
      float[] dbeta,
      int dbo,
      int dbs) {
    for (int j = 0; j < n; j++) {
      double inverse = 1.0 / Math.sqrt(variance[j] + eps);
      double product = sumDt[j] * inverse;
      scale[j] = (float) (gamma[go + j * gs] * inverse);
      meanD[j] = (float) (sumD[j] / m);
      slope[j] = (float) (product * inverse / m);
      dgamma[dgo + j * dgs] = (float) product;
      dbeta[dbo + j * dbs] = (float) sumD[j];
    }
  }

  /**
   * dx = scale·fma(-t, slope, d - meanD), t = (x - high) - low, for the columns from {@code from}
   * on.
   */
  public static void backward(
      int m,
      int from,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] d,
      int po,
      int prs,
      int pcs,
      float[] high,
      float[] low,
      float[] scale,
      float[] meanD,
      float[] slope,
      float[] dx,
      int dxo,
      int dxrs,
      int dxcs) {
    for (int i = 0; i < m; i++) {
      for (int j = from; j < n; j++) {
        float t = (x[xo + i * xrs + j * xcs] - high[j]) - low[j];
        float centred = d[po + i * prs + j * pcs] - meanD[j];
        dx[dxo + i * dxrs + j * dxcs] = scale[j] * fma(-t, slope[j], centred);
      }
    }
  }
}
