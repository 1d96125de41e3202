package dev.lanewise.kernels.internal.vector;

import dev.lanewise.kernels.internal.Chooser;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The species of the chosen width. There is no second one beside them, such as half as wide for
 * loops from far caches: then C2 no longer knows the class of every vector by its element type, and
 * puts vectors of loops that have nothing to do with it into objects.
 */
final class Species {
  static final VectorShape SHAPE = VectorShape.forBitSize(Chooser.BITS);
  static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, SHAPE);

  /** Lanes of a float vector. */
  static final int LANES = Chooser.BITS / Float.SIZE;

  private Species() {}

  /** So many elements, filled up to whole vectors. */
  static int wholeVectors(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }
}
