package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;
import java.util.Arrays;

/**
 * Batch normalisation of rows by coefficients of their columns, forward and backward.
 *
 * <p>high is the mean rounded; what that leaves of the mean is part of the coefficients shift and
 * offset, so that each element is spared a subtraction.
 */
public final class ScalarBatchNorm {
  private ScalarBatchNorm() {}

  /**
   * The coefficients of the forward pass: high = mean, scale = gamma / sqrt(variance + eps) and
   * shift = beta - (mean - high)·scale, everything in double and each rounded once; of the features
   * from {@code from} on.
   */
  public static void coefficients(
      int from,
      int to,
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
      float[] scale,
      float[] shift) {
    Rows.load(from, to, gamma, go, gs, scale);
    Rows.load(from, to, beta, bo, bs, shift);
    for (int j = from; j < to; j++) { // one index for all arrays, which C2 vectorises
      scale[j] = (float) (scale[j] / Math.sqrt(variance[j] + eps));
    }
    for (int j = from; j < to; j++) {
      high[j] = (float) mean[j];
    }
    for (int j = from; j < to; j++) {
      shift[j] = (float) (shift[j] - (mean[j] - high[j]) * scale[j]);
    }
  }

  /** y = fma(x - high, scale, shift), and then y &lt; 0 ? 0 : y if rectified. */
  public static void normalise(
      boolean rectified,
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] high,
      float[] scale,
      float[] shift,
      float[] y,
      int yo,
      int yrs,
      int ycs) {
    float[] row = Scratch.floats(n);
    for (int i = 0; i < m; i++) {
      Rows.load(n, x, xo + i * xrs, xcs, row);
      for (int j = 0; j < n; j++) {
        row[j] = fma(row[j] - high[j], scale[j], shift[j]);
      }
      if (rectified) {
        for (int j = 0; j < n; j++) {
          row[j] = row[j] < 0f ? 0f : row[j];
        }
      }
      Rows.store(n, row, y, yo + i * yrs, ycs);
    }
    Scratch.give(row);
  }

  /** w_ij ← w_ij·factor_j, each product in double and rounded once. */
  public static void scaleColumns(
      int m, int n, float[] w, int wo, int wrs, int wcs, double[] factor) {
    for (int i = 0; i < m; i++) {
      int row = wo + i * wrs;
      for (int j = 0; j < n; j++) {
        w[row + j * wcs] = (float) (w[row + j * wcs] * factor[j]);
      }
    }
  }

  /**
   * Σ d and Σ d·(x - high) of every column in double, d being 0 where a rectified output is not
   * above 0. The coefficients of the columns begin at {@code co}.
   */
  public static void gradientSums(
      boolean rectified,
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
      float[] scale,
      float[] shift,
      int co,
      double[] sumD,
      double[] sumDt) {
    Arrays.fill(sumD, 0, n, 0.0);
    Arrays.fill(sumDt, 0, n, 0.0);
    float[] t0 = Scratch.floats(n);
    float[] t1 = Scratch.floats(n);
    float[] d0 = Scratch.floats(n);
    float[] d1 = Scratch.floats(n);
    float[] u0 = Scratch.floats(n);
    float[] u1 = Scratch.floats(n);
    float[] q0 = Scratch.floats(n);
    float[] q1 = Scratch.floats(n);
    float[] s = Scratch.floats(n);
    float[] q = Scratch.floats(n);
    for (int chunk = 0; m - chunk > 0; chunk += CHUNK) {
      int end = chunk + Math.min(CHUNK, m - chunk);
      Arrays.fill(s, 0, n, 0f);
      Arrays.fill(q, 0, n, 0f);
      int i = chunk;
      for (; end - i >= GROUP; i += GROUP) {
        for (int pair = 0; pair < 2; pair++) {
          int r = i + 2 * pair;
          load(rectified, r, n, x, xo, xrs, xcs, d, po, prs, pcs, high, scale, shift, co, t0, d0);
          load(
              rectified, r + 1, n, x, xo, xrs, xcs, d, po, prs, pcs, high, scale, shift, co, t1,
              d1);
          pairSums(n, t0, d0, t1, d1, pair == 0 ? u0 : u1, pair == 0 ? q0 : q1);
        }
        ScalarColumns.addPairs(n, u0, u1, s);
        ScalarColumns.addPairs(n, q0, q1, q);
      }
      for (; i < end; i++) {
        load(rectified, i, n, x, xo, xrs, xcs, d, po, prs, pcs, high, scale, shift, co, t0, d0);
        for (int j = 0; j < n; j++) {
          s[j] += d0[j];
          q[j] = fma(d0[j], t0[j], q[j]);
        }
      }
      ScalarColumns.add(n, s, 0, sumD);
      ScalarColumns.add(n, q, 0, sumDt);
    }
    Scratch.give(t0, t1, d0, d1);
    Scratch.give(u0, u1, q0, q1);
    Scratch.give(s);
    Scratch.give(q);
  }

  /** u ← d0 + d1 and q ← fma(d1, t1, d0·t0). */
  private static void pairSums(
      int n, float[] t0, float[] d0, float[] t1, float[] d1, float[] u, float[] q) {
    for (int j = 0; j < n; j++) {
      u[j] = d0[j] + d1[j];
    }
    for (int j = 0; j < n; j++) {
      q[j] = fma(d1[j], t1[j], d0[j] * t0[j]);
    }
  }

  /** t ← x - high and e ← d of row i, d being 0 where a rectified output is not above 0. */
  private static void load(
      boolean rectified,
      int i,
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
      float[] scale,
      float[] shift,
      int co,
      float[] t,
      float[] e) {
    Rows.load(n, x, xo + i * xrs, xcs, t);
    Rows.load(n, d, po + i * prs, pcs, e);
    for (int j = 0; j < n; j++) {
      t[j] -= high[co + j];
    }
    if (rectified) {
      for (int j = 0; j < n; j++) {
        e[j] = fma(t[j], scale[co + j], shift[co + j]) <= 0f ? 0f : e[j];
      }
    }
  }

  /**
   * The gradients of gamma and beta, and with statistics of the batch the coefficients of dx.
   *
   * <p>With inverse = 1 / sqrt(variance + eps) and low = mean - high: dbeta = Σ d, dgamma = (Σ d·(x
   * - high) - low·Σ d)·inverse, slope = -gamma·inverse²·dgamma / m and offset =
   * -gamma·inverse·dbeta / m - slope·low; everything in double and each rounded once.
   */
  public static void gradients(
      long m,
      int from,
      int to,
      double[] mean,
      double[] variance,
      double eps,
      float[] gamma,
      int go,
      int gs,
      double[] sumD,
      double[] sumDt,
      float[] high,
      float[] slope,
      float[] offset,
      float[] dgamma,
      int dgo,
      int dgs,
      float[] dbeta,
      int dbo,
      int dbs) {
    // Loops of one result and one index each, which C2 vectorises.
    double perSample = 1.0 / m;
    float[] factor = Scratch.floats(to);
    double[] inverse = Scratch.doubles(to);
    double[] product = Scratch.doubles(to);
    double[] perElement = Scratch.doubles(to);
    Rows.load(from, to, gamma, go, gs, factor);
    for (int j = from; j < to; j++) {
      inverse[j] = 1.0 / Math.sqrt(variance[j] + eps);
    }
    for (int j = from; j < to; j++) {
      product[j] = (sumDt[j] - (mean[j] - high[j]) * sumD[j]) * inverse[j];
    }
    for (int j = from; j < to; j++) {
      perElement[j] = -(factor[j] * inverse[j] * inverse[j] * product[j] * perSample);
    }
    for (int j = from; j < to; j++) {
      slope[j] = (float) perElement[j];
    }
    for (int j = from; j < to; j++) {
      double shared = factor[j] * inverse[j] * sumD[j] * perSample;
      offset[j] = (float) -(shared + perElement[j] * (mean[j] - high[j]));
    }
    float[] rounded = factor;
    for (int j = from; j < to; j++) {
      rounded[j] = (float) product[j];
    }
    Rows.store(from, to, rounded, dgamma, dgo, dgs);
    for (int j = from; j < to; j++) {
      rounded[j] = (float) sumD[j];
    }
    Rows.store(from, to, rounded, dbeta, dbo, dbs);
    Scratch.give(factor);
    Scratch.give(inverse);
    Scratch.give(product);
    Scratch.give(perElement);
  }

  /**
   * dx = fma(d, scale, fma(x - high, slope, offset)), or d·scale where the statistics are
   * constants; d is 0 where a rectified output is not above 0.
   */
  public static void backward(
      boolean rectified,
      boolean constant,
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
      float[] scale,
      float[] shift,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxo,
      int dxrs,
      int dxcs) {
    float[] t = Scratch.floats(n);
    float[] e = Scratch.floats(n);
    for (int i = 0; i < m; i++) {
      load(rectified, i, n, x, xo, xrs, xcs, d, po, prs, pcs, high, scale, shift, 0, t, e);
      if (constant) {
        for (int j = 0; j < n; j++) {
          e[j] *= scale[j];
        }
      } else {
        for (int j = 0; j < n; j++) {
          e[j] = fma(e[j], scale[j], fma(t[j], slope[j], offset[j]));
        }
      }
      Rows.store(n, e, dx, dxo + i * dxrs, dxcs);
    }
    Scratch.give(t);
    Scratch.give(e);
  }
}
