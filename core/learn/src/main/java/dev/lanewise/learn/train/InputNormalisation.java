package dev.lanewise.learn.train;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.internal.Checks;
import java.util.Arrays;

/**
 * x' = (x - mean) / sqrt(variance + eps) of each feature, by the statistics of a training set,
 * rounded to float so that a file keeps them.
 *
 * @param mean the mean of each feature
 * @param variance the biased variance of each feature
 * @param eps what keeps the divisor from 0
 */
public record InputNormalisation(FloatSpan mean, FloatSpan variance, double eps) {
  private static final String NAME = "InputNormalisation";

  /**
   * A normalisation.
   *
   * @throws NullPointerException if a span is null
   * @throws IllegalArgumentException if their lengths differ, or eps is negative or not finite
   */
  public InputNormalisation {
    Checks.notNull(NAME, "mean", mean);
    Checks.notNull(NAME, "variance", variance);
    if (mean.length() != variance.length()) {
      throw new IllegalArgumentException(
          "InputNormalisation: mean's length is %d but variance's is %d; they must be equal"
              .formatted(mean.length(), variance.length()));
    }
    Checks.finiteNotNegative(NAME, "eps", eps);
  }

  /**
   * The statistics of a training set; of no samples mean and variance are 0.
   *
   * @param inputs the samples
   * @param eps what keeps the divisor from 0
   * @return the normalisation
   * @throws NullPointerException if the samples are null
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public static InputNormalisation of(FloatMatrix inputs, double eps) {
    Checks.notNull(NAME, "inputs", inputs);
    Standardize statistics = new Standardize(inputs.columns(), eps);
    statistics.fit(inputs);
    FloatSpan mean = FloatSpan.zeros(inputs.columns());
    FloatSpan variance = FloatSpan.zeros(inputs.columns());
    for (int j = 0; j < inputs.columns(); j++) {
      mean.set(j, (float) statistics.mean(j));
      variance.set(j, (float) statistics.variance(j));
    }
    return new InputNormalisation(mean, variance, eps);
  }

  /**
   * Normalises samples.
   *
   * @param inputs the samples
   * @return new samples
   * @throws NullPointerException if the samples are null
   * @throws IllegalArgumentException if they have another number of features
   */
  public FloatMatrix apply(FloatMatrix inputs) {
    Checks.notNull(NAME, "inputs", inputs);
    float[] ones = new float[mean.length()];
    Arrays.fill(ones, 1);
    FloatMatrix result = FloatMatrix.zeros(inputs.rows(), inputs.columns());
    new BatchNorm(FloatSpan.of(ones), FloatSpan.zeros(mean.length()), eps)
        .inference(inputs, mean, variance, result);
    return result;
  }

  /**
   * Normalises a data set.
   *
   * @param data the data set
   * @return a new one with the same labels
   * @throws NullPointerException if the data are null
   * @throws IllegalArgumentException if they have another number of features
   */
  public Dataset apply(Dataset data) {
    Checks.notNull(NAME, "data", data);
    return new Dataset(apply(data.inputs()), data.labels(), data.classes());
  }
}
