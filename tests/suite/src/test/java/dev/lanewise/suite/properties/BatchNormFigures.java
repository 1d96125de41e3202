package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.U;

import dev.lanewise.testkit.oracle.BatchNormOracle;

/**
 * How far the outputs of {@code BatchNorm} may lie from the oracle's: its documented figures for
 * exact statistics, and what the errors of its own statistics cause beside them.
 */
public final class BatchNormFigures {
  private final int m;
  private final int n;
  private final double[] x;
  private final double eps;
  private final MomentFigures moments;

  /** The figures of one input. */
  public BatchNormFigures(int m, int n, double[] x, double eps) {
    this.m = m;
    this.n = n;
    this.x = x;
    this.eps = eps;
    moments = new MomentFigures(m, n, x);
  }

  private double sigma(int j) {
    return Math.sqrt(moments.variance()[j] + eps);
  }

  /**
   * Of y: u·(3·|scale·(x - mean)| + 2·|beta|) + 4·u²·|scale·mean|, and |gamma| times what the
   * statistics move zhat by.
   */
  public double[] forward(double[] gamma, double[] beta) {
    double[] errors = inference(m, n, x, gamma, beta, moments.mean(), moments.variance(), eps);
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double zhat = (x[ij] - moments.mean()[j]) / sigma(j);
      errors[ij] += Math.abs(gamma[j]) * moments.zhatError(j, zhat, eps);
    }
    return errors;
  }

  /** Of y with given statistics: u·(3·|scale·(x - mean)| + 2·|beta|) + 2^-148. */
  public static double[] inference(
      int m,
      int n,
      double[] x,
      double[] gamma,
      double[] beta,
      double[] mean,
      double[] variance,
      double eps) {
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double scale = gamma[j] / Math.sqrt(variance[j] + eps);
      double product = Math.abs(scale * (x[ij] - mean[j]));
      errors[ij] = U * (3 * product + 2 * Math.abs(beta[j])) + Figures.SUBNORMAL;
      errors[ij] += 4 * U * U * Math.abs(scale * mean[j]);
    }
    return errors;
  }

  /** Of dbeta: that of column sums. */
  public double[] dbeta(double[] d) {
    double[] dbeta = BatchNormOracle.dbeta(m, n, d);
    double[] errors = new double[n];
    for (int j = 0; j < n; j++) {
      errors[j] = Figures.columnSum(magnitude(j, d, false), dbeta[j]);
    }
    return errors;
  }

  /** Of dgamma: 23·u·Σ|d·zhat|, and what the statistics cause. */
  public double[] dgamma(double[] d) {
    double[] dgamma = BatchNormOracle.dgamma(m, n, x, eps, d);
    double[] dbeta = BatchNormOracle.dbeta(m, n, d);
    double[] errors = new double[n];
    for (int j = 0; j < n; j++) {
      double squared = sigma(j) * sigma(j);
      errors[j] =
          23 * U * magnitude(j, d, true)
              + Math.abs(dbeta[j]) * moments.meanError()[j] / sigma(j)
              + Math.abs(dgamma[j]) * moments.varianceError()[j] / (2 * squared);
    }
    return errors;
  }

  /**
   * Of dx: |scale|·u·(2·|d| + 24·Σ|d|/m + 28·|zhat|·Σ|d·zhat|/m), and what the statistics cause: in
   * zhat beside dgamma/m, in dgamma beside zhat/m, and in scale.
   */
  public double[] dx(double[] gamma, double[] d) {
    double[] dx = BatchNormOracle.dz(m, n, x, gamma, eps, d);
    double[] dgamma = BatchNormOracle.dgamma(m, n, x, eps, d);
    double[] dbeta = BatchNormOracle.dbeta(m, n, d);
    double[] errors = new double[m * n];
    for (int j = 0; j < n; j++) {
      double scale = Math.abs(gamma[j]) / sigma(j);
      double relative = moments.varianceError()[j] / (2 * sigma(j) * sigma(j));
      double shift = moments.meanError()[j] / sigma(j);
      double sumD = magnitude(j, d, false) / m;
      double sumDt = magnitude(j, d, true) / m;
      for (int i = 0; i < m; i++) {
        int ij = i * n + j;
        double zhat = Math.abs((x[ij] - moments.mean()[j]) / sigma(j));
        double slope = Math.abs(dgamma[j]) / m;
        errors[ij] =
            scale * U * (2 * Math.abs(d[ij]) + 24 * sumD + 28 * zhat * sumDt)
                + scale * (shift + zhat * relative) * slope
                + scale * zhat * (shift * Math.abs(dbeta[j]) / m + relative * slope)
                + Math.abs(dx[ij]) * relative
                + Figures.SUBNORMAL;
      }
    }
    return errors;
  }

  /** Σ|d| or Σ|d·zhat| of a feature. */
  private double magnitude(int j, double[] d, boolean timesZhat) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
      double zhat = (x[i * n + j] - moments.mean()[j]) / sigma(j);
      sum += Math.abs(d[i * n + j]) * (timesZhat ? Math.abs(zhat) : 1);
    }
    return sum;
  }
}
