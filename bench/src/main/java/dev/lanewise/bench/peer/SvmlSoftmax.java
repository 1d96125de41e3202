package dev.lanewise.bench.peer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of every row in three passes, with the exponential that compiled code takes from SVML:
 * the maximum; exponentials and their sum; the quotients.
 */
final class SvmlSoftmax implements PeerOperation {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private final int m;
  private final int n;
  private final float[] x;
  private final float[] y;

  SvmlSoftmax(int m, int n, float[] x, float[] y) {
    this.m = m;
    this.n = n;
    this.x = x;
    this.y = y;
  }

  @Override
  public void run() {
    run(m, n, x, y);
  }

  /** Arrays are parameters: read from fields, they would be read again behind each call of SVML. */
  private static void run(int m, int n, float[] x, float[] y) {
    for (int row = 0; row < m * n; row += n) {
      float max = max(n, x, row);
      scale(n, 1 / exponentials(n, max, x, y, row), y, row);
    }
  }

  /** Of the bits as ordered integers, which is faster than that of floats. */
  private static float max(int n, float[] x, int row) {
    IntVector max = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector max1 = max;
    int full = n - n % (2 * FLOATS.length());
    for (int j = row; j < row + full; j += 2 * FLOATS.length()) {
      max = max.max(ordered(FloatVector.fromArray(FLOATS, x, j)));
      max1 = max1.max(ordered(FloatVector.fromArray(FLOATS, x, j + FLOATS.length())));
    }
    int result = max.max(max1).reduceLanes(VectorOperators.MAX);
    for (int j = full; j < n; j++) {
      result = Math.max(result, ordered(Float.floatToRawIntBits(x[row + j])));
    }
    return Float.intBitsToFloat(ordered(result));
  }

  private static IntVector ordered(FloatVector floats) {
    IntVector raw = floats.reinterpretAsInts();
    return raw.lanewise(
        VectorOperators.XOR,
        raw.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.AND, Integer.MAX_VALUE));
  }

  /** Its own inverse. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /**
   * The sum of the exponentials of a row. The call of SVML is long enough for one chain of sums.
   */
  private static float exponentials(int n, float max, float[] x, float[] y, int row) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j < FLOATS.loopBound(n); j += FLOATS.length()) {
      FloatVector e =
          FloatVector.fromArray(FLOATS, x, row + j).sub(max).lanewise(VectorOperators.EXP);
      e.intoArray(y, row + j);
      sum = sum.add(e);
    }
    if (j < n) {
      VectorMask<Float> tail = FLOATS.indexInRange(j, n);
      FloatVector e =
          FloatVector.fromArray(FLOATS, x, row + j, tail).sub(max).lanewise(VectorOperators.EXP);
      e.intoArray(y, row + j, tail);
      sum = sum.add(e, tail);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static void scale(int n, float factor, float[] y, int row) {
    int j = 0;
    for (; j < FLOATS.loopBound(n); j += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, y, row + j).mul(factor).intoArray(y, row + j);
    }
    for (; j < n; j++) {
      y[row + j] *= factor;
    }
  }
}
