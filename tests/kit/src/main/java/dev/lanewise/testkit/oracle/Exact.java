package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.math.BigDecimal;

/**
 * Sums and products of {@code double}s, and so of {@code float}s, without any rounding.
 *
 * <p>A finite double is a decimal fraction, and so are its sums and products; NaN and infinities
 * are an {@link IllegalArgumentException}.
 */
public final class Exact {
  private static final String NAME = "Exact";

  private Exact() {}

  /**
   * Σ x_i.
   *
   * @param x the terms
   * @return the sum; 0 of no terms
   * @throws IllegalArgumentException if a term is NaN or infinite
   */
  public static BigDecimal sum(double... x) {
    Checks.notNull(NAME, "x", x);
    BigDecimal sum = BigDecimal.ZERO;
    for (double term : x) {
      sum = sum.add(decimal(term));
    }
    return sum;
  }

  /**
   * Σ x_i · y_i.
   *
   * @param x one factor of each term
   * @param y the other, as many
   * @return the sum; 0 of no terms
   * @throws IllegalArgumentException if a factor is NaN or infinite
   */
  public static BigDecimal dot(double[] x, double[] y) {
    Checks.notNull(NAME, "x", x);
    Extents.require(NAME, "y", y, x.length);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.add(product(x[i], y[i]));
    }
    return sum;
  }

  /**
   * Σ x_i².
   *
   * @param x what is squared
   * @return the sum; 0 of no terms
   * @throws IllegalArgumentException if an element is NaN or infinite
   */
  public static BigDecimal sumOfSquares(double... x) {
    Checks.notNull(NAME, "x", x);
    return dot(x, x);
  }

  /**
   * |actual - expected|, from the exact difference.
   *
   * @param actual a {@code double} or a {@code float}
   * @param expected the value that it should have
   * @return the distance rounded to double; infinity if actual is NaN or infinite
   */
  public static double distance(double actual, BigDecimal expected) {
    Checks.notNull(NAME, "expected", expected);
    return Double.isFinite(actual)
        ? new BigDecimal(actual).subtract(expected).abs().doubleValue()
        : Double.POSITIVE_INFINITY;
  }

  static BigDecimal product(double x, double y) {
    return decimal(x).multiply(decimal(y));
  }

  static BigDecimal decimal(double x) {
    return new BigDecimal(Checks.finite(NAME, "a term", x));
  }
}
