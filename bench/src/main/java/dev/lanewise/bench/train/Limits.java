package dev.lanewise.bench.train;

/** What an option's number may be. */
final class Limits {
  private Limits() {}

  /**
   * A count.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw expected(option, value, "at least 1");
    }
    return value;
  }

  /**
   * A number that stays above 0 as a float.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double positive(String option, double value) {
    if (!((float) value > 0) || Float.isInfinite((float) value)) {
      throw expected(option, value, "a number above 0");
    }
    return value;
  }

  /**
   * A share.
   *
   * @throws IllegalArgumentException if it is negative, or 1 or more as a float
   */
  static double belowOne(String option, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw expected(option, value, "0 or more and less than 1");
    }
    return value;
  }

  /** What to throw. */
  static IllegalArgumentException expected(String option, Object value, String expected) {
    return new IllegalArgumentException("%s: %s; expected %s".formatted(option, value, expected));
  }
}
