package dev.lanewise.testkit.operand;

import dev.lanewise.testkit.internal.Checks;

/**
 * Numbers from a seed by integer arithmetic alone, so that they are the same everywhere and for
 * ever.
 *
 * <p>Source: SplitMix64; G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number
 * generators, OOPSLA 2014.
 */
public final class Mix {
  private long state;

  /**
   * The numbers that belong to a seed.
   *
   * @param seed any value
   */
  public Mix(long seed) {
    state = seed;
  }

  /**
   * The next 64 bits.
   *
   * @return any value
   */
  public long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * An integer.
   *
   * @param bound a positive number
   * @return a value in [0, bound)
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int below(int bound) {
    Checks.atLeast("Mix", "bound", bound, 1);
    return (int) ((next() >>> 33) % bound);
  }

  /**
   * A number in [-1, 1).
   *
   * @return a multiple of 2^-23
   */
  public float unit() {
    return (next() >> 40) * 0x1p-23f;
  }

  /**
   * A normal deviate: mean 0, deviation 1.
   *
   * @return the polar method's first value (G. Marsaglia and T. Bray, 1964)
   */
  public double normal() {
    while (true) {
      double x = unit();
      double y = unit();
      double square = x * x + y * y;
      if (square > 0 && square < 1) {
        return x * Math.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /**
   * One of several values.
   *
   * @param <T> their type
   * @param values the values
   * @return one of them
   * @throws IllegalArgumentException if there is none
   */
  @SafeVarargs
  public final <T> T choose(T... values) {
    Checks.notNull("Mix", "values", values);
    return values[below(Checks.atLeast("Mix", "the number of values", values.length, 1))];
  }

  /**
   * Labels for the rows of a batch.
   *
   * @param rows how many
   * @param classes the number of classes, positive unless there are no rows
   * @return so many values in [0, classes)
   * @throws IllegalArgumentException if a number is negative, or there are rows but no classes
   */
  public int[] labels(int rows, int classes) {
    Checks.atLeast("Mix", "rows", rows, 0);
    Checks.atLeast("Mix", "classes", classes, Math.min(rows, 1));
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = below(classes);
    }
    return labels;
  }
}
