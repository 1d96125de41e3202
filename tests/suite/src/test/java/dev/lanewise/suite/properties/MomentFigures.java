package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;

/**
 * Mean and variance of a batch by the oracle, and how far those of {@code BatchStatistics} may lie
 * from them.
 *
 * <p>The pivot of a row is the first row of its chunk of 64; with channels first it is the rounded
 * mean of the element's block of up to 4096. With k chunks or blocks and means over the samples,
 *
 * <pre>
 * A = mean |x - pivot|   Q = mean (x - pivot)²   P = mean |x - pivot|·|pivot - mean|
 * W = u²·max|x|·(1 + k/32)
 * mean within 21·u·A + W     variance within u·(23·Q + 42·P) + 2·W·sqrt(variance)
 * </pre>
 *
 * and 72, 74 and 144 for 21, 23 and 42 with channels first.
 *
 * <p>Proof. {@link Sums} counts the roundings of a term, 19 or 69; a term of Σ(x - pivot) has its
 * subtraction beside them, and a square three, as its own factor is rounded twice over: 20 and 22,
 * 70 and 72. A chunk's mean that is off by e moves the chunk's m2 by -2·rows·(mean_chunk - pivot)·e
 * and the merge by 2·rows·(mean_chunk - mean)·e, in sum 2·rows·(pivot - mean)·e, with |e| at most
 * 20·u·A of the chunk. One unit of each count stands for what is of second order, and with channels
 * first another for the pivot, which the kernel takes from a sum in float: with a first element far
 * from n - 1 others, which is 64 deviations at most, it misses the mean by 70·u·65 deviations.
 *
 * <p>W stands for double's own roundings: an addition to the mean is off by 2^-53·max|x| in each
 * merge, of which half counts in the end, as a mean's share falls with each further chunk; the
 * other operands of merge i have the weight 1/i, 11·2^-53·max|x| in all. u² is 32·2^-53.
 */
public final class MomentFigures {
  private static final int CHUNK = 64;
  private static final int BLOCK = 4096;

  private final double[] mean;
  private final double[] variance;
  private final double[] meanError;
  private final double[] varianceError;

  private MomentFigures(double[] mean, double[] variance) {
    this.mean = mean;
    this.variance = variance;
    meanError = new double[mean.length];
    varianceError = new double[mean.length];
  }

  /** The figures of a matrix. */
  public MomentFigures(int m, int n, double[] x) {
    this(Sums.COLUMN, m, m, n, x);
  }

  private MomentFigures(Sums sums, int length, int m, int n, double[] x) {
    this(BatchNormOracle.mean(m, n, x), BatchNormOracle.variance(m, n, x));
    int longest = sums == Sums.COLUMN ? CHUNK : BLOCK;
    for (int j = 0; j < n; j++) {
      double first = 0;
      double second = 0;
      double lever = 0;
      double largest = 0;
      int chunks = 0;
      int rows = 0;
      for (int start = 0; start < m; start += rows) {
        rows = Math.min(longest, length - start % length);
        chunks++;
        double pivot = sums == Sums.COLUMN ? x[start * n + j] : mean(start, rows, n, j, x);
        for (int i = start; i < start + rows; i++) {
          double d = Math.abs(x[i * n + j] - pivot);
          first += d / m;
          second += d * d / m;
          lever += d * Math.abs(pivot - mean[j]) / m;
          largest = Math.max(largest, Math.abs(x[i * n + j]));
        }
      }
      double doubles = U * U * largest * (1 + chunks / 32.0);
      int units = sums.roundings() + (sums == Sums.COLUMN ? 2 : 3);
      meanError[j] = units * U * first + doubles;
      varianceError[j] =
          U * ((units + 2) * second + 2 * units * lever) + 2 * doubles * Math.sqrt(variance[j]);
    }
  }

  /** The rounded mean of a block. */
  private static double mean(int start, int rows, int n, int j, double[] x) {
    double sum = 0;
    for (int i = start; i < start + rows; i++) {
      sum += x[i * n + j] - x[start * n + j];
    }
    return (float) (x[start * n + j] + sum / rows);
  }

  /** The figures of channels first, of m samples in rows of such a length. */
  public static MomentFigures channels(int length, int m, int n, double[] x) {
    return new MomentFigures(Sums.ROW, length, m, n, x);
  }

  /** The figures of each of the m rows of a matrix, whose statistics are those of channels. */
  public static MomentFigures rows(int m, int n, double[] x) {
    double[] transposed = new double[m * n];
    Arrays.setAll(transposed, ij -> x[ij % m * n + ij / m]);
    return channels(n, n, m, transposed);
  }

  /** Statistics that are given, without error. */
  public static MomentFigures given(double[] mean, double[] variance) {
    return new MomentFigures(mean.clone(), variance.clone());
  }

  /** The mean of each feature. */
  public double[] mean() {
    return mean.clone();
  }

  double mean(int j) {
    return mean[j];
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

  double sigma(int j, double eps) {
    return Math.sqrt(variance[j] + eps);
  }

  /** What the error of the mean moves zhat by. */
  double shift(int j, double eps) {
    return meanError[j] / sigma(j, eps);
  }

  /** By which part of itself the variance's error moves 1 / sqrt(variance + eps). */
  double relative(int j, double eps) {
    return varianceError[j] / (2 * (variance[j] + eps));
  }

  /** How far (x - mean) / sqrt(variance + eps) may be off on account of the statistics. */
  public double zhatError(int j, double zhat, double eps) {
    return shift(j, eps) + Math.abs(zhat) * relative(j, eps);
  }

  /** 2·u·|mean| / sqrt(variance + eps): what the rounded mean adds to |zhat| in some figures. */
  double low(int j, double eps) {
    return 2 * U * Math.abs(mean[j]) / sigma(j, eps);
  }
}
