package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Log-softmax, and cross-entropy against distributions. */
class ProbabilityOracleTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final String SEED = "the number of the repetition is the seed";
  private static final double TOLERANCE = 1e-8;

  @Test
  void logSoftmaxByHand() {
    double[] z = {Math.log(1), Math.log(2), Math.log(5)};
    double[] expected = {Math.log(0.125), Math.log(0.25), Math.log(0.625)};
    assertArrayEquals(expected, SoftmaxOracle.logForward(1, 3, z), 1e-15);
  }

  @Test
  void logSoftmaxKeepsItsDigits() {
    double tiny = Math.exp(-60);
    double[] apart = SoftmaxOracle.logForward(1, 2, new double[] {60, 0});
    assertEquals(-tiny, apart[0], 1e-15 * tiny);
    assertEquals(-60, apart[1]);
    double[] far = SoftmaxOracle.logForward(1, 2, new double[] {1e6, -1e6});
    assertArrayEquals(new double[] {0, -2e6}, far);
  }

  @Test
  void logSoftmaxOfSpecialRows() {
    double[] masked = {0, -INFINITY};
    assertArrayEquals(masked, SoftmaxOracle.logForward(1, 2, masked));
    double[][] rows = {{-INFINITY, -INFINITY}, {INFINITY, 0}, {0, NAN}, {NAN, 0}};
    for (double[] row : rows) {
      assertArrayEquals(new double[] {NAN, NAN}, SoftmaxOracle.logForward(1, 2, row));
    }
    assertEquals(0, SoftmaxOracle.logForward(2, 0, new double[0]).length);
  }

  @Test
  void impossibleClassesWithoutATargetTakeNoPart() {
    double[] z = {0, -INFINITY, 0};
    double[] half = {0.5, 0, 0.5};
    assertEquals(Math.log(2), CrossEntropyOracle.losses(1, 3, z, half)[0], 1e-15);
    double[] impossible = {0.5, 0.5, 0};
    assertEquals(INFINITY, CrossEntropyOracle.losses(1, 3, z, impossible)[0]);
    double[] nan = {0, NAN, 0};
    assertEquals(NAN, CrossEntropyOracle.losses(1, 3, nan, half)[0]);
    assertThrows(
        IllegalArgumentException.class, () -> CrossEntropyOracle.gradient(1, 3, z, new double[2]));
  }

  @RepeatedTest(30)
  void gradientsByDifferences(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = random.doubles((long) m * n, -4, 4).toArray();
    double[] d = random.doubles((long) m * n, -1, 1).toArray();
    double[] a = SoftmaxOracle.forward(m, n, z);
    GradientCheck check = new GradientCheck("oracle").within(Bound.absolute(TOLERANCE));
    check.vectorJacobian(
        x -> SoftmaxOracle.logForward(m, n, x), z, d, SoftmaxOracle.logBackward(m, n, a, d), SEED);
    double[] y = SoftmaxOracle.forward(m, n, d);
    check.gradient(
        x -> CrossEntropyOracle.mean(m, n, x, y), z, CrossEntropyOracle.gradient(m, n, z, y), SEED);
  }

  @RepeatedTest(30)
  void aLabelIsADistribution(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = random.doubles((long) m * n, -4, 4).toArray();
    int[] labels = random.ints(m, 0, n).toArray();
    double[] y = new double[m * n];
    for (int i = 0; i < m; i++) {
      y[i * n + labels[i]] = 1;
    }
    assertArrayEquals(
        CrossEntropyOracle.losses(m, n, z, labels), CrossEntropyOracle.losses(m, n, z, y), 1e-14);
    assertArrayEquals(
        CrossEntropyOracle.gradient(m, n, z, labels),
        CrossEntropyOracle.gradient(m, n, z, y),
        1e-15);
  }
}
