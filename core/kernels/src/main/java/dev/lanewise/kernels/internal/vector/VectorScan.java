package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.INT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Whether all elements of a part of a row are such that a function needs no care for its special
 * cases: a look ahead costs less than that care.
 */
final class VectorScan {
  private static final int MAGNITUDE = Integer.MAX_VALUE;
  private static final int MIN_NORMAL = Float.floatToRawIntBits(Float.MIN_NORMAL);
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private VectorScan() {}

  /** Whether |x| ≤ most for all of a whole number of vectors; NaN is above all. */
  static boolean isWithin(float most, int n, float[] x, int xo) {
    IntVector largest = IntVector.zero(INT);
    for (int i = xo; i < xo + n; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOAT, x, i).reinterpretAsInts().and(MAGNITUDE));
    }
    return largest.reduceLanes(VectorOperators.MAX) <= Float.floatToRawIntBits(most);
  }

  /** Whether all of a whole number of vectors are positive, finite and not subnormal. */
  static boolean isPositiveNormal(int n, float[] x, int xo) {
    IntVector largest = IntVector.zero(INT);
    for (int i = xo; i < xo + n; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOAT, x, i).reinterpretAsInts().sub(MIN_NORMAL);
      largest = largest.lanewise(VectorOperators.UMAX, bits);
    }
    return largest.compare(VectorOperators.ULT, INFINITY - MIN_NORMAL).allTrue();
  }
}
