package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.SUBNORMAL;
import static dev.lanewise.testkit.Bound.U;

/**
 * How far the outputs of {@code LayerNorm} and of {@code RmsNorm} may lie from the oracles': their
 * documented figures, and what the errors of layer normalisation's own statistics cause beside
 * them.
 *
 * <p>Below, g = gamma·d and r is the number of roundings in 1 / sqrt(...): 1 of layer
 * normalisation; of the mean square's root 1, half of those in a sum of squares, which are min(n,
 * 4096)/64 + 7, and half a unit for what is of second order. One unit of each count of a sum stands
 * for that too. ξ is |xhat|, of layer normalisation with 2·u·|mean|/σ more.
 *
 * <p>Proof. xhat has r and its product; of layer normalisation x - high and, in low, the rest of
 * the mean beside: q = 3 or r + 1 roundings. Then y has one more for the product and, of layer
 * normalisation, one in its fma with beta, which takes the place of the product's. A term of Σ g
 * has g, 69, the mean's, and the difference, the fma, inverse and its product: 75. One of Σ g·xhat
 * has g, q, 70 and the slope's; and beside it xhat, the fma, inverse and its product: 74 + 2·q + r.
 * g itself has its product, difference (of layer normalisation), the fma, and r + 1. A term of
 * dgamma has q, its product, 19 and the last: q + 21.
 */
public final class RowNormFigures {
  private static final int BLOCK = 4096;

  private final int m;
  private final int n;
  private final double[] x;
  private final double eps;
  private final boolean rms;
  private final MomentFigures moments;
  private final double ofInverse;
  private final double ofXhat;

  private RowNormFigures(int m, int n, double[] x, double eps, boolean rms) {
    this.m = m;
    this.n = n;
    this.x = x;
    this.eps = eps;
    this.rms = rms;
    moments = rms ? meanSquares(m, n, x) : MomentFigures.rows(m, n, x);
    ofInverse = rms ? 1 + (8 + Math.min(n, BLOCK) / 64.0) / 2 : 1;
    ofXhat = rms ? ofInverse + 1 : 3;
  }

  /** Of layer normalisation. */
  public static RowNormFigures layer(int m, int n, double[] x, double eps) {
    return new RowNormFigures(m, n, x, eps, false);
  }

  /** Of RMS normalisation. */
  public static RowNormFigures rms(int m, int n, double[] x, double eps) {
    return new RowNormFigures(m, n, x, eps, true);
  }

  /** A mean of 0 and mean squares as variances, without error: r has theirs. */
  private static MomentFigures meanSquares(int m, int n, double[] x) {
    double[] squares = new double[m];
    for (int ij = 0; ij < x.length; ij++) {
      squares[ij / n] += x[ij] * x[ij] / n;
    }
    return MomentFigures.given(new double[m], squares);
  }

  private double xhat(int i, int j) {
    return (x[i * n + j] - moments.mean(i)) / moments.sigma(i, eps);
  }

  private double xi(int i, int j) {
    return Math.abs(xhat(i, j)) + moments.low(i, eps);
  }

  /**
   * Of y: u·(4·|gamma|·|xhat| + |beta|) + 2·u²·|gamma·mean|/σ of layer normalisation, of RMS
   * normalisation (r + 2)·u·|y|; and 2^-148·(1 + |gamma|), and what the statistics cause.
   */
  public double[] forward(double[] gamma, double[] beta) {
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      int i = ij / n;
      int j = ij % n;
      double xhat = Math.abs(xhat(i, j));
      double units = rms ? ofXhat + 1 : 4;
      errors[ij] =
          Math.abs(gamma[j])
                  * (units * U * xhat + U * moments.low(i, eps) + moments.zhatError(i, xhat, eps))
              + U * Math.abs(beta[j])
              + SUBNORMAL * (1 + Math.abs(gamma[j]));
    }
    return errors;
  }

  /** Of dgamma: (q + 22)·u·Σ|d|·ξ, and what the statistics cause. */
  public double[] dgamma(double[] d) {
    double[] errors = new double[n];
    for (int ij = 0; ij < d.length; ij++) {
      int i = ij / n;
      double figure = (ofXhat + 22) * U * xi(i, ij % n);
      double xhat = xhat(i, ij % n);
      errors[ij % n] += Math.abs(d[ij]) * (figure + moments.zhatError(i, xhat, eps));
    }
    return errors;
  }

  /**
   * Of dx: (u/σ)·(5·|g| + 76·Σ|g|/n + 82·ξ·Σ|g|·ξ/n) of layer normalisation, (u/σ)·((r + 3)·|g| +
   * (77 + 3·r)·|xhat|·Σ|g·xhat|/n) of RMS normalisation; 2^-147·(1 + (1 + |xhat|)/σ), and what the
   * statistics cause.
   */
  public double[] dx(double[] gamma, double[] d) {
    double[] errors = new double[m * n];
    for (int i = 0; i < m; i++) {
      double first = 0;
      double second = 0;
      double mean = 0;
      double slope = 0;
      for (int j = 0; j < n; j++) {
        double g = gamma[j] * d[i * n + j];
        first += Math.abs(g) / n;
        second += Math.abs(g) * xi(i, j) / n;
        mean += g / n;
        slope += g * xhat(i, j) / n;
      }
      double inverse = 1 / moments.sigma(i, eps);
      for (int j = 0; j < n; j++) {
        double g = gamma[j] * d[i * n + j];
        double ofG = ofInverse + (rms ? 3 : 4);
        double ofSlope = 75 + 2 * ofXhat + ofInverse;
        double figure = ofG * Math.abs(g) + (rms ? 0 : 76 * first) + ofSlope * xi(i, j) * second;
        double xhat = xhat(i, j);
        errors[i * n + j] =
            inverse
                    * (U * figure
                        + BatchNormFigures.statistics(moments, i, eps, g, xhat, mean, slope))
                + 2 * SUBNORMAL * (1 + inverse * (1 + Math.abs(xhat)));
      }
    }
    return errors;
  }
}
