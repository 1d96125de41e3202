package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.INT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The maximum of contiguous rows, which has no order. */
final class VectorMaximum {
  private VectorMaximum() {}

  /**
   * The largest element of a row without NaN, or -infinity for an empty one; with NaN some element
   * or NaN.
   *
   * <p>Floats order like their bits where they are positive and against them where they are
   * negative, so the integer maximum is right unless all are negative, and then the integer minimum
   * is. Both cost one instruction where a float maximum takes five.
   */
  static float max(float[] x, int xo, int n) {
    IntVector most = IntVector.broadcast(INT, Integer.MIN_VALUE);
    IntVector least = IntVector.broadcast(INT, Integer.MAX_VALUE);
    IntVector most2 = most;
    IntVector least2 = least;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      IntVector bits = FloatVector.fromArray(FLOAT, x, xo + i).reinterpretAsInts();
      IntVector bits2 = FloatVector.fromArray(FLOAT, x, xo + i + LANES).reinterpretAsInts();
      most = most.max(bits);
      least = least.min(bits);
      most2 = most2.max(bits2);
      least2 = least2.min(bits2);
    }
    int largest = most.max(most2).reduceLanes(VectorOperators.MAX);
    int smallest = least.min(least2).reduceLanes(VectorOperators.MIN);
    for (; i < n; i++) {
      int bits = Float.floatToRawIntBits(x[xo + i]);
      largest = Math.max(largest, bits);
      smallest = Math.min(smallest, bits);
    }
    if (n == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    return Float.intBitsToFloat(largest >= 0 ? largest : smallest);
  }
}
