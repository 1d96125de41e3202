package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;

/**
 * Reads element (i, j) of a matrix of {@code float}s, whatever its layout.
 *
 * <p>An engine's own matrix becomes one by a method reference such as {@code matrix::get}.
 */
@FunctionalInterface
public interface Elements {
  /**
   * Element (row, column).
   *
   * @param row the row, from 0
   * @param column the column, from 0
   * @return the element
   */
  float at(int row, int column);

  /**
   * The elements of a dense row-major array: (i, j) is {@code array[i·columns + j]}.
   *
   * @param array the elements
   * @param columns the number of columns
   * @return the reader of the array, which is not copied; it refuses what is outside by an {@link
   *     IndexOutOfBoundsException}
   * @throws IllegalArgumentException if the number is negative
   */
  static Elements dense(float[] array, int columns) {
    Checks.notNull("Elements", "array", array);
    Checks.atLeast("Elements", "columns", columns, 0);
    return (row, column) -> {
      Checks.index("Elements", "column", column, columns);
      long index = (long) row * columns + column;
      if (index < 0 || index >= array.length) {
        throw new IndexOutOfBoundsException(
            "Elements: row " + row + " of " + columns + " columns in an array of " + array.length);
      }
      return array[(int) index];
    };
  }

  /**
   * The same numbers as doubles, exactly.
   *
   * @param values any values
   * @return a new array of the same length
   */
  static double[] widen(float[] values) {
    Checks.notNull("Elements", "values", values);
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /**
   * The elements of a matrix as a dense row-major array of doubles, exactly.
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param elements the matrix
   * @return a new array of rows · columns elements
   * @throws IllegalArgumentException if an extent is negative or their product no array's length
   */
  static double[] widen(int rows, int columns, Elements elements) {
    Checks.notNull("Elements", "elements", elements);
    double[] wide = new double[Extents.size("Elements", rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        wide[i * columns + j] = elements.at(i, j);
      }
    }
    return wide;
  }
}
