package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RmsNormOracleTest {
  private static final String SEED = "the number of the repetition is the seed";

  private static GradientCheck within(double error) {
    return new GradientCheck("RMS norm").within(Bound.absolute(error));
  }

  /** Rows (1, 7) and (3, 1) have mean squares 25 and 5, eps = 11 and 4 whole roots 6 and 3. */
  @Test
  void byHand() {
    double[] gamma = {6, 3};
    double[] first = RmsNormOracle.forward(1, 2, new double[] {1, 7}, gamma, 11);
    assertArrayEquals(new double[] {1, 3.5}, first, 1e-15);
    double[] second = RmsNormOracle.forward(1, 2, new double[] {3, 1}, gamma, 4);
    assertArrayEquals(new double[] {6, 1}, second, 1e-15);
  }

  /** xhat = (1, 1/3), g = (6, 9), mean of g·xhat 9/2: dx = (6 - 9/2, 9 - 3/2) / 3. */
  @Test
  void gradientsByHand() {
    double[] x = {3, 1};
    double[] d = {1, 3};
    double[] gamma = {6, 3};
    assertArrayEquals(new double[] {0.5, 2.5}, RmsNormOracle.dx(1, 2, x, gamma, 4, d), 1e-15);
    assertArrayEquals(new double[] {1, 1}, RmsNormOracle.dgamma(1, 2, x, 4, d), 1e-15);
  }

  @RepeatedTest(20)
  void differences(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(6);
    double eps = 0.01;
    double[] x = random.doubles((long) m * n, -3, 5).toArray();
    double[] d = random.doubles((long) m * n, -1, 2).toArray();
    double[] gamma = random.doubles(n, -2, 2).toArray();
    within(1e-7)
        .vectorJacobian(
            p -> RmsNormOracle.forward(m, n, p, gamma, eps),
            x,
            d,
            RmsNormOracle.dx(m, n, x, gamma, eps, d),
            SEED);
    within(1e-8)
        .vectorJacobian(
            p -> RmsNormOracle.forward(m, n, x, p, eps),
            gamma,
            d,
            RmsNormOracle.dgamma(m, n, x, eps, d),
            SEED);
  }

  /** Where the mean is 0, the mean square is the variance. */
  @Test
  void isLayerNormOfCentredRows() {
    double[] x = {-1, 3, -2, 4, 0, -4};
    double[] gamma = {1, 2, 3};
    assertArrayEquals(
        LayerNormOracle.forward(2, 3, x, gamma, new double[3], 0.5),
        RmsNormOracle.forward(2, 3, x, gamma, 0.5),
        1e-15);
  }

  @Test
  void specialAndEmptyRows() {
    double nan = Double.NaN;
    double[] x = {1, nan, Double.POSITIVE_INFINITY, 1, 0, 0};
    double[] gamma = {1, 1};
    assertArrayEquals(
        new double[] {nan, nan, nan, 0, 0, 0}, RmsNormOracle.forward(3, 2, x, gamma, 1e-3));
    assertArrayEquals(new double[0], RmsNormOracle.forward(0, 2, new double[0], gamma, 1e-3));
    assertThrows(
        IllegalArgumentException.class, () -> RmsNormOracle.forward(2, 2, gamma, gamma, 1));
  }
}
