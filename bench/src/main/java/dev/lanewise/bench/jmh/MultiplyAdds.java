package dev.lanewise.bench.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A loop of fused multiply-adds that never leaves the registers. */
public final class MultiplyAdds {
  /**
   * Independent chains of vectors. Two multiply-adds per cycle with a latency of 4 or 5 cycles need
   * 8 to 10; these and the two factors fit into 16 registers.
   */
  private static final int CHAINS = 10;

  /** Multiply-adds of one chain, over all its lanes; the cost of a call is below 1 % of them. */
  private static final int PER_CHAIN = 1 << 16;

  /** Multiply-adds of one call of {@link #run}, at every width. */
  public static final long COUNT = (long) CHAINS * PER_CHAIN;

  private MultiplyAdds() {}

  /**
   * The hardware's widest vector as far as the kernels know it.
   *
   * @return its width in bits
   */
  public static int hardwareBits() {
    return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /** The width of the first call; C2 must know it as a constant. */
  private static int chosenBits;

  private static final class Chosen {
    static final VectorSpecies<Float> SPECIES =
        VectorSpecies.of(float.class, VectorShape.forBitSize(chosenBits));
    static final int STEPS = PER_CHAIN / SPECIES.length();
  }

  /**
   * {@link #COUNT} times x·y.
   *
   * @param bits the width: 128, 256 or 512, and the same for all calls in a JVM
   * @param x a factor
   * @param y a factor
   * @return {@code COUNT}·x·y: exactly, if x·y = 1, as all partial sums are below 2^24
   * @throws IllegalArgumentException if the first call had another width
   */
  public static float run(int bits, float x, float y) {
    if (chosenBits == 0) {
      chosenBits = bits;
    }
    if (bits != chosenBits) {
      throw new IllegalArgumentException(
          "bits is %d, but this JVM has begun with %d".formatted(bits, chosenBits));
    }
    return run(x, y);
  }

  private static float run(float x, float y) {
    FloatVector a = FloatVector.broadcast(Chosen.SPECIES, x);
    FloatVector b = FloatVector.broadcast(Chosen.SPECIES, y);
    FloatVector c0 = FloatVector.zero(Chosen.SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    FloatVector c8 = c0;
    FloatVector c9 = c0;
    for (int i = 0; i < Chosen.STEPS; i++) {
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
