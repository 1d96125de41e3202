package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.vector.VectorBatchNorm;
import dev.lanewise.kernels.internal.vector.VectorBatchNormSums;
import dev.lanewise.kernels.internal.vector.VectorColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Extents next to 2^31, where counters of blocks would wrap around: without elements, or of one.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HugeExtentsTest {
  private static final int HUGE = Integer.MAX_VALUE;

  private static final FloatMatrix NO_COLUMNS = FloatMatrix.of(new float[0], 0, HUGE, 0, 0, 1);

  private static final FloatSpan NONE = FloatSpan.zeros(0);

  @Test
  void batchNormWithoutFeatures() {
    BatchStatistics statistics = new BatchStatistics(0);
    for (BatchNorm norm :
        new BatchNorm[] {new BatchNorm(NONE, NONE, 1), new BatchNorm(NONE, NONE, 1).relu()}) {
      norm.forward(NO_COLUMNS, statistics, NO_COLUMNS);
      assertEquals(HUGE, statistics.samples());
      norm.backward(NO_COLUMNS, NO_COLUMNS, statistics, NO_COLUMNS, NONE, NONE);
      norm.inference(NO_COLUMNS, NONE, NONE, NO_COLUMNS);
      norm.inferenceBackward(NO_COLUMNS, NO_COLUMNS, NONE, NONE, NO_COLUMNS, NONE, NONE);
    }
  }

  @Test
  void standardizeWithoutFeatures() {
    Standardize standardize = new Standardize(0, 1);
    standardize.fit(NO_COLUMNS);
    standardize.fit(NO_COLUMNS);
    assertEquals(2L * HUGE, standardize.samples());
    standardize.apply(NO_COLUMNS, NO_COLUMNS);
  }

  @Test
  void rowNormsWithoutColumns() {
    LayerNorm layer = new LayerNorm(NONE, NONE, 1);
    layer.forward(NO_COLUMNS, NO_COLUMNS);
    layer.backward(NO_COLUMNS, NO_COLUMNS, NO_COLUMNS, NONE, NONE);
    RmsNorm rms = new RmsNorm(NONE, 1);
    rms.forward(NO_COLUMNS, NO_COLUMNS);
    rms.backward(NO_COLUMNS, NO_COLUMNS, NO_COLUMNS, NONE);
  }

  @Test
  void sumsOfNoColumns() {
    Reduce.columns(Reduction.SUM, NO_COLUMNS, NONE);
  }

  /** The passes themselves, whose callers ask for none without columns. */
  @Test
  void countersOfChunksEnd() {
    float[] x = {};
    double[] d = {};
    VectorColumns.dots(HUGE, 0, x, 0, 0, x, 0, 0, d);
    VectorColumns.merge(0, HUGE, 0, x, 0, 0, d, d);
    VectorBatchNormSums.gradientSums(false, HUGE, 0, x, 0, 0, x, 0, 0, x, x, x, 0, d, d);
    VectorBatchNorm.normalise(false, HUGE, 0, x, 0, 0, x, x, x, x, 0, 0);
  }

  /** One element seen 2^31 - 1 times: the last block of the row reaches next to the end. */
  @Test
  void statisticsOfOneElementSeenManyTimes() {
    BatchStatistics statistics = new BatchStatistics(1);
    statistics.compute(FloatBatch.of(new float[] {0.1f}, 0, 1, 0, 1, HUGE, 0, 0));
    assertEquals(HUGE, statistics.samples());
    assertEquals(0.1f, statistics.mean(0));
    assertEquals(0.0, statistics.variance(0));
  }

  /** An int that has wrapped around would else become an array that is too short. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31, 5L << 30, Long.MIN_VALUE})
  void workSpaceBeyondAnArrayIsRefused(long length) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Scratch.floats(length)).getMessage();
    assertTrue(message.startsWith("work space of " + length + " elements"), message);
    int negative = (int) Math.max(length, Integer.MIN_VALUE);
    if (negative < 0) {
      assertThrows(IllegalArgumentException.class, () -> Scratch.floats(negative));
      assertThrows(IllegalArgumentException.class, () -> Scratch.doubles(negative));
    }
  }
}
