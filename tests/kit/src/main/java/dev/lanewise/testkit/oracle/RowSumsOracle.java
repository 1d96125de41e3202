package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import dev.lanewise.testkit.internal.Matrices;

/** s_i = Σ_j x_ij over n columns, for each of m rows, and sums of products likewise. */
public final class RowSumsOracle {
  private static final String NAME = "RowSumsOracle";

  private RowSumsOracle() {}

  /**
   * Σ_j x_ij, within 2^-53 of itself and n² · 2^-106 of its {@link #magnitude}.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param x the terms, m × n
   * @return the m sums; 0 where n = 0
   */
  public static double[] sums(int m, int n, double[] x) {
    Extents.require(NAME, "x", x, m, n);
    double[] sums = new double[m];
    for (int i = 0; i < m; i++) {
      CompensatedSum sum = new CompensatedSum();
      for (int j = 0; j < n; j++) {
        sum.add(x[i * n + j]);
      }
      sums[i] = sum.value();
    }
    return sums;
  }

  /**
   * Σ_j |x_ij|, to which the error of a sum is in proportion.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param x the terms, m × n
   * @return the m sums of absolute values
   */
  public static double[] magnitude(int m, int n, double[] x) {
    Extents.require(NAME, "x", x, m, n);
    return sums(m, n, Matrices.absolute(x));
  }

  /**
   * Σ_j x_ij · y_ij; of factors that are floats every product is exact.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param x the first factors, m × n
   * @param y the second factors, m × n
   * @return the m sums; 0 where n = 0
   */
  public static double[] dots(int m, int n, double[] x, double[] y) {
    Extents.require(NAME, "x", x, m, n);
    return sums(m, n, products(x, y));
  }

  /**
   * x · y element by element: the terms of dot products, and of sums of squares where y is x. Of
   * two {@code float}s they are exact.
   *
   * @param x the first factors
   * @param y as many second factors
   * @return the products
   */
  public static double[] products(double[] x, double[] y) {
    Checks.notNull(NAME, "x", x);
    Extents.require(NAME, "y", y, x.length);
    double[] products = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      products[i] = x[i] * y[i];
    }
    return products;
  }
}
