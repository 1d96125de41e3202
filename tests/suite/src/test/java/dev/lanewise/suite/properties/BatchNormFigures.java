package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

/**
 * How far the outputs of {@code BatchNorm} may lie from the oracle's: its documented figures for
 * exact statistics, and what the errors of its own statistics cause beside them.
 *
 * <p>Below, r is {@link Sums#roundings}, 19 or 69, and ζ = |zhat| + 2·u·|mean|/σ, as x - high is |x
 * - mean| + u·|mean| at most. One unit of each count of a sum stands for what is of second order.
 *
 * <p>Proof. A term of Σ d·(x - high) has its difference, its product and r: r + 2. What becomes of
 * it has a rounding as dgamma: r + 3. As the slope of dx it has one, and x - high, the inner and
 * the outer fma have one each: r + 6. A term of Σ d has offset, inner and outer fma beside r: r +
 * 3. d itself has scale and the outer fma.
 */
public final class BatchNormFigures {
  private final int m;
  private final int n;
  private final double[] x;
  private final double eps;
  private final MomentFigures moments;
  private final int roundings;

  /** The figures of a matrix. */
  public BatchNormFigures(int m, int n, double[] x, double eps) {
    this(Sums.COLUMN, m, n, x, eps, new MomentFigures(m, n, x));
  }

  /** The figures of an input with such statistics. */
  public BatchNormFigures(Sums sums, int m, int n, double[] x, double eps, MomentFigures moments) {
    this.m = m;
    this.n = n;
    this.x = x;
    this.eps = eps;
    this.moments = moments;
    roundings = sums.roundings();
  }

  private double zhat(int i, int j) {
    return (x[i * n + j] - moments.mean(j)) / moments.sigma(j, eps);
  }

  /**
   * Of y: u·(3·|scale·(x - mean)| + 2·|beta|) + 4·u²·|scale·mean| + 2^-148, and |gamma| times what
   * the statistics move zhat by.
   */
  public double[] forward(double[] gamma, double[] beta) {
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double zhat = zhat(ij / n, j);
      double scale = gamma[j] / moments.sigma(j, eps);
      errors[ij] =
          U * (3 * Math.abs(gamma[j] * zhat) + 2 * Math.abs(beta[j]))
              + 4 * U * U * Math.abs(scale * moments.mean(j))
              + Figures.SUBNORMAL
              + Math.abs(gamma[j]) * moments.zhatError(j, zhat, eps);
    }
    return errors;
  }

  /**
   * Of y with given statistics, whose mean is a float and so is high itself: u·(3·|scale·(x -
   * mean)| + |beta|) + 2^-148.
   */
  public double[] inference(double[] gamma, double[] beta) {
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      int j = ij % n;
      double product = Math.abs(gamma[j] * zhat(ij / n, j));
      errors[ij] = U * (3 * product + Math.abs(beta[j])) + Figures.SUBNORMAL;
    }
    return errors;
  }

  /** Of dbeta: (r + 1)·u·Σ|d| + u·|dbeta|. */
  public double[] dbeta(double[] d) {
    double[] errors = new double[n];
    for (int j = 0; j < n; j++) {
      errors[j] = U * ((roundings + 1) * magnitude(j, d, false) + Math.abs(sum(j, d, false)));
    }
    return errors;
  }

  /** Of dgamma: (r + 4)·u·Σ|d|·ζ, and what the statistics cause. */
  public double[] dgamma(double[] d) {
    double[] errors = new double[n];
    for (int j = 0; j < n; j++) {
      errors[j] =
          (roundings + 4) * U * magnitude(j, d, true)
              + Math.abs(sum(j, d, false)) * moments.shift(j, eps)
              + Math.abs(sum(j, d, true)) * moments.relative(j, eps);
    }
    return errors;
  }

  /**
   * Of dx: |scale|·u·(2·|d| + (r + 4)·Σ|d|/m + (r + 7)·ζ·Σ|d|·ζ/m), and what the statistics cause.
   */
  public double[] dx(double[] gamma, double[] d) {
    double[] errors = new double[m * n];
    for (int j = 0; j < n; j++) {
      double scale = gamma[j] / moments.sigma(j, eps);
      double first = magnitude(j, d, false) / m;
      double second = magnitude(j, d, true) / m;
      double meanD = sum(j, d, false) / m;
      double slope = sum(j, d, true) / m;
      for (int i = 0; i < m; i++) {
        double gradient = d[i * n + j];
        double zhat = zhat(i, j);
        double zeta = Math.abs(zhat) + moments.low(j, eps);
        double sums = (roundings + 4) * first + (roundings + 7) * zeta * second;
        errors[i * n + j] =
            Math.abs(scale)
                    * (U * (2 * Math.abs(gradient) + sums)
                        + statistics(moments, j, eps, gradient, zhat, meanD, slope))
                + Figures.SUBNORMAL;
      }
    }
    return errors;
  }

  /**
   * What errors of the statistics cause in g - mean(g) - zhat·slope, slope being mean(g·zhat): in
   * zhat beside the slope, in the slope beside zhat, and in 1 / sqrt(variance + eps) before all.
   */
  static double statistics(
      MomentFigures moments, int j, double eps, double g, double zhat, double meanG, double slope) {
    double shift = moments.shift(j, eps);
    double relative = moments.relative(j, eps);
    double ofZhat = (shift + Math.abs(zhat) * relative) * Math.abs(slope);
    double ofSlope = Math.abs(zhat) * (shift * Math.abs(meanG) + relative * Math.abs(slope));
    return ofZhat + ofSlope + relative * Math.abs(g - meanG - zhat * slope);
  }

  /** Σ d or Σ d·zhat of a feature. */
  private double sum(int j, double[] d, boolean timesZhat) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
      sum += d[i * n + j] * (timesZhat ? zhat(i, j) : 1);
    }
    return sum;
  }

  /** Σ|d| or Σ|d|·ζ of a feature. */
  private double magnitude(int j, double[] d, boolean timesZeta) {
    double low = moments.low(j, eps);
    double sum = 0;
    for (int i = 0; i < m; i++) {
      sum += Math.abs(d[i * n + j]) * (timesZeta ? Math.abs(zhat(i, j)) + low : 1);
    }
    return sum;
  }
}
