package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Extents;
import dev.lanewise.testkit.internal.Matrices;

/** s_j = Σ_i x_ij over m rows, for each of n columns: the gradient of a bias, among others. */
public final class ColumnSumsOracle {
  private static final String NAME = "ColumnSumsOracle";

  private ColumnSumsOracle() {}

  /**
   * Σ_i x_ij, within 2^-53 of itself and m² · 2^-106 of its {@link #magnitude}.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param x the terms, m × n
   * @return the n sums; 0 where m = 0
   */
  public static double[] sums(int m, int n, double[] x) {
    Extents.require(NAME, "x", x, m, n);
    double[] sums = new double[n];
    for (int j = 0; j < n; j++) {
      CompensatedSum sum = new CompensatedSum();
      for (int i = 0; i < m; i++) {
        sum.add(x[i * n + j]);
      }
      sums[j] = sum.value();
    }
    return sums;
  }

  /**
   * Σ_i |x_ij|, to which the error of a sum is in proportion.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param x the terms, m × n
   * @return the n sums of absolute values
   */
  public static double[] magnitude(int m, int n, double[] x) {
    Extents.require(NAME, "x", x, m, n);
    return sums(m, n, Matrices.absolute(x));
  }
}
