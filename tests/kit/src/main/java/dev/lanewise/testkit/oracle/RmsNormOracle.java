package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;

/**
 * y = gamma · xhat with xhat = x / sqrt((1/n) Σ_j x_j² + eps), over the n features of each of m
 * rows.
 *
 * <p>Sums are compensated. A NaN makes its whole row NaN; beside an infinity, which is NaN itself,
 * a finite element gives 0. n = 0 gives nothing.
 *
 * <p>Source: B. Zhang and R. Sennrich, Root Mean Square Layer Normalization, NeurIPS 2019.
 */
public final class RmsNormOracle {
  private static final String NAME = "RmsNormOracle";

  private RmsNormOracle() {}

  /**
   * gamma · x / sqrt(mean(x²) + eps).
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the mean square, finite and at least 0
   * @return y, m × n
   */
  public static double[] forward(int m, int n, double[] x, double[] gamma, double eps) {
    Extents.require(NAME, "gamma", gamma, n);
    double[] roots = roots(m, n, x, eps);
    double[] y = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[i * n + j] = gamma[j] * x[i * n + j] / roots[i];
      }
    }
    return y;
  }

  /**
   * dx = (g - xhat · (1/n) Σ_l g_l · xhat_l) / sqrt(mean(x²) + eps) with g = gamma · d, for each
   * row.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the mean square, finite and at least 0
   * @param d the gradient with respect to y, m × n
   * @return the gradient with respect to x, m × n
   */
  public static double[] dx(int m, int n, double[] x, double[] gamma, double eps, double[] d) {
    Extents.require(NAME, "gamma", gamma, n);
    Extents.require(NAME, "d", d, m, n);
    double[] roots = roots(m, n, x, eps);
    double[] g = new double[x.length];
    double[] products = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        g[i * n + j] = gamma[j] * d[i * n + j];
        products[i * n + j] = g[i * n + j] * x[i * n + j] / roots[i];
      }
    }
    double[] dots = RowSumsOracle.sums(m, n, products);
    double[] dx = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double xhat = x[i * n + j] / roots[i];
        dx[i * n + j] = (g[i * n + j] - xhat * dots[i] / n) / roots[i];
      }
    }
    return dx;
  }

  /**
   * dgamma_j = Σ_i d_ij · xhat_ij.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @param eps what is added to the mean square, finite and at least 0
   * @param d the gradient with respect to y, m × n
   * @return the gradient with respect to gamma
   */
  public static double[] dgamma(int m, int n, double[] x, double eps, double[] d) {
    Extents.require(NAME, "d", d, m, n);
    double[] roots = roots(m, n, x, eps);
    double[] terms = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        terms[i * n + j] = d[i * n + j] * x[i * n + j] / roots[i];
      }
    }
    return ColumnSumsOracle.sums(m, n, terms);
  }

  /** sqrt(mean(x²) + eps) of each row. */
  private static double[] roots(int m, int n, double[] x, double eps) {
    Extents.require(NAME, "x", x, m, n);
    Checks.notNegative(NAME, "eps", eps);
    double[] roots = RowSumsOracle.dots(m, n, x, x);
    for (int i = 0; i < m; i++) {
      roots[i] = Math.sqrt(roots[i] / n + eps);
    }
    return roots;
  }
}
