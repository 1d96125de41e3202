package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ScalarColumns} for rows of unit column stride.
 *
 * <p>Whole vectors of columns go row by row, their sums in work space; the columns behind them are
 * one vector under a mask, whose sums stay in registers over a chunk.
 *
 * <p>The Vector API is called directly, here and elsewhere: C2 inlines its methods by force, but a
 * helper of our own that returns a vector only as long as its budget lasts, and then the vector
 * becomes an object.
 */
public final class VectorColumns {
  /**
   * Elements between the planes of work space, beside their columns: planes apart by a power of two
   * would share the sets of a cache, with each other and with the rows of a matrix of such a width.
   */
  private static final int APART = 80;

  private VectorColumns() {}

  /** The distance between planes of work space for so many columns. */
  static int plane(int n) {
    return wholeVectors(n) + APART;
  }

  /** As {@link ScalarColumns#sums}. */
  public static void sums(int m, int n, float[] x, int xo, int xrs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(wholeVectors(n));
    for (int i = 0; m - i > 0; i += CHUNK) {
      chunkSums(Math.min(CHUNK, m - i), n, x, xo + i * xrs, xrs, s);
      ScalarColumns.add(n, s, 0, total);
    }
    Scratch.give(s);
  }

  private static void chunkSums(int rows, int n, float[] x, int xo, int xrs, float[] s) {
    int whole = n - n % LANES;
    Arrays.fill(s, 0, whole, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int row = xo + i * xrs;
      for (int j = 0; j < whole; j += LANES) {
        int o = row + j;
        FloatVector x01 = fromArray(FLOAT, x, o).add(fromArray(FLOAT, x, o + xrs));
        FloatVector x23 = fromArray(FLOAT, x, o + 2 * xrs).add(fromArray(FLOAT, x, o + 3 * xrs));
        fromArray(FLOAT, s, j).add(x01.add(x23)).intoArray(s, j);
      }
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      for (int j = 0; j < whole; j += LANES) {
        fromArray(FLOAT, s, j).add(fromArray(FLOAT, x, row + j)).intoArray(s, j);
      }
    }
    if (whole < n) {
      restOfSums(rows, n - whole, x, xo + whole, xrs, s, whole);
    }
  }

  private static void restOfSums(
      int rows, int rest, float[] x, int xo, int xrs, float[] s, int so) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    FloatVector sum = FloatVector.zero(FLOAT);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      FloatVector x01 = fromArray(FLOAT, x, o, mask).add(fromArray(FLOAT, x, o + xrs, mask));
      FloatVector x2 = fromArray(FLOAT, x, o + 2 * xrs, mask);
      sum = sum.add(x01.add(x2.add(fromArray(FLOAT, x, o + 3 * xrs, mask))));
    }
    for (; i < rows; i++) {
      sum = sum.add(fromArray(FLOAT, x, xo + i * xrs, mask));
    }
    sum.intoArray(s, so);
  }

  /** As {@link ScalarColumns#dots}. */
  public static void dots(
      int m, int n, float[] x, int xo, int xrs, float[] y, int yo, int yrs, double[] total) {
    Arrays.fill(total, 0, n, 0.0);
    float[] s = Scratch.floats(wholeVectors(n));
    float[] block = Scratch.floats(CHUNK * LANES);
    float[] other = Scratch.floats(CHUNK * LANES);
    int whole = n - n % LANES;
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      int xi = xo + i * xrs;
      int yi = yo + i * yrs;
      chunkDots(rows, whole, x, xi, xrs, y, yi, yrs, s, 0);
      if (whole < n) {
        copyRest(rows, n - whole, x, xi + whole, xrs, block);
        copyRest(rows, n - whole, y, yi + whole, yrs, other);
        chunkDots(rows, LANES, block, 0, LANES, other, 0, LANES, s, whole);
      }
      ScalarColumns.add(n, s, 0, total);
    }
    Scratch.give(s);
    Scratch.give(block);
    Scratch.give(other);
  }

  private static void chunkDots(
      int rows,
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] y,
      int yo,
      int yrs,
      float[] s,
      int so) {
    Arrays.fill(s, so, so + whole, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int row = xo + i * xrs;
      int other = yo + i * yrs;
      for (int j = 0; j < whole; j += LANES) {
        int o = row + j;
        int q = other + j;
        FloatVector u0 = fromArray(FLOAT, x, o).mul(fromArray(FLOAT, y, q));
        u0 = fromArray(FLOAT, x, o + xrs).fma(fromArray(FLOAT, y, q + yrs), u0);
        FloatVector u1 = fromArray(FLOAT, x, o + 2 * xrs).mul(fromArray(FLOAT, y, q + 2 * yrs));
        u1 = fromArray(FLOAT, x, o + 3 * xrs).fma(fromArray(FLOAT, y, q + 3 * yrs), u1);
        fromArray(FLOAT, s, so + j).add(u0.add(u1)).intoArray(s, so + j);
      }
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      int other = yo + i * yrs;
      for (int j = 0; j < whole; j += LANES) {
        fromArray(FLOAT, x, row + j)
            .fma(fromArray(FLOAT, y, other + j), fromArray(FLOAT, s, so + j))
            .intoArray(s, so + j);
      }
    }
  }

  /**
   * Copies the columns behind whole vectors to a block of one vector for each row, absent elements
   * being 0. C1 has no registers for a loop with many masked loads; it does not compile one with
   * the profile that C2 waits for.
   */
  static void copyRest(int rows, int rest, float[] x, int xo, int xrs, float[] block) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    for (int i = 0; i < rows; i++) {
      fromArray(FLOAT, x, xo + i * xrs, mask).intoArray(block, i * LANES);
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

  /** As {@link ScalarColumns#merge}. */
  public static void merge(
      long before, int m, int n, float[] x, int xo, int xrs, double[] mean, double[] m2) {
    float[] s = Scratch.floats(3L * plane(n));
    for (int i = 0; m - i > 0; i += CHUNK) {
      mergeChunk(before + i, Math.min(CHUNK, m - i), n, x, xo + i * xrs, xrs, s, mean, m2);
    }
    Scratch.give(s);
  }

  private static void mergeChunk(
      long before,
      int rows,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] s,
      double[] mean,
      double[] m2) {
    int plane = plane(n);
    int whole = n - n % LANES;
    if (whole > 0) {
      chunkMoments(rows, whole, x, xo, xrs, s, plane);
    }
    if (whole < n) {
      restOfMoments(rows, n - whole, x, xo + whole, xrs, s, whole, plane);
    }
    ScalarColumns.merge(before, rows, n, s, 0, s, plane, s, 2 * plane, mean, m2, 0);
  }

  /** The planes of s are the first row, Σ (x - first) and Σ (x - first)². */
  private static void chunkMoments(
      int rows, int whole, float[] x, int xo, int xrs, float[] s, int plane) {
    System.arraycopy(x, xo, s, 0, whole);
    Arrays.fill(s, plane, plane + whole, 0f);
    Arrays.fill(s, 2 * plane, 2 * plane + whole, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int row = xo + i * xrs;
      for (int j = 0; j < whole; j += LANES) {
        int o = row + j;
        FloatVector p = fromArray(FLOAT, s, j);
        FloatVector d0 = fromArray(FLOAT, x, o).sub(p);
        FloatVector d1 = fromArray(FLOAT, x, o + xrs).sub(p);
        FloatVector d2 = fromArray(FLOAT, x, o + 2 * xrs).sub(p);
        FloatVector d3 = fromArray(FLOAT, x, o + 3 * xrs).sub(p);
        FloatVector sum = d0.add(d1).add(d2.add(d3));
        FloatVector square = d1.fma(d1, d0.mul(d0)).add(d3.fma(d3, d2.mul(d2)));
        fromArray(FLOAT, s, j + plane).add(sum).intoArray(s, j + plane);
        fromArray(FLOAT, s, j + 2 * plane).add(square).intoArray(s, j + 2 * plane);
      }
    }
    for (; i < rows; i++) {
      int row = xo + i * xrs;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector d = fromArray(FLOAT, x, row + j).sub(fromArray(FLOAT, s, j));
        fromArray(FLOAT, s, j + plane).add(d).intoArray(s, j + plane);
        d.fma(d, fromArray(FLOAT, s, j + 2 * plane)).intoArray(s, j + 2 * plane);
      }
    }
  }

  private static void restOfMoments(
      int rows, int rest, float[] x, int xo, int xrs, float[] s, int so, int plane) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    FloatVector p = fromArray(FLOAT, x, xo, mask);
    FloatVector sum = FloatVector.zero(FLOAT);
    FloatVector square = sum;
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      FloatVector d0 = fromArray(FLOAT, x, o, mask).sub(p);
      FloatVector d1 = fromArray(FLOAT, x, o + xrs, mask).sub(p);
      FloatVector d2 = fromArray(FLOAT, x, o + 2 * xrs, mask).sub(p);
      FloatVector d3 = fromArray(FLOAT, x, o + 3 * xrs, mask).sub(p);
      sum = sum.add(d0.add(d1).add(d2.add(d3)));
      square = square.add(d1.fma(d1, d0.mul(d0)).add(d3.fma(d3, d2.mul(d2))));
    }
    for (; i < rows; i++) {
      FloatVector d = fromArray(FLOAT, x, xo + i * xrs, mask).sub(p);
      sum = sum.add(d);
      square = d.fma(d, square);
    }
    p.intoArray(s, so);
    sum.intoArray(s, so + plane);
    square.intoArray(s, so + 2 * plane);
  }
}
