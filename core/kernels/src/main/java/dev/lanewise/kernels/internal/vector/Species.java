package dev.lanewise.kernels.internal.vector;

import dev.lanewise.kernels.internal.Chooser;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The species of the chosen width. */
final class Species {
  static final VectorShape SHAPE = VectorShape.forBitSize(Chooser.BITS);
  static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, SHAPE);

  /** Lanes of a float vector. */
  static final int LANES = Chooser.BITS / Float.SIZE;

  private Species() {}
}
