package dev.lanewise.testkit.internal;

/** Checks of extents, and of array lengths against them. */
public final class Extents {
  private Extents() {}

  /**
   * The number of elements of a matrix.
   *
   * @param name what checks it; the message begins with it
   * @param rows the number of rows
   * @param columns the number of columns
   * @return rows · columns
   * @throws IllegalArgumentException if one is negative or no array can be that long
   */
  public static int size(String name, int rows, int columns) {
    long size = (long) rows * columns;
    if (rows < 0 || columns < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + ": " + rows + "×" + columns + " is not the shape of an array");
    }
    return (int) size;
  }

  /**
   * Holds an array to the shape of its matrix.
   *
   * @param name what checks it; the message begins with it
   * @param operand the array's name
   * @param array the array
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws NullPointerException if there is no array
   * @throws IllegalArgumentException if its length is not rows · columns
   */
  public static void require(String name, String operand, double[] array, int rows, int columns) {
    int length = Checks.notNull(name, operand, array).length;
    if (rows < 0 || columns < 0 || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          name + ": " + operand + " has " + length + " elements but is " + rows + "×" + columns);
    }
  }

  /**
   * Holds an array to a length.
   *
   * @param name what checks it; the message begins with it
   * @param operand the array's name
   * @param array the array
   * @param extent what its length should be
   * @throws NullPointerException if there is no array
   * @throws IllegalArgumentException if its length is another
   */
  public static void require(String name, String operand, double[] array, int extent) {
    require(name, operand, Checks.notNull(name, operand, array).length, extent);
  }

  /**
   * Holds labels to a length.
   *
   * @param name what checks it; the message begins with it
   * @param operand the array's name
   * @param labels the array
   * @param extent what its length should be
   * @throws NullPointerException if there is no array
   * @throws IllegalArgumentException if its length is another
   */
  public static void require(String name, String operand, int[] labels, int extent) {
    require(name, operand, Checks.notNull(name, operand, labels).length, extent);
  }

  private static void require(String name, String operand, int length, int extent) {
    if (length != extent) {
      throw new IllegalArgumentException(
          name + ": " + operand + " has " + length + " elements, expected " + extent);
    }
  }
}
