package dev.lanewise.testkit.internal;

/** What is made of dense row-major matrices, without checks. */
public final class Matrices {
  private Matrices() {}

  /**
   * The transpose.
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param x the matrix, rows × columns
   * @return columns × rows
   */
  public static double[] transposed(int rows, int columns, double[] x) {
    double[] transposed = new double[x.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = x[i * columns + j];
      }
    }
    return transposed;
  }

  /**
   * |x|.
   *
   * @param x the elements
   * @return the absolute value of each
   */
  public static double[] absolute(double[] x) {
    double[] absolute = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      absolute[i] = Math.abs(x[i]);
    }
    return absolute;
  }
}
