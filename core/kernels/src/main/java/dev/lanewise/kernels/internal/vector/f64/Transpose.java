package dev.lanewise.kernels.internal.vector.f64;

import static dev.lanewise.kernels.internal.vector.f64.Species.DOUBLE;
import static dev.lanewise.kernels.internal.vector.f64.Species.LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes blocks of 8 by 8 elements in registers, for vectors of 512 bits: three rounds exchange
 * parts of 4, 2 and 1 elements between pairs of rows that lie as many rows apart.
 */
final class Transpose {
  /** Rows and columns of a block; the only width that it is written for. */
  static final int SIZE = 8;

  private static final VectorShuffle<Double> UP4 = rotation(-4);
  private static final VectorShuffle<Double> DOWN4 = rotation(4);
  private static final VectorMask<Double> UPPER4 = upper(4);
  private static final VectorMask<Double> LOWER4 = UPPER4.not();
  private static final VectorShuffle<Double> UP2 = rotation(-2);
  private static final VectorShuffle<Double> DOWN2 = rotation(2);
  private static final VectorMask<Double> UPPER2 = upper(2);
  private static final VectorMask<Double> LOWER2 = UPPER2.not();
  private static final VectorShuffle<Double> UP1 = rotation(-1);
  private static final VectorShuffle<Double> DOWN1 = rotation(1);
  private static final VectorMask<Double> UPPER1 = upper(1);
  private static final VectorMask<Double> LOWER1 = UPPER1.not();

  private Transpose() {}

  /** Lane i takes what lane i + distance holds. */
  private static VectorShuffle<Double> rotation(int distance) {
    return VectorShuffle.fromOp(DOUBLE, i -> Math.floorMod(i + distance, LANES));
  }

  /** The upper parts of so many lanes. */
  private static VectorMask<Double> upper(int lanes) {
    boolean[] set = new boolean[LANES];
    for (int i = 0; i < LANES; i++) {
      set[i] = (i / lanes & 1) == 1;
    }
    return VectorMask.fromArray(DOUBLE, set, 0);
  }

  /** Element (i, j) ← factor·x[xo + i + j·xcs], for 8 rows that begin stride elements apart. */
  static void block(double factor, double[] x, int xo, int xcs, double[] to, int o, int stride) {
    DoubleVector r0 = DoubleVector.fromArray(DOUBLE, x, xo).mul(factor);
    DoubleVector r1 = DoubleVector.fromArray(DOUBLE, x, xo + xcs).mul(factor);
    DoubleVector r2 = DoubleVector.fromArray(DOUBLE, x, xo + 2 * xcs).mul(factor);
    DoubleVector r3 = DoubleVector.fromArray(DOUBLE, x, xo + 3 * xcs).mul(factor);
    DoubleVector r4 = DoubleVector.fromArray(DOUBLE, x, xo + 4 * xcs).mul(factor);
    DoubleVector r5 = DoubleVector.fromArray(DOUBLE, x, xo + 5 * xcs).mul(factor);
    DoubleVector r6 = DoubleVector.fromArray(DOUBLE, x, xo + 6 * xcs).mul(factor);
    DoubleVector r7 = DoubleVector.fromArray(DOUBLE, x, xo + 7 * xcs).mul(factor);
    DoubleVector r;
    r = r0.blend(r4.rearrange(UP4), UPPER4);
    r4 = r4.blend(r0.rearrange(DOWN4), LOWER4);
    r0 = r;
    r = r1.blend(r5.rearrange(UP4), UPPER4);
    r5 = r5.blend(r1.rearrange(DOWN4), LOWER4);
    r1 = r;
    r = r2.blend(r6.rearrange(UP4), UPPER4);
    r6 = r6.blend(r2.rearrange(DOWN4), LOWER4);
    r2 = r;
    r = r3.blend(r7.rearrange(UP4), UPPER4);
    r7 = r7.blend(r3.rearrange(DOWN4), LOWER4);
    r3 = r;
    r = r0.blend(r2.rearrange(UP2), UPPER2);
    r2 = r2.blend(r0.rearrange(DOWN2), LOWER2);
    r0 = r;
    r = r1.blend(r3.rearrange(UP2), UPPER2);
    r3 = r3.blend(r1.rearrange(DOWN2), LOWER2);
    r1 = r;
    r = r4.blend(r6.rearrange(UP2), UPPER2);
    r6 = r6.blend(r4.rearrange(DOWN2), LOWER2);
    r4 = r;
    r = r5.blend(r7.rearrange(UP2), UPPER2);
    r7 = r7.blend(r5.rearrange(DOWN2), LOWER2);
    r5 = r;
    r = r0.blend(r1.rearrange(UP1), UPPER1);
    r1 = r1.blend(r0.rearrange(DOWN1), LOWER1);
    r0 = r;
    r = r2.blend(r3.rearrange(UP1), UPPER1);
    r3 = r3.blend(r2.rearrange(DOWN1), LOWER1);
    r2 = r;
    r = r4.blend(r5.rearrange(UP1), UPPER1);
    r5 = r5.blend(r4.rearrange(DOWN1), LOWER1);
    r4 = r;
    r = r6.blend(r7.rearrange(UP1), UPPER1);
    r7 = r7.blend(r6.rearrange(DOWN1), LOWER1);
    r6 = r;
    r0.intoArray(to, o);
    r1.intoArray(to, o + stride);
    r2.intoArray(to, o + 2 * stride);
    r3.intoArray(to, o + 3 * stride);
    r4.intoArray(to, o + 4 * stride);
    r5.intoArray(to, o + 5 * stride);
    r6.intoArray(to, o + 6 * stride);
    r7.intoArray(to, o + 7 * stride);
  }
}
