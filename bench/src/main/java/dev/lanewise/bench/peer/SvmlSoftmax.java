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
    for (int row = 0; row < m * n; row += n) {
      float max = max(row);
      scale(row, 1 / exponentials(row, max));
    }
  }

  /** Of the bits as ordered integers, which is faster than that of floats. */
  private float max(int row) {
    IntVector max = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    int full = FLOATS.loopBound(n);
    for (int j = 0; j < full; j += FLOATS.length()) {
      max = max.max(ordered(FloatVector.fromArray(FLOATS, x, row + j).viewAsIntegralLanes()));
    }
    int result = max.reduceLanes(VectorOperators.MAX);
    for (int j = full; j < n; j++) {
      result = Math.max(result, ordered(Float.floatToRawIntBits(x[row + j])));
    }
    return Float.intBitsToFloat(ordered(result));
  }

  private static IntVector ordered(jdk.incubator.vector.Vector<?> bits) {
    IntVector raw = bits.reinterpretAsInts();
    return raw.lanewise(
        VectorOperators.XOR,
        raw.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.AND, Integer.MAX_VALUE));
  }

  /** Its own inverse. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  private float exponentials(int row, float max) {
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

  private void scale(int row, float factor) {
    int j = 0;
    for (; j < FLOATS.loopBound(n); j += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, y, row + j).mul(factor).intoArray(y, row + j);
    }
    for (; j < n; j++) {
      y[row + j] *= factor;
    }
  }
}
