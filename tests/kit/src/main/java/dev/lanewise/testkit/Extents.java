package dev.lanewise.testkit;

/** Checks of a matrix's extents. */
final class Extents {
  private Extents() {}

  /** rows · columns, if both are at least 0 and an array can be that long. */
  static int size(String name, int rows, int columns) {
    long size = (long) rows * columns;
    if (rows < 0 || columns < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + ": " + rows + "×" + columns + " is not the shape of an array");
    }
    return (int) size;
  }
}
