package dev.lanewise.bench.peer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A function of every element, one vector after the other, by the code that compiled code takes
 * from SVML.
 *
 * <p>C2 makes a call of a function that is a constant alone, so each has a loop of its own. Arrays
 * are parameters: read from fields, they would be read again behind each call, which takes twice as
 * long.
 */
final class SvmlElementwise {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = FLOATS.length();

  private SvmlElementwise() {}

  /** y = e^x. */
  static void exp(float[] x, float[] y) {
    int bound = FLOATS.loopBound(x.length);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector.fromArray(FLOATS, x, j).lanewise(VectorOperators.EXP).intoArray(y, j);
    }
    tail(VectorOperators.EXP, x, y);
  }

  /** y = log x. */
  static void log(float[] x, float[] y) {
    int bound = FLOATS.loopBound(x.length);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector.fromArray(FLOATS, x, j).lanewise(VectorOperators.LOG).intoArray(y, j);
    }
    tail(VectorOperators.LOG, x, y);
  }

  /** y = tanh x. */
  static void tanh(float[] x, float[] y) {
    int bound = FLOATS.loopBound(x.length);
    for (int j = 0; j < bound; j += LENGTH) {
      FloatVector.fromArray(FLOATS, x, j).lanewise(VectorOperators.TANH).intoArray(y, j);
    }
    tail(VectorOperators.TANH, x, y);
  }

  private static void tail(VectorOperators.Unary function, float[] x, float[] y) {
    int j = FLOATS.loopBound(x.length);
    if (j < x.length) {
      VectorMask<Float> tail = FLOATS.indexInRange(j, x.length);
      FloatVector.fromArray(FLOATS, x, j, tail).lanewise(function).intoArray(y, j, tail);
    }
  }
}
