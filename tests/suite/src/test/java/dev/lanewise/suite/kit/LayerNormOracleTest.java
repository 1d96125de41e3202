package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LayerNormOracleTest {
  private static final String SEED = "the number of the repetition is the seed";
  private static final double EPS = 1e-3;

  private static double[] transposed(int m, int n, double[] x) {
    double[] t = new double[x.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        t[j * m + i] = x[i * n + j];
      }
    }
    return t;
  }

  private static GradientCheck within(double error) {
    return new GradientCheck("layer norm").within(Bound.absolute(error));
  }

  /** Rows (1, 3) and (2, 10): means 2 and 6, variances 1 and 16; eps = 3 and 9 give whole roots. */
  @Test
  void byHand() {
    double[] x = {1, 3, 2, 10};
    double[] gamma = {2, 4};
    double[] beta = {10, 20};
    assertArrayEquals(new double[] {2, 6}, LayerNormOracle.mean(2, 2, x));
    assertArrayEquals(new double[] {1, 16}, LayerNormOracle.variance(2, 2, x));
    double[] first = LayerNormOracle.forward(1, 2, new double[] {1, 3}, gamma, beta, 3);
    assertArrayEquals(new double[] {9, 22}, first);
    double[] second = LayerNormOracle.forward(1, 2, new double[] {2, 10}, gamma, beta, 9);
    assertArrayEquals(new double[] {8.4, 23.2}, second, 1e-14);
  }

  /** xhat = (-1/2, 1/2), g = (2, 8), mean of g 5, of g·xhat 3/2: dx = (-3 + 3/4, 3 - 3/4) / 2. */
  @Test
  void gradientsByHand() {
    double[] x = {1, 3};
    double[] d = {1, 2};
    double[] gamma = {2, 4};
    assertArrayEquals(
        new double[] {-1.125, 1.125}, LayerNormOracle.dx(1, 2, x, gamma, 3, d), 1e-15);
    assertArrayEquals(new double[] {-0.5, 1}, LayerNormOracle.dgamma(1, 2, x, 3, d));
    double[] twice = {1, 2, 10, 20};
    assertArrayEquals(new double[] {11, 22}, LayerNormOracle.dbeta(2, 2, twice));
  }

  @RepeatedTest(20)
  void differences(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(6);
    double[] x = random.doubles((long) m * n, -3, 5).toArray();
    double[] d = random.doubles((long) m * n, -1, 2).toArray();
    double[] gamma = random.doubles(n, -2, 2).toArray();
    double[] beta = random.doubles(n, -2, 2).toArray();
    within(1e-6)
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, p, gamma, beta, EPS),
            x,
            d,
            LayerNormOracle.dx(m, n, x, gamma, EPS, d),
            SEED);
    within(1e-8)
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, x, p, beta, EPS),
            gamma,
            d,
            LayerNormOracle.dgamma(m, n, x, EPS, d),
            SEED);
    within(1e-8)
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, x, gamma, p, EPS),
            beta,
            d,
            LayerNormOracle.dbeta(m, n, d),
            SEED);
  }

  @RepeatedTest(10)
  void isBatchNormOfTheTransposed(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(9);
    int n = 1 + random.nextInt(9);
    double[] x = random.doubles((long) m * n, 90, 110).toArray();
    double[] d = random.doubles((long) m * n, -1, 1).toArray();
    double[] t = transposed(m, n, x);
    double[] dt = transposed(m, n, d);
    double[] onesN = new double[n];
    double[] onesM = new double[m];
    Arrays.fill(onesN, 1);
    Arrays.fill(onesM, 1);
    assertArrayEquals(
        transposed(n, m, BatchNormOracle.forward(n, m, t, onesM, new double[m], EPS)),
        LayerNormOracle.forward(m, n, x, onesN, new double[n], EPS),
        1e-12);
    assertArrayEquals(
        transposed(n, m, BatchNormOracle.dz(n, m, t, onesM, EPS, dt)),
        LayerNormOracle.dx(m, n, x, onesN, EPS, d),
        1e-11);
  }

  @Test
  void farFromZero() {
    double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 3};
    assertEquals(2.0 / 3, LayerNormOracle.variance(1, 3, x)[0], 1e-15);
  }

  @Test
  void specialAndEmptyRows() {
    double[] x = {1, Double.NaN, Double.POSITIVE_INFINITY, 1, 5, 5};
    double[] gamma = {1, 1};
    double nan = Double.NaN;
    assertArrayEquals(
        new double[] {nan, nan, nan, nan, 1, 1},
        LayerNormOracle.forward(3, 2, x, gamma, gamma, EPS));
    assertEquals(0, LayerNormOracle.forward(0, 2, new double[0], gamma, gamma, EPS).length);
    assertTrue(Double.isNaN(LayerNormOracle.mean(1, 0, new double[0])[0]));
    assertThrows(IllegalArgumentException.class, () -> LayerNormOracle.mean(2, 2, gamma));
  }
}
