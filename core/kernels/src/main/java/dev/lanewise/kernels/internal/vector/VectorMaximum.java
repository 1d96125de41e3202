package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.scalar.ScalarMaximum;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The maximum of contiguous rows, which has no order.
 *
 * <p>Floats order like their bits where they are positive and against them where they are negative,
 * so the integer maximum is right unless all are negative, and then the integer minimum is. Both
 * cost one instruction where a float maximum takes five. A positive NaN is the integer maximum; a
 * negative one is the unsigned maximum.
 */
public final class VectorMaximum {
  private static final int NEGATIVE_INFINITY = 0xff800000;

  private VectorMaximum() {}

  /** The maximum, as {@link ScalarMaximum#max}, and the least element or NaN. */
  public static void extremes(float[] x, int xo, int n, float[] extremes) {
    if (n < LANES) {
      extremes[0] = ScalarMaximum.max(x, xo, n);
      extremes[1] = ScalarMaximum.min(x, xo, n);
      return;
    }
    IntVector largest = FloatVector.fromArray(FLOAT, x, xo + n - LANES).reinterpretAsInts();
    IntVector smallest = largest;
    IntVector unsigned = largest;
    IntVector largest2 = largest;
    IntVector smallest2 = largest;
    IntVector unsigned2 = largest;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      IntVector bits = FloatVector.fromArray(FLOAT, x, xo + i).reinterpretAsInts();
      IntVector bits2 = FloatVector.fromArray(FLOAT, x, xo + i + LANES).reinterpretAsInts();
      largest = largest.max(bits);
      smallest = smallest.min(bits);
      unsigned = unsigned.lanewise(VectorOperators.UMAX, bits);
      largest2 = largest2.max(bits2);
      smallest2 = smallest2.min(bits2);
      unsigned2 = unsigned2.lanewise(VectorOperators.UMAX, bits2);
    }
    if (i <= n - LANES) {
      IntVector bits = FloatVector.fromArray(FLOAT, x, xo + i).reinterpretAsInts();
      largest = largest.max(bits);
      smallest = smallest.min(bits);
      unsigned = unsigned.lanewise(VectorOperators.UMAX, bits);
    }
    int most = largest.max(largest2).reduceLanes(VectorOperators.MAX);
    int fewest = smallest.min(smallest2).reduceLanes(VectorOperators.MIN);
    int highest =
        unsigned
                .lanewise(VectorOperators.UMAX, unsigned2)
                .lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                .reduceLanes(VectorOperators.MAX)
            ^ Integer.MIN_VALUE; // the unsigned order as a signed one
    extremes(most, fewest, highest, extremes);
  }

  /** The extremes that the largest, smallest and unsigned largest of the bits tell. */
  static void extremes(int largest, int smallest, int unsigned, float[] extremes) {
    boolean number = Integer.compareUnsigned(unsigned, NEGATIVE_INFINITY) <= 0;
    extremes[0] = number ? Float.intBitsToFloat(largest >= 0 ? largest : smallest) : Float.NaN;
    extremes[1] = Float.intBitsToFloat(unsigned < 0 ? unsigned : smallest);
  }

  /** The index of the first element with the bits of a row's maximum; n is at least 1. */
  public static int firstOf(float max, float[] x, int xo, int n) {
    if (n < LANES || Float.isNaN(max)) {
      return ScalarMaximum.firstOf(max, x, xo, n);
    }
    int bits = Float.floatToRawIntBits(max);
    for (int i = 0; ; i = Math.min(i + LANES, n - LANES)) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Integer> found = v.reinterpretAsInts().eq(bits);
      if (found.anyTrue()) {
        return i + found.firstTrue();
      }
    }
  }
}
