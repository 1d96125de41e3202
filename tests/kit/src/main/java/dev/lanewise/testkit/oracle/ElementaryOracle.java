package dev.lanewise.testkit.oracle;

/**
 * exp(x) and log(x), within 1 ulp of double, which is 2^-29 ulps of {@code float}; erf(x) and
 * erfc(x), within a relative error of 10^-15 and, where 1 - erf cancels, 10^-13.
 *
 * <p>Results below the normal {@code float}s are no exception: they are normal doubles.
 */
public final class ElementaryOracle {
  private static final double SQRT_PI = 1.7724538509055160273;

  /** From here on the continued fraction converges faster than the series. */
  private static final double FAR = 2;

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

  /**
   * The error function, 2/√π · ∫ exp(-t²) dt from 0 to x.
   *
   * <p>Below 2 its series without cancellation, 2/√π · exp(-x²) · Σ_k 2^k x^(2k+1) / (1 · 3 ···
   * (2k+1)); source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.1.6.
   *
   * @param x any value
   * @return erf x
   */
  public static double erf(double x) {
    if (!(Math.abs(x) < FAR)) {
      return x < 0 ? farErfc(-x) - 1 : 1 - farErfc(x);
    }
    double term = x;
    double sum = x;
    for (int k = 1; Math.abs(term) > 0x1p-56 * Math.abs(sum); k++) {
      term *= 2 * x * x / (2 * k + 1);
      sum += term;
    }
    return 2 / SQRT_PI * StrictMath.exp(-x * x) * sum;
  }

  /**
   * 1 - erf(x), without the cancellation where erf(x) is close to 1.
   *
   * <p>From 2 on exp(-x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))); source: M.
   * Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.1.14.
   *
   * @param x any value
   * @return erfc x
   */
  public static double erfc(double x) {
    return x >= FAR ? farErfc(x) : 1 - erf(x);
  }

  private static double farErfc(double x) {
    if (x > 30) {
      return 0; // below the smallest double
    }
    double fraction = x;
    for (int k = (int) (20 + 200 / (x * x)); k > 0; k--) {
      fraction = x + 0.5 * k / fraction;
    }
    // exp of the rounded square is off by the square's rounding, up to 10^-13 of it.
    double square = x * x;
    double lost = Math.fma(x, x, -square);
    return StrictMath.exp(-square) * (1 - lost) / (SQRT_PI * fraction);
  }
}
