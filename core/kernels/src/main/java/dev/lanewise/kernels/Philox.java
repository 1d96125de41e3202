package dev.lanewise.kernels;

/**
 * Random numbers as a pure function of (seed, purpose, step, index): the generator Philox-4x32-10.
 *
 * <p>There is no state to save or to share: whoever asks for the same four coordinates gets the
 * same number, in any order and on any thread. The seed is the key. Purpose tells apart what the
 * numbers are for (weights of layer 2, shuffling), step counts in time, index counts within a step.
 *
 * <p><b>Source.</b> J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, Parallel random numbers:
 * as easy as 1, 2, 3, 2011.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  static final int WORDS = 4;

  private Philox() {}

  /**
   * 32 random bits: word {@code index mod 4} of the block whose counter is (index div 4 in two
   * words, step, purpose).
   *
   * @param seed the key
   * @param purpose what the numbers are for
   * @param step when they are drawn
   * @param index which of them, at least 0
   * @return the bits
   * @throws IllegalArgumentException if the index is negative
   */
  public static int bits(long seed, int purpose, int step, long index) {
    if (index < 0) {
      throw new IllegalArgumentException("Philox: index is negative: " + index);
    }
    long block = index / WORDS;
    return word((int) (index % WORDS), (int) block, (int) (block >>> 32), step, purpose, seed);
  }

  /** One word of a block; a test holds it to the published answers. */
  static int word(int which, int c0, int c1, int c2, int c3, long key) {
    return block(c0, c1, c2, c3, key).word(which);
  }

  /** Four random words; C2 keeps them in registers. */
  record Block(int word0, int word1, int word2, int word3) {
    int word(int which) {
      return switch (which) {
        case 0 -> word0;
        case 1 -> word1;
        case 2 -> word2;
        default -> word3;
      };
    }
  }

  /** The numbers of the indices 4·block to 4·block + 3. */
  static Block block(long seed, int purpose, int step, long block) {
    return block((int) block, (int) (block >>> 32), step, purpose, seed);
  }

  private static Block block(int c0, int c1, int c2, int c3, long key) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long product1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new Block(c0, c1, c2, c3);
  }

  /**
   * A uniform number in [0, 1): a multiple of 2^-24.
   *
   * @param seed the key
   * @param purpose what the numbers are for
   * @param step when they are drawn
   * @param index which of them, at least 0
   * @return the number
   * @throws IllegalArgumentException if the index is negative
   */
  public static float uniform(long seed, int purpose, int step, long index) {
    return (bits(seed, purpose, step, index) >>> 8) * 0x1p-24f;
  }

  /**
   * A uniform integer in [0, bound): the upper half of bound times 32 random bits, which favours no
   * value by more than bound / 2^32.
   *
   * @param seed the key
   * @param purpose what the numbers are for
   * @param step when they are drawn
   * @param index which of them, at least 0
   * @param bound what the number stays below, at least 1
   * @return the number
   * @throws IllegalArgumentException if the index is negative or the bound is below 1
   */
  public static int below(long seed, int purpose, int step, long index, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("Philox: bound is " + bound + "; it must be at least 1");
    }
    return (int) ((Integer.toUnsignedLong(bits(seed, purpose, step, index)) * bound) >>> 32);
  }

  /**
   * A number from the standard normal distribution: the inverse of its distribution function at the
   * middle of one of 2^32 equal cells of (0, 1), to about 7 digits, in double and rounded once.
   *
   * <p><b>Source.</b> M. J. Wichura, Algorithm AS 241: the percentage points of the normal
   * distribution, 1988, routine PPND7.
   *
   * @param seed the key
   * @param purpose what the numbers are for
   * @param step when they are drawn
   * @param index which of them, at least 0
   * @return the number
   * @throws IllegalArgumentException if the index is negative
   */
  public static float normal(long seed, int purpose, int step, long index) {
    double p = (Integer.toUnsignedLong(bits(seed, purpose, step, index)) + 0.5) * 0x1p-32;
    return (float) quantile(p);
  }

  /** The p-quantile of the standard normal distribution for p from 2^-33 to 1 - 2^-33. */
  static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      double above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
      double below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1;
      return q * above / below;
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    // Beyond r = 5 the routine has a third part, for p below 2^-36, which no 32 bits give.
    r -= 1.6;
    double above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
    double below = (0.12021132975 * r + 0.73700164250) * r + 1;
    return q < 0 ? -above / below : above / below;
  }
}
