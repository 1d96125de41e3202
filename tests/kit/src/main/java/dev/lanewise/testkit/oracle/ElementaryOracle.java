package dev.lanewise.testkit.oracle;

/**
 * exp(x) and log(x), within 1 ulp of double, which is 2^-29 ulps of {@code float}.
 *
 * <p>Results below the normal {@code float}s are no exception: they are normal doubles.
 */
public final class ElementaryOracle {
  private ElementaryOracle() {}

  /**
   * e^x.
   *
   * @param x any value
   * @return e^x; 0 for -infinity, infinity for infinity, NaN for NaN
   */
  public static double exp(float x) {
    return StrictMath.exp(x);
  }

  /**
   * The natural logarithm.
   *
   * @param x any value
   * @return log x; -infinity for ±0, NaN for negative values and NaN, infinity for infinity
   */
  public static double log(float x) {
    return StrictMath.log(x);
  }
}
