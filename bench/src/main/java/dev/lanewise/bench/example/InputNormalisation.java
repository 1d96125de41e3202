package dev.lanewise.bench.example;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;

/** (x - mean) / sqrt(variance + eps) with the training set's statistics. */
final class InputNormalisation {
  /**
   * In units of a pixel's value squared: a pixel that is hardly ever inked must not be blown up.
   */
  private static final double INPUT_EPS = 1;

  private final FloatSpan mean = FloatSpan.zeros(Digits.PIXELS);
  private final FloatSpan variance = FloatSpan.zeros(Digits.PIXELS);
  private final FloatSpan ones = FloatSpan.zeros(Digits.PIXELS);
  private final FloatSpan zeros = FloatSpan.zeros(Digits.PIXELS);

  InputNormalisation(FloatMatrix x) {
    BatchStatistics statistics = new BatchStatistics(Digits.PIXELS);
    for (int j = 0; j < Digits.PIXELS; j++) {
      ones.set(j, 1);
    }
    FloatMatrix y = FloatMatrix.zeros(x.rows(), x.columns());
    BatchNorm.forward(x, ones, zeros, INPUT_EPS, statistics, y);
    statistics.updateRunning(mean, variance, 1, BatchStatistics.Variance.BIASED);
  }

  FloatMatrix apply(FloatMatrix x) {
    FloatMatrix y = FloatMatrix.zeros(x.rows(), x.columns());
    BatchNorm.inference(x, ones, zeros, mean, variance, INPUT_EPS, y);
    return y;
  }
}
