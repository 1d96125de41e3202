package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Extents;
import java.math.BigDecimal;

/**
 * Sums and products of {@code double}s, and so of {@code float}s, without any rounding.
 *
 * <p>A finite double is a decimal fraction, and so are its sums and products; NaN and infinities
 * are a {@link NumberFormatException}.
 */
public final class Exact {
  private Exact() {}

  /**
   * Σ x_i.
   *
   * @param x the terms
   * @return the sum; 0 of no terms
   * @throws NumberFormatException if a term is NaN or infinite
   */
  public static BigDecimal sum(double... x) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double term : x) {
      sum = sum.add(new BigDecimal(term));
    }
    return sum;
  }

  /**
   * Σ x_i · y_i.
   *
   * @param x one factor of each term
   * @param y the other, as many
   * @return the sum; 0 of no terms
   * @throws NumberFormatException if a factor is NaN or infinite
   */
  public static BigDecimal dot(double[] x, double[] y) {
    Extents.require("Exact", "y", y.length, x.length);
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
   * @throws NumberFormatException if an element is NaN or infinite
   */
  public static BigDecimal sumOfSquares(double... x) {
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
    return Double.isFinite(actual)
        ? new BigDecimal(actual).subtract(expected).abs().doubleValue()
        : Double.POSITIVE_INFINITY;
  }

  static BigDecimal product(double x, double y) {
    return new BigDecimal(x).multiply(new BigDecimal(y));
  }
}
