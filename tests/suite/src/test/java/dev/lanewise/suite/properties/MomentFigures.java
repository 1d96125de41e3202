package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.U;

import dev.lanewise.testkit.oracle.BatchNormOracle;

/**
 * Mean and variance of a batch by the oracle, and how far those of {@code BatchNorm.forward} may
 * lie from them.
 *
 * <p>With the pivot of a row being the first row of its chunk of 64, and means over the rows,
 *
 * <pre>
 * A = mean |x - pivot|   Q = mean (x - pivot)²   P = mean |x - pivot|·|pivot - mean|
 * W = u²·max|x|·(1 + m/1000)
 * mean within 21·u·A + W     variance within u·(23·Q + 42·P) + 2·W·sqrt(variance)
 * </pre>
 *
 * <p>Proof. A term of a chunk's Σ(x - pivot) passes through 20 roundings: its subtraction, 2 in its
 * group's tree, 14 groups and 3 single rows behind it (a chunk of 63 rows; the first sum 0 + root
 * is exact). A square passes through 22, as its own factor is rounded twice over. A chunk's mean
 * that is off by e moves the chunk's m2 by -2·rows·(mean_chunk - pivot)·e and the merge by
 * 2·rows·(mean_chunk - mean)·e, in sum 2·rows·(pivot - mean)·e, with |e| at most 20·u·A of the
 * chunk. One unit of each count stands for what is of second order, and W for double's own
 * roundings in each merge.
 */
public final class MomentFigures {
  private static final int CHUNK = 64;

  /** The mean of each feature. */
  private final double[] mean;

  private final double[] variance;
  private final double[] meanError;
  private final double[] varianceError;

  /** The figures of a batch. */
  public MomentFigures(int m, int n, double[] x) {
    mean = BatchNormOracle.mean(m, n, x);
    variance = BatchNormOracle.variance(m, n, x);
    meanError = new double[n];
    varianceError = new double[n];
    for (int j = 0; j < n; j++) {
      double first = 0;
      double second = 0;
      double lever = 0;
      double largest = 0;
      for (int i = 0; i < m; i++) {
        double pivot = x[(i - i % CHUNK) * n + j];
        double d = Math.abs(x[i * n + j] - pivot);
        first += d / m;
        second += d * d / m;
        lever += d * Math.abs(pivot - mean[j]) / m;
        largest = Math.max(largest, Math.abs(x[i * n + j]));
      }
      double doubles = U * U * largest * (1 + m / 1000.0);
      meanError[j] = 21 * U * first + doubles;
      varianceError[j] = U * (23 * second + 42 * lever) + 2 * doubles * Math.sqrt(variance[j]);
    }
  }

  /** The mean of each feature. */
  public double[] mean() {
    return mean.clone();
  }

  /** The biased variance of each feature. */
  public double[] variance() {
    return variance.clone();
  }

  /** How far each feature's mean may be off. */
  public double[] meanError() {
    return meanError.clone();
  }

  /** How far each feature's variance may be off. */
  public double[] varianceError() {
    return varianceError.clone();
  }

  /** How far (x - mean) / sqrt(variance + eps) may be off on account of the statistics. */
  public double zhatError(int j, double zhat, double eps) {
    double squared = variance[j] + eps;
    return meanError[j] / Math.sqrt(squared) + Math.abs(zhat) * varianceError[j] / (2 * squared);
  }
}
