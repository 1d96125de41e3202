package dev.lanewise.bench.jmh;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A loop of fused multiply-adds that never leaves the registers. */
public final class MultiplyAdds {
  /**
   * Multiply-adds of one call of {@link #run}, at every width and with any number of chains. A
   * call's own cost is below 1 % of them.
   */
  public static final long COUNT = 5 << 17;

  /**
   * Independent chains of vectors where there are 16 registers: two multiply-adds per cycle with a
   * latency of 4 or 5 cycles need 8 to 10, and with the two factors they fit.
   */
  private static final int FEW_CHAINS = 10;

  /** And where there are 32: some of these processors begin four multiply-adds in a cycle. */
  private static final int MANY_CHAINS = 16;

  private MultiplyAdds() {}

  /**
   * The JVM's preferred vectors, up to the 512 bits that the kernels use.
   *
   * @return their width in bits
   */
  public static int preferredBits() {
    return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /** The width of the first call; C2 must know it as a constant. */
  private static int chosenBits;

  private static final class Chosen {
    static final VectorSpecies<Float> SPECIES =
        VectorSpecies.of(float.class, VectorShape.forBitSize(chosenBits));
    static final boolean MANY =
        preferredBits() == 512 || System.getProperty("os.arch").equals("aarch64");
    static final int STEPS =
        Math.toIntExact(COUNT / SPECIES.length() / (MANY ? MANY_CHAINS : FEW_CHAINS));
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
    return Chosen.MANY ? runMany(x, y) : runFew(x, y);
  }

  private static float runFew(float x, float y) {
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

  private static float runMany(float x, float y) {
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
    FloatVector c10 = c0;
    FloatVector c11 = c0;
    FloatVector c12 = c0;
    FloatVector c13 = c0;
    FloatVector c14 = c0;
    FloatVector c15 = c0;
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
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
      c12 = a.fma(b, c12);
      c13 = a.fma(b, c13);
      c14 = a.fma(b, c14);
      c15 = a.fma(b, c15);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7);
    sum = sum.add(c8).add(c9).add(c10).add(c11).add(c12).add(c13).add(c14).add(c15);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
