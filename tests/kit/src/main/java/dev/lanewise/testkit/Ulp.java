package dev.lanewise.testkit;

/**
 * Units in the last place of a {@code float}: distance = |actual - expected| / ulp(expected).
 *
 * <p>The expected value is a double, so a distance is not a whole number: a correctly rounded
 * result lies within 0.5.
 */
public final class Ulp {
  private Ulp() {}

  /**
   * The distance from |x| to the next larger {@code float}; 2^-149 for zero and subnormals.
   *
   * @param x any value
   * @return the ulp of x; that of the largest finite value for infinities; NaN for NaN
   */
  public static float of(float x) {
    return Math.ulp(Float.isInfinite(x) ? Float.MAX_VALUE : x);
  }

  /**
   * |actual - expected| / ulp(expected rounded to {@code float}).
   *
   * <p>NaN is at distance 0 from NaN and infinitely far from all else. An infinity is at distance 0
   * from every expected value that rounds to it, and otherwise stands for ±2^128, where the next
   * {@code float} would be: a result that overflows one step too early is one step off. An expected
   * infinity is infinitely far from all but itself. -0 and +0 are the same.
   *
   * @param actual the value under test
   * @param expected the value that it should have
   * @return the distance in ulps of the expected value, at least 0 and never NaN
   */
  public static double distance(float actual, double expected) {
    double error = error(actual, expected);
    return error == 0 || Double.isInfinite(error) ? error : error / of((float) expected);
  }

  /** |actual - expected| with the conventions of {@link #distance}. */
  static double error(float actual, double expected) {
    if (Float.isNaN(actual) || Double.isNaN(expected)) {
      return Float.isNaN(actual) && Double.isNaN(expected) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(actual)) {
      return actual == (float) expected ? 0 : Math.abs(Math.copySign(0x1p128, actual) - expected);
    }
    return Math.abs(actual - expected);
  }
}
