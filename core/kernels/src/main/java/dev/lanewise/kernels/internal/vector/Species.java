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

  /**
   * For loops that do little with each element of large matrices: at most 256 bits. The elements of
   * an array do not begin at a cache line, so that each access of 512 bits meets two lines, and
   * only each other one of 256: 10 to 25 % of such a loop's time where matrices come from a far
   * cache (Zen 4).
   */
  static final VectorSpecies<Float> STREAM =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.min(Chooser.BITS, 256)));

  /** Lanes of such a vector. */
  static final int STREAM_LANES = Math.min(Chooser.BITS, 256) / Float.SIZE;

  private Species() {}
}
