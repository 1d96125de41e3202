package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A loop of fused multiply-adds that never leaves the registers, at the width of the kernels. */
final class MultiplyAdds {
  /**
   * Independent chains of vectors. Two multiply-adds per cycle with a latency of 4 or 5 cycles need
   * 8 to 10; these and the two factors fit into 16 registers.
   */
  private static final int CHAINS = 10;

  /** Multiply-adds of one chain, over all its lanes. */
  private static final int PER_CHAIN = 1 << 16;

  /** Multiply-adds of one call of {@link #run}, at every width. */
  static final long COUNT = (long) CHAINS * PER_CHAIN;

  private MultiplyAdds() {}

  /** Apart, so that the count can be had without the Vector API. */
  private static final class Species {
    static final VectorSpecies<Float> FLOAT =
        VectorSpecies.of(float.class, VectorShape.forBitSize(Lanes.bits()));
    static final int LANES = FLOAT.length();
  }

  /** The hardware's widest vector in bits, as far as the kernels know it. */
  static int hardwareBits() {
    return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /**
   * {@link #COUNT} times x·y.
   *
   * @return {@code COUNT}·x·y: exactly, if x·y = 1, as all partial sums are below 2^24
   */
  static float run(float x, float y) {
    FloatVector a = FloatVector.broadcast(Species.FLOAT, x);
    FloatVector b = FloatVector.broadcast(Species.FLOAT, y);
    FloatVector c0 = FloatVector.zero(Species.FLOAT);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    for (int i = 0; i < PER_CHAIN / Species.LANES; i++) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
