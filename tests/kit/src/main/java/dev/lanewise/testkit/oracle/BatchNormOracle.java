package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;

/**
 * ztilde = gamma · (z - mu) / sqrt(s2 + eps) + beta with mu = (1/m) Σ z and s2 = (1/m) Σ (z - mu)²,
 * over the m rows of each of n features.
 *
 * <p>Sums are compensated and the variance takes two passes, so that a mean of 10^4 deviations, or
 * 10^6 rows, leaves more digits than a {@code float} has. A NaN or an infinity makes its whole
 * feature NaN in training. m = 0 gives statistics of NaN.
 *
 * <p>Source: S. Ioffe and C. Szegedy, Batch Normalization, ICML 2015.
 */
public final class BatchNormOracle {
  private static final String NAME = "BatchNormOracle";

  private BatchNormOracle() {}

  /**
   * mu = (1/m) Σ_i z_i.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @return the mean of each feature
   */
  public static double[] mean(int m, int n, double[] z) {
    Extents.require(NAME, "z", z, m, n);
    double[] mean = ColumnSumsOracle.sums(m, n, z);
    for (int j = 0; j < n; j++) {
      mean[j] /= m;
    }
    return mean;
  }

  /**
   * s2 = (1/m) Σ_i (z_i - mu)², the biased variance.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @return the variance of each feature
   */
  public static double[] variance(int m, int n, double[] z) {
    double[] mean = mean(m, n, z);
    double[] squares = new double[z.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double deviation = z[i * n + j] - mean[j];
        squares[i * n + j] = deviation * deviation;
      }
    }
    return mean(m, n, squares);
  }

  /**
   * Σ_i (z_i - mu)² / (m - 1), the unbiased variance, which some running averages take.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @return the unbiased variance of each feature; NaN if m = 1
   */
  public static double[] unbiasedVariance(int m, int n, double[] z) {
    double[] variance = variance(m, n, z);
    for (int j = 0; j < n; j++) {
      variance[j] = variance[j] * m / (m - 1);
    }
    return variance;
  }

  /**
   * (1 - weight) · running + weight · batch: an exponentially weighted average, one step on.
   *
   * @param weight the weight of the new value, finite and at least 0
   * @param running the average so far
   * @param batch the new value: the batch's mean, or its variance, biased or not
   * @return the new average
   */
  public static double[] running(double weight, double[] running, double[] batch) {
    Checks.notNegative(NAME, "weight", weight);
    Checks.notNull(NAME, "running", running);
    Extents.require(NAME, "batch", batch, running.length);
    double[] next = new double[running.length];
    for (int j = 0; j < next.length; j++) {
      next[j] = (1 - weight) * running[j] + weight * batch[j];
    }
    return next;
  }

  /**
   * The training pass, with the statistics of the batch.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @return ztilde, m × n
   */
  public static double[] forward(
      int m, int n, double[] z, double[] gamma, double[] beta, double eps) {
    return inference(m, n, z, gamma, beta, mean(m, n, z), variance(m, n, z), eps);
  }

  /**
   * gamma · (z - mean) / sqrt(variance + eps) + beta, with given statistics.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param mean the mean of each feature
   * @param variance the variance of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @return ztilde, m × n
   */
  public static double[] inference(
      int m,
      int n,
      double[] z,
      double[] gamma,
      double[] beta,
      double[] mean,
      double[] variance,
      double eps) {
    Extents.require(NAME, "gamma", gamma, n);
    Extents.require(NAME, "beta", beta, n);
    double[] ztilde = normalised(m, n, z, mean, variance, eps);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        ztilde[i * n + j] = gamma[j] * ztilde[i * n + j] + beta[j];
      }
    }
    return ztilde;
  }

  /**
   * dz = gamma / sqrt(s2 + eps) · (d - dbeta/m - zhat · dgamma/m), the gradient of the training
   * pass.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to ztilde, m × n
   * @return the gradient with respect to z, m × n
   */
  public static double[] dz(int m, int n, double[] z, double[] gamma, double eps, double[] d) {
    Extents.require(NAME, "gamma", gamma, n);
    double[] variance = variance(m, n, z);
    double[] zhat = normalised(m, n, z, mean(m, n, z), variance, eps);
    double[] dgamma = dgamma(m, n, z, eps, d);
    double[] dbeta = dbeta(m, n, d);
    double[] dz = new double[z.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int ij = i * n + j;
        dz[ij] =
            gamma[j]
                / Math.sqrt(variance[j] + eps)
                * (d[ij] - dbeta[j] / m - zhat[ij] * dgamma[j] / m);
      }
    }
    return dz;
  }

  /**
   * dz = gamma / sqrt(variance + eps) · d, the gradient of {@link #inference}.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param gamma the scale of each feature
   * @param variance the given variance of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to ztilde, m × n
   * @return the gradient with respect to z, m × n
   */
  public static double[] inferenceDz(
      int m, int n, double[] gamma, double[] variance, double eps, double[] d) {
    Extents.require(NAME, "gamma", gamma, n);
    Extents.require(NAME, "variance", variance, n);
    Extents.require(NAME, "d", d, m, n);
    Checks.notNegative(NAME, "eps", eps);
    double[] dz = new double[d.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dz[i * n + j] = gamma[j] / Math.sqrt(variance[j] + eps) * d[i * n + j];
      }
    }
    return dz;
  }

  /**
   * dgamma = Σ_i d_i · zhat_i.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to ztilde, m × n
   * @return the gradient with respect to gamma
   */
  public static double[] dgamma(int m, int n, double[] z, double eps, double[] d) {
    return inferenceDgamma(m, n, z, mean(m, n, z), variance(m, n, z), eps, d);
  }

  /**
   * dgamma = Σ_i d_i · (z_i - mean) / sqrt(variance + eps), the gradient of {@link #inference}.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param z the input, m × n
   * @param mean the given mean of each feature
   * @param variance the given variance of each feature
   * @param eps what is added to the variance, finite and at least 0
   * @param d the gradient with respect to ztilde, m × n
   * @return the gradient with respect to gamma
   */
  public static double[] inferenceDgamma(
      int m, int n, double[] z, double[] mean, double[] variance, double eps, double[] d) {
    Extents.require(NAME, "d", d, m, n);
    double[] terms = normalised(m, n, z, mean, variance, eps);
    for (int i = 0; i < terms.length; i++) {
      terms[i] *= d[i];
    }
    return ColumnSumsOracle.sums(m, n, terms);
  }

  /**
   * dbeta = Σ_i d_i.
   *
   * @param m the number of rows
   * @param n the number of features
   * @param d the gradient with respect to ztilde, m × n
   * @return the gradient with respect to beta
   */
  public static double[] dbeta(int m, int n, double[] d) {
    Extents.require(NAME, "d", d, m, n);
    return ColumnSumsOracle.sums(m, n, d);
  }

  /** zhat = (z - mean) / sqrt(variance + eps). */
  private static double[] normalised(
      int m, int n, double[] z, double[] mean, double[] variance, double eps) {
    Extents.require(NAME, "z", z, m, n);
    Extents.require(NAME, "mean", mean, n);
    Extents.require(NAME, "variance", variance, n);
    Checks.notNegative(NAME, "eps", eps);
    double[] zhat = new double[z.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        zhat[i * n + j] = (z[i * n + j] - mean[j]) / Math.sqrt(variance[j] + eps);
      }
    }
    return zhat;
  }
}
