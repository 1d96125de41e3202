package dev.lanewise.learn.graph;

/**
 * Rows and columns of a node's value. Either may be {@link #BATCH}, as many as a run has samples.
 *
 * @param rows the number of rows, or {@link #BATCH}
 * @param columns the number of columns, or {@link #BATCH}
 */
public record Shape(int rows, int columns) {
  /** Stands for the number of samples of a run. */
  public static final int BATCH = -1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is below 1 and not {@link #BATCH}
   */
  public Shape {
    check("rows", rows);
    check("columns", columns);
  }

  private static void check(String name, int extent) {
    if (extent < 1 && extent != BATCH) {
      throw new IllegalArgumentException(
          "Shape: %s is %d; it must be at least 1, or Shape.BATCH".formatted(name, extent));
    }
  }

  /** An extent when a run has so many samples. */
  static int resolve(int extent, int samples) {
    return extent == BATCH ? samples : extent;
  }

  /** The shape when a run has so many samples. */
  Shape resolve(int samples) {
    return new Shape(resolve(rows, samples), resolve(columns, samples));
  }

  Shape transposed() {
    return new Shape(columns, rows);
  }

  boolean isScalar() {
    return rows == 1 && columns == 1;
  }

  private static String text(int extent) {
    return extent == BATCH ? "batch" : Integer.toString(extent);
  }

  /** Such as {@code batch×128}. */
  @Override
  public String toString() {
    return text(rows) + "×" + text(columns);
  }
}
