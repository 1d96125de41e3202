package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.Rows;
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
    if (from == n) {
      return;
    }
    float[] row = Scratch.floats(n);
    for (int i = 0; i < m; i++) {
      Rows.load(from, n, x, xo + i * xrs, xcs, row);
      for (int j = from; j < n; j++) {
        row[j] = fma((row[j] - high[j]) - low[j], scale[j], shift[j]);
      }
      Rows.store(from, n, row, y, yo + i * yrs, ycs);
    }
    Scratch.give(row);
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
    if (from == n) {
      return;
    }
    float[] a = Scratch.floats(n);
    float[] b = Scratch.floats(n);
    float[] q0 = Scratch.floats(n);
    float[] q1 = Scratch.floats(n);
    float[] q2 = Scratch.floats(n);
    float[] q3 = Scratch.floats(n);
    Arrays.fill(s, from, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      int p = po + i * prs;
      pairProducts(from, n, x, o, xrs, xcs, d, p, prs, pcs, high, low, a, b, q0);
      pairProducts(
          from, n, x, o + 2 * xrs, xrs, xcs, d, p + 2 * prs, prs, pcs, high, low, a, b, q1);
      pairProducts(
          from, n, x, o + 4 * xrs, xrs, xcs, d, p + 4 * prs, prs, pcs, high, low, a, b, q2);
      pairProducts(
          from, n, x, o + 6 * xrs, xrs, xcs, d, p + 6 * prs, prs, pcs, high, low, a, b, q3);
      ScalarColumns.addPairs(from, n, q0, q1, q2, q3, s);
    }
    for (; i < rows; i++) {
      Rows.load(from, n, x, xo + i * xrs, xcs, a);
      Rows.load(from, n, d, po + i * prs, pcs, b);
      for (int j = from; j < n; j++) {
        s[j] = fma(b[j], (a[j] - high[j]) - low[j], s[j]);
      }
    }
    Scratch.give(a, b, q0, q1, q2, q3);
  }

  /** q ← fma(d1, t1, d0·t0) of two rows. */
  private static void pairProducts(
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
      float[] a,
      float[] b,
      float[] q) {
    Rows.load(from, n, x, xo, xcs, a);
    Rows.load(from, n, d, po, pcs, b);
    for (int j = from; j < n; j++) {
      q[j] = b[j] * ((a[j] - high[j]) - low[j]);
    }
    Rows.load(from, n, x, xo + xrs, xcs, a);
    Rows.load(from, n, d, po + prs, pcs, b);
    for (int j = from; j < n; j++) {
      q[j] = fma(b[j], (a[j] - high[j]) - low[j], q[j]);
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
    if (from == n) {
      return;
    }
    float[] a = Scratch.floats(n);
    float[] b = Scratch.floats(n);
    for (int i = 0; i < m; i++) {
      Rows.load(from, n, x, xo + i * xrs, xcs, a);
      Rows.load(from, n, d, po + i * prs, pcs, b);
      for (int j = from; j < n; j++) {
        float t = (a[j] - high[j]) - low[j];
        b[j] = scale[j] * fma(-t, slope[j], b[j] - meanD[j]);
      }
      Rows.store(from, n, b, dx, dxo + i * dxrs, dxcs);
    }
    Scratch.give(a);
    Scratch.give(b);
  }
}
