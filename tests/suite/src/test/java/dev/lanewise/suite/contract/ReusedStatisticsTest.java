package dev.lanewise.suite.contract;

import static dev.lanewise.suite.engine.Views.matrix;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statistics keep nothing of the batch that they held before. */
class ReusedStatisticsTest {
  private static final int FEATURES = 19;

  @ParameterizedTest
  @EnumSource(names = {"DENSE", "STRIDED"})
  void statisticsOfAnEarlierBatchAreGone(Layout layout) {
    Mix mix = new Mix(5);
    FloatMatrix earlier = matrix(layout.operand(70, FEATURES, Values.NON_FINITE, mix));
    FloatMatrix batch = matrix(layout.operand(67, FEATURES, Values.ORDINARY, mix));
    BatchStatistics reused = new BatchStatistics(FEATURES);
    forward(earlier, reused);
    forward(batch, reused);
    BatchStatistics fresh = new BatchStatistics(FEATURES);
    forward(batch, fresh);
    for (int j = 0; j < FEATURES; j++) {
      assertEquals(fresh.mean(j), reused.mean(j));
      assertEquals(fresh.variance(j), reused.variance(j));
    }
  }

  private static void forward(FloatMatrix x, BatchStatistics statistics) {
    FloatSpan gamma = FloatSpan.zeros(FEATURES);
    FloatMatrix y = FloatMatrix.zeros(x.rows(), FEATURES);
    new BatchNorm(gamma, gamma, 0).forward(x, statistics, y); // eps = 0 is accepted
  }
}
