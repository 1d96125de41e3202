package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;

/**
 * How far each element of a result may lie from its expected value, as an absolute error. One that
 * comes out NaN, infinite or negative admits only results without error.
 *
 * <p>Arrays given to a bound are dense row-major like the expected values, and are not copied.
 */
public final class Bound {
  /** u = 2^-24, the unit roundoff of {@code float}: the relative error of one rounding. */
  public static final double U = 0x1p-24;

  private static final String NAME = "Bound";
  private static final int ANY = -1;

  @FunctionalInterface
  private interface Rule {
    double at(int index, double expected);
  }

  private final Rule rule;
  private final int length;

  private Bound(int length, Rule rule) {
    this.length = length;
    this.rule = rule;
  }

  /**
   * count · ulp(expected).
   *
   * @param count the number of ulps
   * @return the bound
   */
  public static Bound ulps(double count) {
    return new Bound(ANY, (index, expected) -> count * Ulp.of((float) expected));
  }

  /**
   * count · ulp(magnitude[i]): for results that cancel, in ulps of what they were computed from.
   *
   * @param count the number of ulps
   * @param magnitude for each element the value whose ulp is meant
   * @return the bound
   */
  public static Bound ulps(double count, double[] magnitude) {
    Checks.notNull(NAME, "magnitude", magnitude);
    return new Bound(
        magnitude.length, (index, expected) -> count * Ulp.of((float) magnitude[index]));
  }

  /**
   * The same error for every element.
   *
   * @param error the largest absolute error
   * @return the bound
   */
  public static Bound absolute(double error) {
    return new Bound(ANY, (index, expected) -> error);
  }

  /**
   * factor · |expected|.
   *
   * @param factor the largest relative error
   * @return the bound
   */
  public static Bound relative(double factor) {
    return new Bound(ANY, (index, expected) -> factor * Math.abs(expected));
  }

  /**
   * errors[i].
   *
   * @param errors for each element the largest absolute error
   * @return the bound
   */
  public static Bound componentwise(double[] errors) {
    Checks.notNull(NAME, "errors", errors);
    return new Bound(errors.length, (index, expected) -> errors[index]);
  }

  /**
   * gamma(roundings) · magnitude[i]: the bound of a sum of products whose terms each pass through
   * at most so many roundings, where the magnitude is the same sum over absolute values.
   *
   * @param roundings the largest number of roundings on the way of a term into the result
   * @param magnitude for each element the sum of the absolute values of its terms
   * @return the bound
   */
  public static Bound gamma(int roundings, double[] magnitude) {
    Checks.notNull(NAME, "magnitude", magnitude);
    double gamma = gamma(roundings);
    return new Bound(magnitude.length, (index, expected) -> gamma * magnitude[index]);
  }

  /**
   * gamma_n = n·u / (1 - n·u): the relative error of n roundings one after the other (N. Higham,
   * Accuracy and Stability of Numerical Algorithms, 2nd edition, lemma 3.1).
   *
   * @param roundings n, from 0 to 2^24 - 1
   * @return gamma_n
   * @throws IllegalArgumentException if n is out of range
   */
  public static double gamma(int roundings) {
    if (roundings < 0 || roundings >= 1 << 24) {
      throw new IllegalArgumentException(
          NAME + ": gamma of " + roundings + " roundings; defined from 0 to 2^24 - 1");
    }
    double nu = roundings * U;
    return nu / (1 - nu);
  }

  /**
   * The sum of two bounds, such as {@code relative(1e-3).plus(absolute(1e-5))}.
   *
   * @param other the bound to add
   * @return the sum
   * @throws IllegalArgumentException if both are made from arrays and their lengths differ
   */
  public Bound plus(Bound other) {
    Checks.notNull(NAME, "other", other);
    if (length != ANY) {
      other.requireLength(length);
    }
    return new Bound(
        length == ANY ? other.length : length,
        (index, expected) -> rule.at(index, expected) + other.rule.at(index, expected));
  }

  /**
   * A multiple of this bound.
   *
   * @param factor what every error is multiplied by
   * @return the multiple
   */
  public Bound times(double factor) {
    return new Bound(length, (index, expected) -> factor * rule.at(index, expected));
  }

  /** Finite and at least 0. */
  double at(int index, double expected) {
    double error = rule.at(index, expected);
    return error >= 0 && error < Double.POSITIVE_INFINITY ? error : 0;
  }

  void requireLength(int elements) {
    if (length != ANY && length != elements) {
      throw new IllegalArgumentException(
          NAME + ": made for " + length + " elements, used for " + elements);
    }
  }
}
