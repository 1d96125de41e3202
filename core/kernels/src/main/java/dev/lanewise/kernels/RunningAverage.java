package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * How statistics of mini-batches become running ones: running ← (1 - weight)·running +
 * weight·batch.
 *
 * @param weight the weight of the new batch, in [0, 1]
 * @param variance which estimate of the variance is averaged
 */
public record RunningAverage(double weight, Variance variance) {
  /** PyTorch's: its momentum of 0.1 is the weight of the new batch, its variance is unbiased. */
  public static final RunningAverage PYTORCH = new RunningAverage(0.1, Variance.UNBIASED);

  /** Keras 3's: its momentum of 0.99 is the weight of the past, its variance is biased. */
  public static final RunningAverage KERAS = new RunningAverage(0.01, Variance.BIASED);

  /** An estimate of the variance. */
  public enum Variance {
    /** Σ (x - mean)² / m. */
    BIASED,
    /** Σ (x - mean)² / (m - 1); biased for a single sample, which has no unbiased one. */
    UNBIASED
  }

  /**
   * A convention.
   *
   * @throws NullPointerException if the variance is null
   * @throws IllegalArgumentException if the weight is no weight
   */
  public RunningAverage {
    Checks.fraction("RunningAverage", "weight", weight);
    Checks.notNull("RunningAverage", "variance", variance);
  }

  /** The variance to average, of a biased one over so many samples. */
  double estimate(double biased, long samples) {
    return variance == Variance.UNBIASED && samples > 1
        ? biased * ((double) samples / (samples - 1))
        : biased;
  }

  /** One element of the running statistics, one step on. */
  void update(FloatSpan running, int j, double batch) {
    int index = running.offset() + j * running.stride();
    running.array()[index] = (float) ((1 - weight) * running.array()[index] + weight * batch);
  }
}
