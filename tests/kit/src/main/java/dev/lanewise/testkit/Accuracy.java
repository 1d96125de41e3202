package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.Locale;

/**
 * Holds results to |actual - expected| ≤ bound, element by element, and remembers the worst.
 *
 * <p>One instance serves one documented figure: it is checked on many cases and afterwards says, in
 * {@link #toString}, how much of the bound the worst element used. A worst far below 1 means that
 * the documented figure is loose.
 *
 * <p>NaN where NaN is expected and an infinity where the same is expected are without error. A NaN
 * in the wrong place, and a finite value for an infinity, are beyond every bound; {@link
 * Ulp#distance} says how an overflow counts. -0 and +0 count as equal here; {@link Bits} tells them
 * apart. Instances are not thread-safe.
 */
public final class Accuracy {
  private record Deviation(
      int row,
      int column,
      float actual,
      double expected,
      double bound,
      double share,
      String context) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "row %d, column %d: expected %s, actual %s, %s; %s",
          row,
          column,
          expected,
          actual,
          figures(),
          context);
    }

    /** No distance from NaN or an infinity, and no share of a bound that admits nothing. */
    private String figures() {
      boolean near = Float.isFinite(actual) && Double.isFinite(expected);
      boolean bounded = bound > 0;
      String error =
          String.format(
              Locale.ROOT,
              "error %.4g (%.4g ulps), ",
              Ulp.error(actual, expected),
              Ulp.distance(actual, expected));
      String limit = String.format(Locale.ROOT, "bound %.4g", bound);
      String used = String.format(Locale.ROOT, ", %.4g of the bound", share);
      return (near ? error : "")
          + (bounded ? limit : "no error admitted")
          + (near && bounded ? used : "");
    }
  }

  private final String name;
  private long elements;
  private double worstShare;
  private Object worst;

  /**
   * Starts without a case.
   *
   * @param name what is checked, such as {@code "softmax forward"}; every message begins with it
   */
  public Accuracy(String name) {
    this.name = Checks.notNull("Accuracy", "name", name);
  }

  /**
   * Checks a vector, as a matrix of one row.
   *
   * @param actual the result under test
   * @param expected the oracle's result
   * @param bound the largest error of each element
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @throws AssertionError if an element is beyond its bound
   * @throws IllegalArgumentException if lengths differ
   */
  public void check(float[] actual, double[] expected, Bound bound, String context) {
    Checks.notNull(name, "actual", actual);
    Checks.notNull(name, "expected", expected);
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          name + ": " + actual.length + " actual but " + expected.length + " expected elements");
    }
    check(1, actual.length, Elements.dense(actual, actual.length), expected, bound, context);
  }

  /**
   * Checks a matrix.
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param actual the result under test
   * @param expected the oracle's result, dense row-major
   * @param bound the largest error of each element
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @throws AssertionError if an element is beyond its bound; the message shows the worst one
   * @throws IllegalArgumentException if the expected values or the bound do not fit the extents
   */
  public void check(
      int rows, int columns, Elements actual, double[] expected, Bound bound, String context) {
    Checks.notNull(name, "actual", actual);
    Checks.notNull(name, "expected", expected);
    Checks.notNull(name, "bound", bound);
    Checks.notNull(name, "context", context);
    if (Extents.size(name, rows, columns) != expected.length) {
      throw new IllegalArgumentException(
          name + ": " + rows + "×" + columns + " but " + expected.length + " expected elements");
    }
    bound.requireLength(expected.length);
    Deviation worstHere = null;
    int beyond = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int index = i * columns + j;
        float value = actual.at(i, j);
        double limit = bound.at(index, expected[index]);
        double share = share(Ulp.error(value, expected[index]), limit);
        if (share > 1) {
          beyond++;
        }
        if (worstHere == null || share > worstHere.share) {
          worstHere = new Deviation(i, j, value, expected[index], limit, share, context);
        }
      }
    }
    include(expected.length, worstHere == null ? 0 : worstHere.share, worstHere);
    if (beyond > 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: %d of %d elements (%d×%d) beyond the bound; the worst at %s",
              name,
              beyond,
              expected.length,
              rows,
              columns,
              worstHere));
    }
  }

  /**
   * Checks that two matrices, of whatever layouts, hold the same bits: -0 differs from +0, and
   * every NaN equals every other, as in {@link Bits}. Their elements count as checked, each with a
   * share of 0.
   *
   * @param rows the number of rows of both
   * @param columns the number of columns of both
   * @param actual the result under test
   * @param expected the bits that it should have
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @throws AssertionError if an element differs; the message shows the first one
   * @throws IllegalArgumentException if an extent is negative or their product no array's length
   */
  public void checkBits(int rows, int columns, Elements actual, Elements expected, String context) {
    int size = Extents.size(name, rows, columns);
    Bits.assertEqual(name, rows, columns, actual, expected, context);
    include(size, 0, null);
  }

  String name() {
    return name;
  }

  /** What a check has seen: so many values, and the worst of them with its share, if any. */
  void include(int values, double share, Object deviation) {
    elements += values;
    if (deviation != null && (worst == null || share > worstShare)) {
      worstShare = share;
      worst = deviation;
    }
  }

  private static double share(double error, double bound) {
    return error == 0 ? 0 : error / bound;
  }

  /**
   * The largest error / bound of all elements so far.
   *
   * @return the share; 0 before the first element; at most 1 unless a check has failed
   */
  public double worstShare() {
    return worstShare;
  }

  /**
   * One line: the name, the number of elements checked, and the worst of them.
   *
   * @return the line, without a line end
   */
  @Override
  public String toString() {
    String least = elements == 0 ? "" : ", all without error";
    return name
        + ": "
        + elements
        + " elements"
        + (worstShare == 0 ? least : ", the worst at " + worst);
  }
}
