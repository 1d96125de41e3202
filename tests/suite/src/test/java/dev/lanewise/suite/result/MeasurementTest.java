package dev.lanewise.suite.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.result.Measurement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Map<String, String> SHAPE = Map.of("shape", "5x7");

  private static double[] row(double... nanos) {
    return nanos;
  }

  @Test
  void aRoundIsTheMedianOfItsIterationsAndTheTimeThatOfTheRounds() {
    Measurement measurement =
        Measured.of(
            "ReluBenchmark", "naive", SHAPE, row(3, 1, 100), row(5, 4, 6), row(90, 9, 8, 10));
    assertEquals(Map.of(1, 3.0, 2, 5.0, 3, 9.5), measurement.rounds());
    assertEquals(5, measurement.time().median());
    assertEquals(1, measurement.best());
    assertArrayEquals(row(5, 4, 6), measurement.nanos().get(1));
  }

  @Test
  void theKeySaysWhatWasMeasured() {
    Measurement.Key key =
        Measured.of("ReluBenchmark", "naive", SHAPE, 2, new int[] {1}, row(1)).key();
    assertEquals("ReluBenchmark.naive shape=5x7 threads=2", key.toString());
    assertEquals("ReluBenchmark", key.benchmark());
    assertEquals("naive", key.method());
  }

  /** Medians of 10 and 4 would give 2.5; round by round it is 2, 2 and 5. */
  @Test
  void aRatioIsTheMedianOfTheRatiosOfRounds() {
    Measurement slow = Measured.of("ReluBenchmark", "naive", SHAPE, row(10), row(4), row(50));
    Measurement fast = Measured.of("ReluBenchmark", "scalar", SHAPE, row(5), row(2), row(10));
    assertEquals(2, slow.ratioTo(fast).median());
    assertEquals(2, slow.ratioTo(fast).low());
    assertEquals(5, slow.ratioTo(fast).high());
  }

  @Test
  void onlyRoundsOfBothCount() {
    int[] later = {2, 3};
    Measurement slow = Measured.of("ReluBenchmark", "naive", SHAPE, row(10), row(4));
    Measurement fast = Measured.of("ReluBenchmark", "scalar", SHAPE, 1, later, row(1), row(7));
    assertEquals(4, slow.ratioTo(fast).median());
    assertEquals(1, slow.ratioTo(fast).count());
    Measurement elsewhere = Measured.of("ReluBenchmark", "scalar", SHAPE, 1, new int[] {9}, row(1));
    assertThrows(IllegalArgumentException.class, () -> slow.ratioTo(elsewhere));
  }
}
