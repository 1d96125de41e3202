package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;

/**
 * y = gamma · xhat + beta with xhat = (x - mu) / sqrt(s2 + eps), mu = (1/n) Σ_j x_j and s2 = (1/n)
 * Σ_j (x_j - mu)², over the n features of each of m rows.
 *
 * <p>Sums are compensated and the variance takes two passes, so that a mean of 10^4 deviations
 * leaves more digits than a {@code float} has. A NaN or an infinity makes its whole row NaN. n = 0
 * gives statistics of NaN.
 *
 * <p>Source: J. Ba, J. Kiros and G. Hinton, Layer Normalization, 2016.
 */
public final class LayerNormOracle {
  private static final String NAME = "LayerNormOracle";

  private LayerNormOracle() {}

  /**
   * mu = (1/n) Σ_j x_j.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @return the mean of each row
   */
  public static double[] mean(int m, int n, double[] x) {
    Extents.require(NAME, "x", x, m, n);
    double[] mean = RowSumsOracle.sums(m, n, x);
    for (int i = 0; i < m; i++) {
      mean[i] /= n;
    }
    return mean;
  }

  /**
   * s2 = (1/n) Σ_j (x_j - mu)², the biased variance.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @return the variance of each row
   */
  public static double[] variance(int m, int n, double[] x) {
    double[] mean = mean(m, n, x);
    double[] squares = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double deviation = x[i * n + j] - mean[i];
        squares[i * n + j] = deviation * deviation;
      }
    }
    return mean(m, n, squares);
  }

  /**
   * gamma · (x - mu) / sqrt(s2 + eps) + beta.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @return y, m × n
   */
  public static double[] forward(
      int m, int n, double[] x, double[] gamma, double[] beta, double eps) {
    Extents.require(NAME, "gamma", gamma, n);
    Extents.require(NAME, "beta", beta, n);
    double[] y = normalised(m, n, x, eps);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[i * n + j] = gamma[j] * y[i * n + j] + beta[j];
      }
    }
    return y;
  }

  /**
   * dx = (g - (1/n) Σ_l g_l - xhat · (1/n) Σ_l g_l · xhat_l) / sqrt(s2 + eps) with g = gamma · d,
   * for each row.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param x the input, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to y, m × n
   * @return the gradient with respect to x, m × n
   */
  public static double[] dx(int m, int n, double[] x, double[] gamma, double eps, double[] d) {
    Extents.require(NAME, "gamma", gamma, n);
    Extents.require(NAME, "d", d, m, n);
    double[] xhat = normalised(m, n, x, eps);
    double[] variance = variance(m, n, x);
    double[] g = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        g[i * n + j] = gamma[j] * d[i * n + j];
      }
    }
    double[] sums = RowSumsOracle.sums(m, n, g);
    double[] dots = RowSumsOracle.dots(m, n, g, xhat);
    double[] dx = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dx[i * n + j] =
            (g[i * n + j] - sums[i] / n - xhat[i * n + j] * dots[i] / n)
                / Math.sqrt(variance[i] + eps);
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
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to y, m × n
   * @return the gradient with respect to gamma
   */
  public static double[] dgamma(int m, int n, double[] x, double eps, double[] d) {
    Extents.require(NAME, "d", d, m, n);
    double[] terms = normalised(m, n, x, eps);
    for (int i = 0; i < terms.length; i++) {
      terms[i] *= d[i];
    }
    return ColumnSumsOracle.sums(m, n, terms);
  }

  /**
   * dbeta_j = Σ_i d_ij.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param d the gradient with respect to y, m × n
   * @return the gradient with respect to beta
   */
  public static double[] dbeta(int m, int n, double[] d) {
    Extents.require(NAME, "d", d, m, n);
    return ColumnSumsOracle.sums(m, n, d);
  }

  private static double[] normalised(int m, int n, double[] x, double eps) {
    Checks.notNegative(NAME, "eps", eps);
    double[] mean = mean(m, n, x);
    double[] variance = variance(m, n, x);
    double[] xhat = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        xhat[i * n + j] = (x[i * n + j] - mean[i]) / Math.sqrt(variance[i] + eps);
      }
    }
    return xhat;
  }
}
