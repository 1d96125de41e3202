package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;
import java.util.Arrays;

/**
 * The canonical order of reductions down a column.
 *
 * <p>Rows are cut into chunks of {@value #CHUNK}. Inside a chunk {@value #GROUP} rows at a time
 * form a balanced tree in float, whose root is added to the chunk's sum; the rows behind the last
 * whole group are added one by one. Chunks are merged from first to last in double. The tree keeps
 * the error constant of a whole chunk at 17 roundings, and of the longest incomplete one at 19,
 * where a plain chain would have {@value #CHUNK}. Larger groups would have fewer, but eight rows of
 * two matrices whose row stride is a multiple of 4 KB do not fit into one set of a cache of eight
 * ways: sums of products then take twice the time (Zen 4).
 *
 * <p>Moments are taken of x - pivot, the pivot being the chunk's first row, and merged by the
 * formulas of T. F. Chan, G. H. Golub and R. J. LeVeque, Updating formulae and a pairwise algorithm
 * for computing sample variances (1979).
 */
public final class ScalarColumns {
  /** Rows of a chunk. */
  public static final int CHUNK = 64;

  /** Rows of a group. */
  public static final int GROUP = 4;

  private ScalarColumns() {}

  /** s ← s + (u0 + u1), the upper part of a group's tree over its two pairs of rows. */
  static void addPairs(int n, float[] u0, float[] u1, float[] s) {
    for (int j = 0; j < n; j++) {
      s[j] += u0[j] + u1[j];
    }
  }

  /** Σ x of every column, in double. */
  public static void sums(int m, int n, float[] x, int xo, int xrs, int xcs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; m - i > 0; i += CHUNK) {
      chunkSums(Math.min(CHUNK, m - i), n, x, xo + i * xrs, xrs, xcs, s);
      add(n, s, 0, total);
    }
    Scratch.give(s);
  }

  /** s ← Σ x over the rows of one chunk. */
  static void chunkSums(int rows, int n, float[] x, int xo, int xrs, int xcs, float[] s) {
    float[] a = Scratch.floats(n);
    float[] b = Scratch.floats(n);
    float[] u0 = Scratch.floats(n);
    float[] u1 = Scratch.floats(n);
    Arrays.fill(s, 0, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      pairSums(n, x, o, xrs, xcs, a, b, u0);
      pairSums(n, x, o + 2 * xrs, xrs, xcs, a, b, u1);
      addPairs(n, u0, u1, s);
    }
    for (; i < rows; i++) {
      Rows.load(n, x, xo + i * xrs, xcs, a);
      for (int j = 0; j < n; j++) {
        s[j] += a[j];
      }
    }
    Scratch.give(a, b, u0, u1);
  }

  private static void pairSums(
      int n, float[] x, int xo, int xrs, int xcs, float[] a, float[] b, float[] u) {
    Rows.load(n, x, xo, xcs, a);
    Rows.load(n, x, xo + xrs, xcs, b);
    for (int j = 0; j < n; j++) {
      u[j] = a[j] + b[j];
    }
  }

  /** Σ x·y of every column, in double. */
  public static void dots(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] y,
      int yo,
      int yrs,
      int ycs,
      double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      chunkDots(rows, n, x, xo + i * xrs, xrs, xcs, y, yo + i * yrs, yrs, ycs, s);
      add(n, s, 0, total);
    }
    Scratch.give(s);
  }

  /** s ← Σ x·y over the rows of one chunk. */
  private static void chunkDots(
      int rows,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] y,
      int yo,
      int yrs,
      int ycs,
      float[] s) {
    float[] a = Scratch.floats(n);
    float[] b = Scratch.floats(n);
    float[] u0 = Scratch.floats(n);
    float[] u1 = Scratch.floats(n);
    Arrays.fill(s, 0, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      int q = yo + i * yrs;
      pairDots(n, x, o, xrs, xcs, y, q, yrs, ycs, a, b, u0);
      pairDots(n, x, o + 2 * xrs, xrs, xcs, y, q + 2 * yrs, yrs, ycs, a, b, u1);
      addPairs(n, u0, u1, s);
    }
    for (; i < rows; i++) {
      Rows.load(n, x, xo + i * xrs, xcs, a);
      Rows.load(n, y, yo + i * yrs, ycs, b);
      for (int j = 0; j < n; j++) {
        s[j] = fma(a[j], b[j], s[j]);
      }
    }
    Scratch.give(a, b, u0, u1);
  }

  /** u ← fma(x1, y1, x0·y0) of two rows. */
  private static void pairDots(
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] y,
      int yo,
      int yrs,
      int ycs,
      float[] a,
      float[] b,
      float[] u) {
    Rows.load(n, x, xo, xcs, a);
    Rows.load(n, y, yo, ycs, b);
    for (int j = 0; j < n; j++) {
      u[j] = a[j] * b[j];
    }
    Rows.load(n, x, xo + xrs, xcs, a);
    Rows.load(n, y, yo + yrs, ycs, b);
    for (int j = 0; j < n; j++) {
      u[j] = fma(a[j], b[j], u[j]);
    }
  }

  /** max ← the largest element of every column, as {@link ScalarMaximum#max}. */
  public static void maxima(int m, int n, float[] x, int xo, int xrs, int xcs, float[] max) {
    float[] a = Scratch.floats(n);
    Arrays.fill(max, 0, n, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < m; i++) {
      Rows.load(n, x, xo + i * xrs, xcs, a);
      for (int j = 0; j < n; j++) {
        max[j] = Math.max(max[j], a[j]);
      }
    }
    Scratch.give(a);
  }

  /** total ← total + s. */
  public static void add(int n, float[] s, int so, double[] total) {
    for (int j = 0; j < n; j++) {
      total[j] += s[so + j];
    }
  }

  /**
   * Merges rows, of which the first is the first of a chunk, into the mean and the sum of squared
   * deviations of the rows before them.
   */
  public static void merge(
      long before, int m, int n, float[] x, int xo, int xrs, int xcs, double[] mean, double[] m2) {
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      mergeChunk(before + i, rows, n, x, xo + i * xrs, xrs, xcs, mean, m2);
    }
  }

  private static void mergeChunk(
      long before,
      int rows,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      double[] mean,
      double[] m2) {
    float[] pivot = Scratch.floats(n);
    float[] s1 = Scratch.floats(n);
    float[] s2 = Scratch.floats(n);
    chunkMoments(rows, n, x, xo, xrs, xcs, pivot, s1, s2);
    merge(before, rows, n, pivot, 0, s1, 0, s2, 0, mean, m2, 0);
    Scratch.give(pivot);
    Scratch.give(s1);
    Scratch.give(s2);
  }

  /** pivot ← the first row, s1 ← Σ (x - pivot), s2 ← Σ (x - pivot)² over the rows of one chunk. */
  private static void chunkMoments(
      int rows, int n, float[] x, int xo, int xrs, int xcs, float[] pivot, float[] s1, float[] s2) {
    float[] a = Scratch.floats(n);
    float[] b = Scratch.floats(n);
    float[] u0 = Scratch.floats(n);
    float[] u1 = Scratch.floats(n);
    float[] q0 = Scratch.floats(n);
    float[] q1 = Scratch.floats(n);
    Rows.load(n, x, xo, xcs, pivot);
    Arrays.fill(s1, 0, n, 0f);
    Arrays.fill(s2, 0, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      pairMoments(n, x, o, xrs, xcs, pivot, a, b, u0, q0);
      pairMoments(n, x, o + 2 * xrs, xrs, xcs, pivot, a, b, u1, q1);
      addPairs(n, u0, u1, s1);
      addPairs(n, q0, q1, s2);
    }
    for (; i < rows; i++) {
      Rows.load(n, x, xo + i * xrs, xcs, a);
      for (int j = 0; j < n; j++) {
        float d = a[j] - pivot[j];
        s1[j] += d;
        s2[j] = fma(d, d, s2[j]);
      }
    }
    Scratch.give(a, b, u0, u1, q0, q1);
  }

  /** u ← d0 + d1 and q ← fma(d1, d1, d0²), d being x - pivot of two rows. */
  private static void pairMoments(
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] pivot,
      float[] a,
      float[] b,
      float[] u,
      float[] q) {
    Rows.load(n, x, xo, xcs, a);
    Rows.load(n, x, xo + xrs, xcs, b);
    for (int j = 0; j < n; j++) {
      float d0 = a[j] - pivot[j];
      float d1 = b[j] - pivot[j];
      u[j] = d0 + d1;
      q[j] = fma(d1, d1, d0 * d0);
    }
  }

  /**
   * Merges a chunk's sums into the mean and the sum of squared deviations of the rows before it.
   *
   * <p>With w = rows / (before + rows) and delta = (chunk's mean) - mean: mean += delta·w, m2 +=
   * (chunk's m2) + delta²·before·w.
   */
  public static void merge(
      long before,
      int rows,
      int n,
      float[] pivot,
      int po,
      float[] s1,
      int o1,
      float[] s2,
      int o2,
      double[] mean,
      double[] m2,
      int mo) {
    double perRow = 1.0 / rows;
    double weight = (double) rows / (before + rows);
    double square = before * weight;
    for (int j = 0; j < n; j++) {
      double sum = s1[o1 + j];
      double shift = sum * perRow;
      // Rounding can leave a tiny negative number. Math.max keeps NaN, and C2 vectorises it.
      double deviations = Math.max(0.0, s2[o2 + j] - sum * shift);
      double delta = (pivot[po + j] + shift) - mean[mo + j];
      mean[mo + j] += delta * weight;
      m2[mo + j] += deviations + (delta * delta) * square;
    }
  }

  /** x ← x / divisor. */
  public static void divide(int n, double[] x, long divisor) {
    for (int j = 0; j < n; j++) {
      x[j] /= divisor;
    }
  }
}
