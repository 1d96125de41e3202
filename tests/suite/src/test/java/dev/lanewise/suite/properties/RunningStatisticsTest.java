package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.RunningAverage.Variance;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Running statistics by hand, and where they lead. */
class RunningStatisticsTest {
  private static final int FEATURES = 64;

  /** PyTorch's momentum of 0.1 is the new batch's weight; its variance is Σ (x - 3)² / 3 = 14/3. */
  @Test
  void pytorchByHand() {
    float[] running = running(RunningAverage.PYTORCH);
    assertEquals((float) (0.9 * 10 + 0.1 * 3), running[0]);
    assertEquals((float) (0.9 * 1 + 0.1 * 14 / 3), running[1], 1e-7f);
  }

  /** Keras' momentum of 0.99 is the past's weight; its variance is Σ (x - 3)² / 4 = 3.5. */
  @Test
  void kerasByHand() {
    float[] running = running(RunningAverage.KERAS);
    assertEquals((float) (0.99 * 10 + 0.01 * 3), running[0]);
    assertEquals((float) (0.99 * 1 + 0.01 * 3.5), running[1], 1e-7f);
  }

  /** Of a mean of 10 and a variance of 1 before, with the batch 1, 2, 3, 6. */
  private static float[] running(RunningAverage average) {
    BatchStatistics statistics = new BatchStatistics(1);
    statistics.compute(FloatMatrix.of(new float[] {1, 2, 3, 6}, 4, 1));
    FloatSpan mean = FloatSpan.of(new float[] {10});
    FloatSpan variance = FloatSpan.of(new float[] {1});
    statistics.updateRunning(mean, variance, average);
    return new float[] {mean.get(0), variance.get(0)};
  }

  /** Means and biased variances that were computed elsewhere move them like the batch itself. */
  @Test
  void statisticsThatAreTakenAreThoseOfTheirBatch() {
    BatchStatistics computed = new BatchStatistics(2);
    computed.compute(FloatMatrix.of(new float[] {1, 2, 3, 6, 5, 5.5f}, 3, 2));
    double[] sent = {
      Double.NaN, computed.mean(0), computed.mean(1), computed.variance(0), computed.variance(1)
    };
    BatchStatistics taken = new BatchStatistics(2);
    taken.take(sent, 1, 3);
    assertEquals(3, taken.samples());
    for (RunningAverage average :
        new RunningAverage[] {RunningAverage.PYTORCH, RunningAverage.KERAS}) {
      float[] expected = {10, 20, 1, 2};
      float[] actual = expected.clone();
      computed.updateRunning(FloatSpan.of(expected, 0, 2), FloatSpan.of(expected, 2, 2), average);
      taken.updateRunning(FloatSpan.of(actual, 0, 2), FloatSpan.of(actual, 2, 2), average);
      assertArrayEquals(expected, actual);
    }
    assertThrows(IllegalArgumentException.class, () -> taken.take(sent, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> taken.take(sent, 2, 3));
    assertEquals(computed.mean(1), taken.mean(1));
  }

  /** 0 times either is NaN. */
  @Test
  void whatIsNotFiniteStaysSoEvenWithoutWeight() {
    BatchStatistics statistics = new BatchStatistics(2);
    statistics.compute(FloatMatrix.of(new float[] {1, 2, 3, 6}, 2, 2));
    FloatSpan mean = FloatSpan.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY});
    FloatSpan variance = FloatSpan.of(new float[] {1, 1});
    statistics.updateRunning(mean, variance, new RunningAverage(0.5, Variance.BIASED));
    assertEquals(Float.NaN, mean.get(0));
    assertEquals(Float.POSITIVE_INFINITY, mean.get(1));
    statistics.updateRunning(mean, variance, new RunningAverage(1, Variance.BIASED));
    assertEquals(Float.NaN, mean.get(0));
    assertEquals(Float.NaN, mean.get(1));
    assertEquals(1f, variance.get(0));
  }

  @Test
  void pytorchConverges() {
    converges(RunningAverage.PYTORCH, 300, 9);
  }

  @Test
  void kerasConverges() {
    converges(RunningAverage.KERAS, 2000, 9 * 8.0 / 9);
  }

  /**
   * From 0 and 1 to the mean of 5 and the variance of 9 from which batches of 9 are drawn, or with
   * biased estimates 8/9 of it, over 64 independent features.
   *
   * <p>Tolerance: 5 deviations. After so many steps the start counts below 10^-8. What remains is
   * the noise of the last batches, weight / (2 - weight) of the variance of one batch's estimate:
   * 9/9 of the mean, and 2/8·9² of the variance at most. The average over 64 features has an eighth
   * of that, in deviations, which tells the two estimates of the variance apart.
   */
  private static void converges(RunningAverage average, int steps, double expectedVariance) {
    Mix mix = new Mix(steps);
    BatchStatistics statistics = new BatchStatistics(FEATURES);
    FloatSpan mean = FloatSpan.zeros(FEATURES);
    float[] ones = new float[FEATURES];
    Arrays.fill(ones, 1);
    FloatSpan variance = FloatSpan.of(ones);
    FloatMatrix batch = FloatMatrix.zeros(9, FEATURES);
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < batch.array().length; i++) {
        batch.array()[i] = (float) (5 + 3 * mix.normal());
      }
      statistics.compute(batch);
      statistics.updateRunning(mean, variance, average);
    }
    double noise = Math.sqrt(average.weight() / (2 - average.weight()));
    assertNear(5, mean, noise);
    assertNear(expectedVariance, variance, noise * Math.sqrt(2 / 8.0) * 9);
    assertTrue(9.0 / 9 > 5 * noise * Math.sqrt(2 / 8.0) * 9 / 8, "the estimates are told apart");
  }

  private static void assertNear(double expected, FloatSpan running, double deviation) {
    double sum = 0;
    for (int j = 0; j < FEATURES; j++) {
      assertEquals(expected, running.get(j), 5 * deviation, "feature " + j);
      sum += running.get(j);
    }
    assertEquals(expected, sum / FEATURES, 5 * deviation / Math.sqrt(FEATURES));
  }
}
