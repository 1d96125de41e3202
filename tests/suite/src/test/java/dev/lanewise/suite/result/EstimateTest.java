package dev.lanewise.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.result.Estimate;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  /** 1 to n, backwards; the ranks and probabilities are those of tables of the sign test. */
  @ParameterizedTest
  @CsvSource({
    "1,   1,    1,  1, 0",
    "2,   1.5,  1,  2, 0.5",
    "5,   3,    1,  5, 0.9375",
    "6,   3.5,  1,  6, 0.96875",
    "8,   4.5,  1,  8, 0.9921875",
    "9,   5,    2,  8, 0.9609375",
    "12,  6.5,  3, 10, 0.96142578125",
    "20, 10.5,  6, 15, 0.958610534667969",
  })
  void ranks(int n, double median, double low, double high, double confidence) {
    double[] values = IntStream.range(0, n).mapToDouble(i -> n - i).toArray();
    Estimate estimate = Estimate.of(values);
    assertEquals(median, estimate.median());
    assertEquals(low, estimate.low());
    assertEquals(high, estimate.high());
    assertEquals(confidence, estimate.confidence(), 1e-12);
    assertEquals(n, estimate.count());
    assertEquals(n >= 5, estimate.isInterval());
  }

  /** Of a skewed distribution with median 1: as often as it says, the interval holds it. */
  @Test
  void theIntervalHoldsTheMedianAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    int tries = 20_000;
    for (int i = 0; i < tries; i++) {
      double[] values = new double[9];
      for (int j = 0; j < values.length; j++) {
        values[j] = Math.exp(2 * random.nextGaussian());
      }
      Estimate estimate = Estimate.of(values);
      held += estimate.low() <= 1 && 1 <= estimate.high() ? 1 : 0;
    }
    assertEquals(0.9609, (double) held / tries, 0.005);
  }

  @Test
  void withoutValuesThereIsNone() {
    assertThrows(IllegalArgumentException.class, Estimate::of);
  }

  /** Of 100 in 2 to 5 seconds: the ends change places. */
  @Test
  void theSpeedOfTheLongestTimeIsTheLowest() {
    Estimate times = Estimate.of(2, 5, 4, 2.5, 4);
    assertEquals(new Estimate(25, 20, 50, times.confidence(), 5), times.speed(100));
  }
}
