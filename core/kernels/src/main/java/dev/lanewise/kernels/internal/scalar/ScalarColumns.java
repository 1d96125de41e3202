package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.Scratch;
import java.util.Arrays;

/**
 * The canonical order of reductions down a column.
 *
 * <p>Rows are cut into chunks of {@value #CHUNK}. Inside a chunk {@value #GROUP} rows at a time
 * form a balanced tree in float, whose root is added to the chunk's sum; the rows behind the last
 * whole group are added one by one. Chunks are merged from first to last in double. The tree keeps
 * the error constant of a chunk at 11 roundings where a plain chain would have {@value #CHUNK}.
 *
 * <p>Moments are taken of x - pivot, the pivot being the chunk's first row, and merged by the
 * formulas of T. F. Chan, G. H. Golub and R. J. LeVeque, Updating formulae and a pairwise algorithm
 * for computing sample variances (1979).
 */
public final class ScalarColumns {
  /** Rows of a chunk. */
  public static final int CHUNK = 64;

  /** Rows of a group. */
  public static final int GROUP = 8;

  private ScalarColumns() {}

  /** The balanced tree of a group. */
  static float tree(
      float x0, float x1, float x2, float x3, float x4, float x5, float x6, float x7) {
    return ((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7));
  }

  /** Σ x of every column, in double. */
  public static void sums(int m, int n, float[] x, int xo, int xrs, int xcs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; i < m; i += CHUNK) {
      chunkSums(Math.min(CHUNK, m - i), 0, n, x, xo + i * xrs, xrs, xcs, s);
      add(n, s, total);
    }
    Scratch.give(s);
  }

  /** s ← Σ x over the rows of one chunk, for the columns from {@code from} on. */
  public static void chunkSums(
      int rows, int from, int n, float[] x, int xo, int xrs, int xcs, float[] s) {
    Arrays.fill(s, from, n, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      for (int j = from; j < n; j++) {
        int o = xo + i * xrs + j * xcs;
        s[j] +=
            tree(
                x[o],
                x[o + xrs],
                x[o + 2 * xrs],
                x[o + 3 * xrs],
                x[o + 4 * xrs],
                x[o + 5 * xrs],
                x[o + 6 * xrs],
                x[o + 7 * xrs]);
      }
    }
    for (; i < rows; i++) {
      for (int j = from; j < n; j++) {
        s[j] += x[xo + i * xrs + j * xcs];
      }
    }
  }

  /** total ← total + s. */
  public static void add(int n, float[] s, double[] total) {
    for (int j = 0; j < n; j++) {
      total[j] += s[j];
    }
  }

  /** Mean and biased variance of every column; m is at least 1. */
  public static void moments(
      int m, int n, float[] x, int xo, int xrs, int xcs, double[] mean, double[] variance) {
    float[] pivot = Scratch.floats(n);
    float[] s1 = Scratch.floats(n);
    float[] s2 = Scratch.floats(n);
    Arrays.fill(mean, 0, n, 0.0);
    Arrays.fill(variance, 0, n, 0.0);
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      chunkMoments(rows, 0, n, x, xo + i * xrs, xrs, xcs, pivot, s1, s2);
      merge(i, rows, n, pivot, s1, s2, mean, variance);
    }
    divide(n, variance, m);
    Scratch.give(pivot);
    Scratch.give(s1);
    Scratch.give(s2);
  }

  /**
   * pivot ← the first row, s1 ← Σ (x - pivot), s2 ← Σ (x - pivot)² over the rows of one chunk, for
   * the columns from {@code from} on.
   */
  public static void chunkMoments(
      int rows,
      int from,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] pivot,
      float[] s1,
      float[] s2) {
    for (int j = from; j < n; j++) {
      pivot[j] = x[xo + j * xcs];
      s1[j] = 0f;
      s2[j] = 0f;
    }
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      for (int j = from; j < n; j++) {
        int o = xo + i * xrs + j * xcs;
        float p = pivot[j];
        float d0 = x[o] - p;
        float d1 = x[o + xrs] - p;
        float d2 = x[o + 2 * xrs] - p;
        float d3 = x[o + 3 * xrs] - p;
        float d4 = x[o + 4 * xrs] - p;
        float d5 = x[o + 5 * xrs] - p;
        float d6 = x[o + 6 * xrs] - p;
        float d7 = x[o + 7 * xrs] - p;
        s1[j] += tree(d0, d1, d2, d3, d4, d5, d6, d7);
        float q01 = fma(d1, d1, d0 * d0);
        float q23 = fma(d3, d3, d2 * d2);
        float q45 = fma(d5, d5, d4 * d4);
        float q67 = fma(d7, d7, d6 * d6);
        s2[j] += (q01 + q23) + (q45 + q67);
      }
    }
    for (; i < rows; i++) {
      for (int j = from; j < n; j++) {
        float d = x[xo + i * xrs + j * xcs] - pivot[j];
        s1[j] += d;
        s2[j] = fma(d, d, s2[j]);
      }
    }
  }

  /**
   * Merges a chunk's sums into the mean and the sum of squared deviations of the rows before it.
   *
   * <p>With w = rows / (before + rows) and delta = (chunk's mean) - mean: mean += delta·w, m2 +=
   * (chunk's m2) + delta²·before·w.
   */
  public static void merge(
      int before,
      int rows,
      int n,
      float[] pivot,
      float[] s1,
      float[] s2,
      double[] mean,
      double[] m2) {
    double perRow = 1.0 / rows;
    double weight = (double) rows / (before + rows);
    double square = before * weight;
    for (int j = 0; j < n; j++) {
      double sum = s1[j];
      double shift = sum * perRow;
      // Rounding can leave a tiny negative number. Math.max keeps NaN, and C2 vectorises it.
      double deviations = Math.max(0.0, s2[j] - sum * shift);
      double delta = (pivot[j] + shift) - mean[j];
      mean[j] += delta * weight;
      m2[j] += deviations + (delta * delta) * square;
    }
  }

  /** x ← x / divisor. */
  public static void divide(int n, double[] x, int divisor) {
    for (int j = 0; j < n; j++) {
      x[j] /= divisor;
    }
  }
}
