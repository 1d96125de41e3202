package dev.lanewise.testkit.oracle;

/** Checks of array lengths against extents. */
final class Extents {
  private Extents() {}

  static void require(String oracle, String operand, int length, int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          oracle + ": " + operand + " has " + length + " elements but is " + rows + "×" + columns);
    }
  }

  static void require(String oracle, String operand, int length, int extent) {
    if (length != extent) {
      throw new IllegalArgumentException(
          oracle + ": " + operand + " has " + length + " elements, expected " + extent);
    }
  }
}
