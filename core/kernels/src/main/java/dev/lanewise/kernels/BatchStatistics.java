package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import java.util.Objects;

/**
 * Mean and biased variance per feature of one mini-batch: what the forward pass of {@link
 * BatchNorm} in training computes and its backward pass needs.
 *
 * <p><b>Order.</b> Of a matrix: chunks of 64 rows; inside, sums of x - pivot and of its square in
 * float, the pivot being the chunk's first row, groups of 4 rows as balanced trees and the rows
 * behind the last whole group one by one. Of channels first: blocks of up to 4096 elements of a
 * row, with their rounded mean as the pivot, which comes from a sum of x less the block's first
 * element, in the order of {@link Reduction} along a row. Chunks and blocks merge first to last in
 * double.
 *
 * <p><b>Special values.</b> A constant feature has variance exactly 0, as a single sample has. NaN
 * or an infinity makes its feature's variance NaN, and its mean NaN or infinite. Differences from
 * the pivot whose squares add up to 2^128 in a chunk or block overflow the variance to infinity: of
 * a matrix from 2·10^18 on, with channels first from 3·10^17 on. Where the differences themselves
 * add up to so much, from 5·10^36 and 8·10^34 on, the result is that of an infinity. Below 10^-19
 * their squares underflow, which is 2^-149 of the variance at most.
 *
 * <p><b>Error.</b> With u = 2^-24 and the means over a feature A of |x - pivot|, Q of (x - pivot)²
 * and P of |x - pivot|·|pivot - mean|, which is large where chunks differ in level, and W =
 * u²·max|x|·(1 + k/32) of k chunks or blocks: the mean is within 21·u·A + W and the variance within
 * u·(23·Q + 42·P) + 2·W·sqrt(variance) of a matrix; with channels first 72 stands for 21, 74 for 23
 * and 144 for 42.
 *
 * <p><b>Source.</b> Of how chunks and blocks merge: as {@link Standardize}.
 *
 * <p>Both are kept in double: a float mean alone would lose the digits that matter for features
 * whose mean is thousands of deviations away from 0. The object belongs to its owner and is reused
 * from step to step.
 */
public final class BatchStatistics {
  private static final String COMPUTE = "BatchStatistics.compute";
  private static final String UPDATE = "BatchStatistics.updateRunning";

  final double[] mean;
  final double[] variance;
  private long samples;

  /**
   * Statistics of no batch yet.
   *
   * @param features the number of features
   * @throws IllegalArgumentException if it is negative or no array can be that long
   */
  public BatchStatistics(int features) {
    Checks.notNegative("BatchStatistics", "features", features);
    Checks.fits("BatchStatistics", 1, features, features);
    mean = new double[features];
    variance = new double[features];
  }

  /** Says of how many samples the arrays now hold the statistics. */
  void computedFrom(long samples) {
    this.samples = samples;
  }

  /**
   * The statistics of samples, without their being normalised.
   *
   * @param x the samples
   * @throws NullPointerException if they are null
   * @throws IllegalArgumentException if they are none, or have another number of features; nothing
   *     is written then
   */
  public void compute(Samples x) {
    requireFit(COMPUTE, x);
    BatchNormCall.statistics(x, this, null);
  }

  /**
   * As {@link #compute(Samples)}, with the same bits, on several threads.
   *
   * @param x the samples
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if they are none, or have another number of features; nothing
   *     is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void compute(Samples x, Workers workers) {
    requireFit(COMPUTE, x);
    Operands.open(COMPUTE, workers);
    BatchNormCall.statistics(x, this, workers);
  }

  /**
   * Takes statistics that were computed elsewhere, such as on another machine.
   *
   * @param from holds the mean of each feature, then the biased variance of each
   * @param offset where that begins
   * @param number the number of samples in the batch
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if the number is not positive; nothing is written then
   * @throws IndexOutOfBoundsException if the array is too short; nothing is written then
   */
  public void take(double[] from, int offset, long number) {
    Checks.notNull("BatchStatistics.take", "statistics", from);
    if (number < 1) {
      throw new IllegalArgumentException(
          "BatchStatistics.take: %d samples; there must be at least one".formatted(number));
    }
    int features = features();
    Objects.checkFromIndexSize(offset, 2 * features, from.length);
    System.arraycopy(from, offset, mean, 0, features);
    System.arraycopy(from, offset + features, variance, 0, features);
    samples = number;
  }

  /** The samples have these features and are not none. */
  void requireFit(String op, Samples x) {
    SampleOperands.features(op, "X", x, "statistics' features", features());
    if (SampleOperands.samples(x) == 0) {
      throw new IllegalArgumentException(
          op + ": X is " + SampleOperands.shape(x) + "; statistics need at least one sample");
    }
  }

  /**
   * The number of features.
   *
   * @return the number of features
   */
  public int features() {
    return mean.length;
  }

  /**
   * The number of samples in the batch.
   *
   * @return m, or 0 before the first batch and after a pass that an error has ended
   */
  public long samples() {
    return samples;
  }

  /**
   * The mean of a feature.
   *
   * @param feature the feature
   * @return (1/m) Σ x
   * @throws IndexOutOfBoundsException if there is no such feature
   */
  public double mean(int feature) {
    Checks.index("feature", feature, mean.length);
    return mean[feature];
  }

  /**
   * The biased variance of a feature.
   *
   * @param feature the feature
   * @return (1/m) Σ (x - mean)²
   * @throws IndexOutOfBoundsException if there is no such feature
   */
  public double variance(int feature) {
    Checks.index("feature", feature, mean.length);
    return variance[feature];
  }

  /**
   * Running estimates by exponentially weighted averages: running ← (1 - weight)·running +
   * weight·batch, in double and rounded once.
   *
   * <p><b>Special values.</b> As IEEE 754 gives: a running value that is NaN stays so and an
   * infinite one does not become finite, even with weight 1, as 0 times either is NaN.
   *
   * @param runningMean the running mean, updated
   * @param runningVariance the running variance, updated
   * @param average the weight of this batch, and which estimate of its variance is averaged
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if a length is not the number of features or the spans overlap
   *     each other or themselves; nothing is written then
   * @throws IllegalStateException if no batch has been computed yet
   */
  public void updateRunning(
      FloatSpan runningMean, FloatSpan runningVariance, RunningAverage average) {
    Checks.notNull(UPDATE, "running mean", runningMean);
    Checks.notNull(UPDATE, "running variance", runningVariance);
    Checks.notNull(UPDATE, "average", average);
    Operands.length(UPDATE, "running mean", runningMean, "features", features());
    Operands.length(UPDATE, "running variance", runningVariance, "features", features());
    Operands.output(UPDATE, "running mean", runningMean);
    Operands.output(UPDATE, "running variance", runningVariance);
    Operands.disjoint(UPDATE, "running mean", runningMean, "running variance", runningVariance);
    requireBatch(UPDATE);
    for (int j = 0; j < mean.length; j++) {
      average.update(runningMean, j, mean[j]);
      average.update(runningVariance, j, average.estimate(variance[j], samples));
    }
  }

  private void requireBatch(String op) {
    if (samples == 0) {
      throw new IllegalStateException(
          op + ": the statistics hold no batch yet; run compute or BatchNorm.forward first");
    }
  }

  /** The statistics are of as many samples and features as these. */
  void requireBatchOf(String op, Samples x) {
    requireFit(op, x);
    requireBatch(op);
    if (SampleOperands.samples(x) != samples) {
      throw Checks.shape(
          op,
          "X",
          SampleOperands.shape(x),
          "the number of samples in the statistics",
          samples,
          "it must equal X's");
    }
  }
}
