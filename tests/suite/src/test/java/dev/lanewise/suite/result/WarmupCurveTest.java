package dev.lanewise.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.result.WarmupCurve;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WarmupCurveTest {
  /** Twenty iterations, the first so many at the first time, the others at 100 ns. */
  private static double[] fork(int cold, double first) {
    double[] nanos = new double[20];
    Arrays.fill(nanos, 100);
    Arrays.fill(nanos, 0, cold, first);
    return nanos;
  }

  @Test
  void anIterationLastsTenMillisecondsOrACall() {
    WarmupCurve curve = WarmupCurve.of("x", List.of(fork(1, 30e6)));
    assertEquals(new WarmupCurve.Point(0.030, 30e6), curve.points().get(0));
    assertEquals(new WarmupCurve.Point(0.040, 100), curve.points().get(1));
    assertEquals(20, curve.points().size());
    assertEquals(100, curve.last());
  }

  @Test
  void itIsWarmFromWhereItStaysFast() {
    WarmupCurve curve = WarmupCurve.of("x", List.of(fork(8, 1000), fork(8, 900), fork(12, 5000)));
    assertEquals(0.090, curve.settled().orElseThrow(), 1e-12, "the median of the rounds");
    assertEquals(1000, curve.points().get(0).nanos());
    double[] disturbed = fork(8, 1000);
    disturbed[14] = 1000;
    assertEquals(curve.settled(), WarmupCurve.of("x", List.of(disturbed)).settled());
    disturbed[13] = 1000;
    disturbed[12] = 1000;
    assertTrue(WarmupCurve.of("x", List.of(disturbed)).settled().orElseThrow() > 0.14);
  }

  @Test
  void nineAndElevenPerCentAreWarmAndCold() {
    assertEquals(0.010, WarmupCurve.of("x", List.of(fork(8, 109))).settled().orElseThrow());
    assertEquals(0.090, WarmupCurve.of("x", List.of(fork(8, 111))).settled().orElseThrow(), 1e-12);
  }

  @Test
  void whatIsSlowInTheEndIsNeverWarm() {
    double[] worse = fork(0, 0);
    Arrays.fill(worse, 18, 20, 200);
    assertEquals(OptionalDouble.empty(), WarmupCurve.of("x", List.of(worse)).settled());
  }
}
