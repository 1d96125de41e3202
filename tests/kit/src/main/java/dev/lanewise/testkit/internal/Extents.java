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
   * @param length its length
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws IllegalArgumentException if length is not rows · columns
   */
  public static void require(String name, String operand, int length, int rows, int columns) {
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
   * @param length its length
   * @param extent what that should be
   * @throws IllegalArgumentException if they differ
   */
  public static void require(String name, String operand, int length, int extent) {
    if (length != extent) {
      throw new IllegalArgumentException(
          name + ": " + operand + " has " + length + " elements, expected " + extent);
    }
  }
}
