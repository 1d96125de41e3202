package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.Locale;

/**
 * Equality of {@code floatToIntBits}: -0 differs from +0, and every NaN equals every other.
 *
 * <p>Comparing whole arrays compares what lies between and around a view's elements as well, so
 * that a write outside the view shows.
 */
public final class Bits {
  private static final String NAME = "Bits";

  private Bits() {}

  /**
   * Asserts that two arrays hold the same bits.
   *
   * @param name what is compared, for the message
   * @param actual the result under test
   * @param expected the bits that it should have
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @throws AssertionError if lengths differ or an element does; the message shows the first one
   *     and how many there are
   */
  public static void assertEqual(String name, float[] actual, float[] expected, String context) {
    Checks.notNull(NAME, "name", name);
    Checks.notNull(name, "actual", actual);
    Checks.notNull(name, "expected", expected);
    Checks.notNull(name, "context", context);
    if (actual.length != expected.length) {
      throw new AssertionError(
          name + ": length " + actual.length + ", expected " + expected.length + "; " + context);
    }
    for (int i = 0; i < expected.length; i++) {
      if (differ(actual[i], expected[i])) {
        Elements all = Elements.dense(actual, actual.length);
        Elements right = Elements.dense(expected, expected.length);
        String number =
            number(1, expected.length, all, right) + " (length " + expected.length + ")";
        throw difference(name, number, "index " + i, actual[i], expected[i], context);
      }
    }
  }

  /**
   * Asserts that two matrices, of whatever layouts, hold the same bits.
   *
   * @param name what is compared, for the message
   * @param rows the number of rows of both
   * @param columns the number of columns of both
   * @param actual the result under test
   * @param expected the bits that it should have
   * @param context what reproduces the case, such as {@code "shape=3x5 seed=17"}
   * @throws AssertionError if an element differs; the message shows the first one and how many
   *     there are
   * @throws IllegalArgumentException if an extent is negative
   */
  public static void assertEqual(
      String name, int rows, int columns, Elements actual, Elements expected, String context) {
    Checks.notNull(NAME, "name", name);
    Extents.size(name, rows, columns);
    Checks.notNull(name, "actual", actual);
    Checks.notNull(name, "expected", expected);
    Checks.notNull(name, "context", context);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        if (differ(actual.at(i, j), expected.at(i, j))) {
          String number =
              number(rows, columns, actual, expected) + " (" + rows + "×" + columns + ")";
          String place = "row " + i + ", column " + j;
          throw difference(name, number, place, actual.at(i, j), expected.at(i, j), context);
        }
      }
    }
  }

  private static boolean differ(float actual, float expected) {
    return Float.floatToIntBits(actual) != Float.floatToIntBits(expected);
  }

  /** How many elements differ, of how many. */
  private static String number(int rows, int columns, Elements actual, Elements expected) {
    int different = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        if (differ(actual.at(i, j), expected.at(i, j))) {
          different++;
        }
      }
    }
    return different + " of " + rows * columns + " elements";
  }

  private static AssertionError difference(
      String name, String number, String place, float actual, float expected, String context) {
    return new AssertionError(
        String.format(
            Locale.ROOT,
            "%s: bits differ in %s, first at %s: expected %s (0x%08x), actual %s (0x%08x),"
                + " %.4g ulps; %s",
            name,
            number,
            place,
            expected,
            Float.floatToIntBits(expected),
            actual,
            Float.floatToIntBits(actual),
            Ulp.distance(actual, expected),
            context));
  }
}
