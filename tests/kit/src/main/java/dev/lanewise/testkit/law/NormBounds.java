package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.BatchNormOracle;

/**
 * How far right {@code float} implementations of a normalisation may be off, for the m rows of each
 * of n columns; layer normalisation is that of the transposed matrix.
 *
 * <p>Notation, per column: t = x - mean, A = mean |x|, B = max |x|, D = max |t|, s2 = mean t², r =
 * 1 / sqrt(s2 + eps), zhat = t·r; gamma_k as in {@link Bound#gamma(int)}.
 *
 * <p><b>Mean.</b> A sum in any order and a division are off by gamma_(m+1)·A; one of x - p around a
 * row p by gamma_(m+3)·(A + B), as |p| ≤ B. Welford's step mean_k = mean_(k-1) + (x_k -
 * mean_(k-1))/k rounds by u·|mean_k| + 2u·|x_k - mean_(k-1)|/k, of which k/m reaches the end, and
 * k·|mean_k| ≤ m·A: gamma_m·A + 2u·(2 + log m)·A. All are below e = gamma_(m+4)·(A + B). A single
 * row is its own mean: e = 0.
 *
 * <p><b>Variance.</b> Two passes give gamma_(m+4)·(s2 + e²) + e². With a row p as pivot and d = |p
 * - mean| ≤ D, the mean of (x - p)² is s2 + d², off by gamma_(m+4) of it; the mean of x - p is ±d,
 * off by gamma_(m+2)·mean |x - p| ≤ gamma_(m+2)·sqrt(s2 + d²), so that its square, which is taken
 * off, is off by 2·gamma_(m+2)·d·sqrt(s2 + d²) ≤ 2·gamma_(m+2)·(s2 + d²). With the roundings of
 * square and difference that is below gamma_(3m+12)·(s2 + D²). Welford's products are off by e·|x_k
 * - mean_(k-1)| and e·|x_k - mean_k| as well, whose means are below 3·e·sqrt(s2) together. So v =
 * gamma_(3m+12)·(s2 + D²) + 3·e·sqrt(s2) + 2·e². No variance is negative: with R = 1 / sqrt(max(s2
 * - v, 0) + eps) the reciprocal root is off by at most R - r.
 *
 * <p><b>zhat.</b> |t|·(R - r) + e·R + gamma_8·M with M = (|x| + |mean| + e)·R, which holds for x·r
 * - mean·r too.
 */
final class NormBounds {
  private final int m;
  private final int n;
  private final double[] mean;
  private final double[] meanError;
  private final double[] variance;
  private final double[] varianceError;
  private final double[] r;
  private final double[] largestR;
  private final double[] zhat;
  private final double[] zhatError;
  private final double[] magnitude;

  NormBounds(int m, int n, double[] x, double eps) {
    this.m = m;
    this.n = n;
    mean = BatchNormOracle.mean(m, n, x);
    variance = BatchNormOracle.variance(m, n, x);
    meanError = new double[n];
    varianceError = new double[n];
    r = new double[n];
    largestR = new double[n];
    zhat = new double[x.length];
    zhatError = new double[x.length];
    magnitude = new double[x.length];
    for (int j = 0; j < n; j++) {
      moments(j, x);
      r[j] = 1 / Math.sqrt(variance[j] + eps);
      largestR[j] = 1 / Math.sqrt(Math.max(variance[j] - varianceError[j], 0) + eps);
      normalised(j, x);
    }
  }

  private void moments(int j, double[] x) {
    double sum = 0;
    double largestX = 0;
    double largest = 0;
    for (int i = 0; i < m; i++) {
      sum += Math.abs(x[i * n + j]);
      largestX = Math.max(largestX, Math.abs(x[i * n + j]));
      largest = Math.max(largest, Math.abs(x[i * n + j] - mean[j]));
    }
    if (m > 1) {
      double e = Bound.gamma(m + 4) * (sum / m + largestX);
      meanError[j] = e;
      varianceError[j] =
          Bound.gamma(3 * m + 12) * (variance[j] + largest * largest)
              + 3 * e * Math.sqrt(variance[j])
              + 2 * e * e;
    }
  }

  private void normalised(int j, double[] x) {
    double gamma = Bound.gamma(8);
    for (int i = 0; i < m; i++) {
      int ij = i * n + j;
      double t = x[ij] - mean[j];
      zhat[ij] = t * r[j];
      magnitude[ij] = (Math.abs(x[ij]) + Math.abs(mean[j]) + meanError[j]) * largestR[j];
      zhatError[ij] =
          Math.abs(t) * (largestR[j] - r[j]) + meanError[j] * largestR[j] + gamma * magnitude[ij];
    }
  }

  double[] mean() {
    return mean;
  }

  double[] meanError() {
    return meanError;
  }

  double[] variance() {
    return variance;
  }

  double[] varianceError() {
    return varianceError;
  }

  /** Of gamma·zhat + beta, m × n each: |gamma|·(that of zhat) + gamma_4·(|gamma|·M + |beta|). */
  double[] forward(double[] gamma, double[] beta) {
    double rounding = Bound.gamma(4);
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      double scale = Math.abs(gamma[ij]);
      errors[ij] = scale * zhatError[ij] + rounding * (scale * magnitude[ij] + Math.abs(beta[ij]));
    }
    return errors;
  }

  /**
   * Of d·zhat as a term of a sum of so many: |d|·(that of zhat) + gamma_(terms+4)·|d|·M; what a sum
   * is off by is their sum.
   */
  double[] products(int terms, double[] d) {
    double rounding = Bound.gamma(terms + 4);
    double[] errors = new double[m * n];
    for (int ij = 0; ij < errors.length; ij++) {
      errors[ij] = Math.abs(d[ij]) * (zhatError[ij] + rounding * magnitude[ij]);
    }
    return errors;
  }

  /**
   * Of dx = r·(g - Σg/m - zhat·Σg·zhat/m) with g = gamma·d, m × n.
   *
   * <p>Each part is off by its own error times what it is multiplied by, and by gamma_8 of its
   * magnitude; twice that covers the form in which the gradients of mean and variance are separate
   * steps, where Σt, which is not quite 0, adds as much again.
   */
  double[] dx(double[] g) {
    double[] productErrors = products(m, g);
    double[] errors = new double[m * n];
    for (int j = 0; j < n; j++) {
      double sum = 0;
      double sumMagnitude = 0;
      double dot = 0;
      double dotError = 0;
      for (int i = 0; i < m; i++) {
        int ij = i * n + j;
        sum += g[ij] / m;
        sumMagnitude += Math.abs(g[ij]) / m;
        dot += g[ij] * zhat[ij] / m;
        dotError += productErrors[ij] / m;
      }
      double sumError = Bound.gamma(m + 1) * sumMagnitude;
      double dotMagnitude = Math.abs(dot) + dotError;
      for (int i = 0; i < m; i++) {
        int ij = i * n + j;
        double inner = g[ij] - sum - zhat[ij] * dot;
        double innerError =
            sumError
                + zhatError[ij] * dotMagnitude
                + Math.abs(zhat[ij]) * dotError
                + Bound.gamma(8) * (Math.abs(g[ij]) + sumMagnitude + magnitude[ij] * dotMagnitude);
        errors[ij] = 2 * (Math.abs(inner) * (largestR[j] - r[j]) + innerError * largestR[j]);
      }
    }
    return errors;
  }
}
