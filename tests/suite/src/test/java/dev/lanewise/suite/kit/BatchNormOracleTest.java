package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The variants of batch normalisation; its training pass is in {@link OracleTest}. */
class BatchNormOracleTest {
  @Test
  void unbiasedVarianceByHand() {
    double[] z = {1, 5, 2, 5, 3, 8};
    assertArrayEquals(new double[] {1, 3}, BatchNormOracle.unbiasedVariance(3, 2, z), 1e-15);
    assertArrayEquals(new double[] {2.0 / 3, 2}, BatchNormOracle.variance(3, 2, z), 1e-15);
    assertEquals(Double.NaN, BatchNormOracle.unbiasedVariance(1, 1, new double[] {4})[0]);
  }

  @Test
  void inferenceGradientByHand() {
    double[] d = {1, 2, 3, 4};
    double[] gamma = {6, 10};
    double[] variance = {8, 24};
    assertArrayEquals(
        new double[] {2, 4, 6, 8}, BatchNormOracle.inferenceDz(2, 2, gamma, variance, 1, d));
  }

  @Test
  void inferenceGradientByDifferences() {
    Random random = new Random(1);
    int m = 3;
    int n = 4;
    double[] z = random.doubles((long) m * n, -3, 5).toArray();
    double[] d = random.doubles((long) m * n, -1, 2).toArray();
    double[] gamma = random.doubles(n, -2, 2).toArray();
    double[] mean = random.doubles(n, -2, 2).toArray();
    double[] variance = random.doubles(n, 0, 2).toArray();
    new GradientCheck("inference dz")
        .within(Bound.absolute(1e-8))
        .vectorJacobian(
            point -> BatchNormOracle.inference(m, n, point, gamma, gamma, mean, variance, 0.1),
            z,
            d,
            BatchNormOracle.inferenceDz(m, n, gamma, variance, 0.1, d),
            "seed=1");
  }
}
