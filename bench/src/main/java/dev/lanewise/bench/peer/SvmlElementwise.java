package dev.lanewise.bench.peer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A function of every element, one vector after the other, by the code that compiled code takes
 * from SVML.
 *
 * <p>C2 makes a call of a function that is a constant alone, so each is a class of its own.
 */
abstract class SvmlElementwise implements PeerOperation {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private final float[] x;
  private final float[] y;

  private SvmlElementwise(float[] x, float[] y) {
    this.x = x;
    this.y = y;
  }

  @Override
  public final void run() {
    int n = x.length;
    int j = 0;
    for (; j < FLOATS.loopBound(n); j += FLOATS.length()) {
      apply(FloatVector.fromArray(FLOATS, x, j)).intoArray(y, j);
    }
    if (j < n) {
      VectorMask<Float> tail = FLOATS.indexInRange(j, n);
      apply(FloatVector.fromArray(FLOATS, x, j, tail)).intoArray(y, j, tail);
    }
  }

  abstract FloatVector apply(FloatVector v);

  /** e^x. */
  static final class Exp extends SvmlElementwise {
    Exp(float[] x, float[] y) {
      super(x, y);
    }

    @Override
    FloatVector apply(FloatVector v) {
      return v.lanewise(VectorOperators.EXP);
    }
  }

  /** The natural logarithm. */
  static final class Log extends SvmlElementwise {
    Log(float[] x, float[] y) {
      super(x, y);
    }

    @Override
    FloatVector apply(FloatVector v) {
      return v.lanewise(VectorOperators.LOG);
    }
  }

  /** The hyperbolic tangent. */
  static final class Tanh extends SvmlElementwise {
    Tanh(float[] x, float[] y) {
      super(x, y);
    }

    @Override
    FloatVector apply(FloatVector v) {
      return v.lanewise(VectorOperators.TANH);
    }
  }
}
