package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ScalarColumns} for rows of unit column stride.
 *
 * <p>The Vector API is called directly, here and elsewhere: C2 inlines its methods by force, but a
 * helper of our own that returns a vector only as long as its budget lasts, and then the vector
 * becomes an object.
 */
public final class VectorColumns {
  private VectorColumns() {}

  /** As {@link ScalarColumns#sums}. */
  public static void sums(int m, int n, float[] x, int xo, int xrs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; i < m; i += CHUNK) {
      chunkSums(Math.min(CHUNK, m - i), n, x, xo + i * xrs, xrs, s);
      ScalarColumns.add(n, s, total);
    }
    Scratch.give(s);
  }

  /** As {@link ScalarColumns#chunkSums}. */
  static void chunkSums(int rows, int n, float[] x, int xo, int xrs, float[] s) {
    int bound = n - n % LANES;
    ScalarColumns.chunkSums(rows, bound, n, x, xo, xrs, 1, s);
    Arrays.fill(s, 0, bound, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int row = xo + i * xrs;
      for (int j = 0; j < bound; j += LANES) {
        int o = row + j;
        FloatVector x01 = fromArray(FLOAT, x, o).add(fromArray(FLOAT, x, o + xrs));
        FloatVector x23 = fromArray(FLOAT, x, o + 2 * xrs).add(fromArray(FLOAT, x, o + 3 * xrs));
        FloatVector x45 = fromArray(FLOAT, x, o + 4 * xrs).add(fromArray(FLOAT, x, o + 5 * xrs));
        FloatVector x67 = fromArray(FLOAT, x, o + 6 * xrs).add(fromArray(FLOAT, x, o + 7 * xrs));
        fromArray(FLOAT, s, j).add(x01.add(x23).add(x45.add(x67))).intoArray(s, j);
      }
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      for (int j = 0; j < bound; j += LANES) {
        fromArray(FLOAT, s, j).add(fromArray(FLOAT, x, row + j)).intoArray(s, j);
      }
    }
  }

  /** As {@link ScalarColumns#dots}. */
  public static void dots(
      int m, int n, float[] x, int xo, int xrs, float[] y, int yo, int yrs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      chunkDots(rows, n, x, xo + i * xrs, xrs, y, yo + i * yrs, yrs, s);
      ScalarColumns.add(n, s, total);
    }
    Scratch.give(s);
  }

  private static void chunkDots(
      int rows, int n, float[] x, int xo, int xrs, float[] y, int yo, int yrs, float[] s) {
    int bound = n - n % LANES;
    ScalarColumns.chunkDots(rows, bound, n, x, xo, xrs, 1, y, yo, yrs, 1, s);
    Arrays.fill(s, 0, bound, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      groupDots(bound, x, xo + i * xrs, xrs, y, yo + i * yrs, yrs, s);
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      int other = yo + i * yrs;
      for (int j = 0; j < bound; j += LANES) {
        fromArray(FLOAT, x, row + j)
            .fma(fromArray(FLOAT, y, other + j), fromArray(FLOAT, s, j))
            .intoArray(s, j);
      }
    }
  }

  private static void groupDots(
      int bound, float[] x, int xo, int xrs, float[] y, int yo, int yrs, float[] s) {
    for (int j = 0; j < bound; j += LANES) {
      int q = yo + j;
      int o = xo + j;
      FloatVector u0 = fromArray(FLOAT, x, o).mul(fromArray(FLOAT, y, q));
      u0 = fromArray(FLOAT, x, o + xrs).fma(fromArray(FLOAT, y, q + yrs), u0);
      FloatVector u1 = fromArray(FLOAT, x, o + 2 * xrs).mul(fromArray(FLOAT, y, q + 2 * yrs));
      u1 = fromArray(FLOAT, x, o + 3 * xrs).fma(fromArray(FLOAT, y, q + 3 * yrs), u1);
      FloatVector u2 = fromArray(FLOAT, x, o + 4 * xrs).mul(fromArray(FLOAT, y, q + 4 * yrs));
      u2 = fromArray(FLOAT, x, o + 5 * xrs).fma(fromArray(FLOAT, y, q + 5 * yrs), u2);
      FloatVector u3 = fromArray(FLOAT, x, o + 6 * xrs).mul(fromArray(FLOAT, y, q + 6 * yrs));
      u3 = fromArray(FLOAT, x, o + 7 * xrs).fma(fromArray(FLOAT, y, q + 7 * yrs), u3);
      fromArray(FLOAT, s, j).add(u0.add(u1).add(u2.add(u3))).intoArray(s, j);
    }
  }

  /** As {@link ScalarColumns#maxima}. */
  public static void maxima(int m, int n, float[] x, int xo, int xrs, float[] max) {
    int bound = n - n % LANES;
    Arrays.fill(max, 0, n, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < m; i++) {
      int row = xo + i * xrs;
      for (int j = 0; j < bound; j += LANES) {
        fromArray(FLOAT, max, j).max(fromArray(FLOAT, x, row + j)).intoArray(max, j);
      }
      for (int j = bound; j < n; j++) {
        max[j] = Math.max(max[j], x[row + j]);
      }
    }
  }

  /** As {@link ScalarColumns#moments}. */
  public static void moments(
      int m, int n, float[] x, int xo, int xrs, double[] mean, double[] variance) {
    float[] pivot = Scratch.floats(n);
    float[] s1 = Scratch.floats(n);
    float[] s2 = Scratch.floats(n);
    Arrays.fill(mean, 0, n, 0.0);
    Arrays.fill(variance, 0, n, 0.0);
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      chunkMoments(rows, n, x, xo + i * xrs, xrs, pivot, s1, s2);
      ScalarColumns.merge(i, rows, n, pivot, s1, s2, mean, variance);
    }
    ScalarColumns.divide(n, variance, m);
    Scratch.give(pivot);
    Scratch.give(s1);
    Scratch.give(s2);
  }

  private static void chunkMoments(
      int rows, int n, float[] x, int xo, int xrs, float[] pivot, float[] s1, float[] s2) {
    int bound = n - n % LANES;
    ScalarColumns.chunkMoments(rows, bound, n, x, xo, xrs, 1, pivot, s1, s2);
    if (bound > 0) { // without columns there may be no element at xo
      System.arraycopy(x, xo, pivot, 0, bound);
    }
    Arrays.fill(s1, 0, bound, 0f);
    Arrays.fill(s2, 0, bound, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      groupMoments(bound, x, xo + i * xrs, xrs, pivot, s1, s2);
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector d = fromArray(FLOAT, x, row + j).sub(fromArray(FLOAT, pivot, j));
        fromArray(FLOAT, s1, j).add(d).intoArray(s1, j);
        d.fma(d, fromArray(FLOAT, s2, j)).intoArray(s2, j);
      }
    }
  }

  private static void groupMoments(
      int bound, float[] x, int xo, int xrs, float[] pivot, float[] s1, float[] s2) {
    for (int j = 0; j < bound; j += LANES) {
      int o = xo + j;
      FloatVector p = fromArray(FLOAT, pivot, j);
      FloatVector d0 = fromArray(FLOAT, x, o).sub(p);
      FloatVector d1 = fromArray(FLOAT, x, o + xrs).sub(p);
      FloatVector sum = d0.add(d1);
      FloatVector square = d1.fma(d1, d0.mul(d0));
      FloatVector d2 = fromArray(FLOAT, x, o + 2 * xrs).sub(p);
      FloatVector d3 = fromArray(FLOAT, x, o + 3 * xrs).sub(p);
      sum = sum.add(d2.add(d3));
      square = square.add(d3.fma(d3, d2.mul(d2)));
      FloatVector d4 = fromArray(FLOAT, x, o + 4 * xrs).sub(p);
      FloatVector d5 = fromArray(FLOAT, x, o + 5 * xrs).sub(p);
      FloatVector sum2 = d4.add(d5);
      FloatVector square2 = d5.fma(d5, d4.mul(d4));
      FloatVector d6 = fromArray(FLOAT, x, o + 6 * xrs).sub(p);
      FloatVector d7 = fromArray(FLOAT, x, o + 7 * xrs).sub(p);
      sum2 = sum2.add(d6.add(d7));
      square2 = square2.add(d7.fma(d7, d6.mul(d6)));
      fromArray(FLOAT, s1, j).add(sum.add(sum2)).intoArray(s1, j);
      fromArray(FLOAT, s2, j).add(square.add(square2)).intoArray(s2, j);
    }
  }
}
