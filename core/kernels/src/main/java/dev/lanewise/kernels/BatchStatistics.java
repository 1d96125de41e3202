package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Mean and biased variance per feature of one mini-batch: what the forward pass of {@link
 * BatchNorm} in training computes and its backward pass needs.
 *
 * <p>Both are kept in double: a float mean alone would lose the digits that matter for features
 * whose mean is thousands of deviations away from 0. The object belongs to its owner and is reused
 * from step to step.
 */
public final class BatchStatistics {
  /** Which estimate of the variance goes into a running variance. */
  public enum Variance {
    /** Σ (x - mean)² / m. */
    BIASED,
    /** Σ (x - mean)² / (m - 1); biased for a single sample, which has no unbiased one. */
    UNBIASED
  }

  private static final String UPDATE = "BatchStatistics.updateRunning";

  final double[] mean;
  final double[] variance;
  private int samples;

  /**
   * Statistics of no batch yet.
   *
   * @param features the number of features
   * @throws IllegalArgumentException if it is negative
   */
  public BatchStatistics(int features) {
    Checks.notNegative("BatchStatistics", "features", features);
    mean = new double[features];
    variance = new double[features];
  }

  /** Says of how many samples the arrays now hold the statistics. */
  void computedFrom(int rows) {
    samples = rows;
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
   * @return m, or 0 before the first batch
   */
  public int samples() {
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
   * <p>The weight is that of the new batch: PyTorch calls it momentum (0.1), Keras calls one minus
   * it momentum (0.99). PyTorch's running variance is unbiased, Keras's biased.
   *
   * @param runningMean the running mean, updated
   * @param runningVariance the running variance, updated
   * @param weight the weight of this batch, in [0, 1]
   * @param kind which estimate of the variance to average
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if a length is not the number of features, the spans overlap
   *     or the weight is no weight; nothing is written then
   * @throws IllegalStateException if no batch has been computed yet
   */
  public void updateRunning(
      FloatSpan runningMean, FloatSpan runningVariance, double weight, Variance kind) {
    Checks.notNull(UPDATE, "running mean", runningMean);
    Checks.notNull(UPDATE, "running variance", runningVariance);
    Checks.notNull(UPDATE, "kind", kind);
    Operands.length(UPDATE, "running mean", runningMean, "features", features());
    Operands.length(UPDATE, "running variance", runningVariance, "features", features());
    Operands.output(UPDATE, "running mean", runningMean);
    Operands.output(UPDATE, "running variance", runningVariance);
    Operands.disjoint(UPDATE, "running mean", runningMean, "running variance", runningVariance);
    Checks.fraction(UPDATE, "weight", weight);
    requireBatch(UPDATE);
    double correction =
        kind == Variance.UNBIASED && samples > 1 ? (double) samples / (samples - 1) : 1;
    for (int j = 0; j < mean.length; j++) {
      average(runningMean, j, weight, mean[j]);
      average(runningVariance, j, weight, variance[j] * correction);
    }
  }

  void requireBatch(String operation) {
    if (samples == 0) {
      throw new IllegalStateException(
          operation + ": the statistics hold no batch yet; run BatchNorm.forward first");
    }
  }

  private static void average(FloatSpan running, int j, double weight, double batch) {
    int index = running.offset() + j * running.stride();
    running.array()[index] = (float) ((1 - weight) * running.array()[index] + weight * batch);
  }
}
