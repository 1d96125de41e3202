package dev.lanewise.suite.bits;

/**
 * Numbers from a seed by integer arithmetic alone, so that they never change: SplitMix64 (G.
 * Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014).
 */
public final class Mix {
  private long state;

  /** The numbers that belong to a seed. */
  public Mix(long seed) {
    state = seed;
  }

  /** 64 bits. */
  public long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** An integer in [0, bound). */
  public int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** A multiple of 2^-23 in [-1, 1). */
  public float unit() {
    return (next() >> 40) * 0x1p-23f;
  }

  /** Labels of so many classes, with one more at either end of the array. */
  public int[] labels(int length, int classes) {
    int[] labels = new int[length + 2];
    for (int i = 1; i <= length; i++) {
      labels[i] = below(classes);
    }
    return labels;
  }
}
