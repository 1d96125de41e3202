package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.testkit.CentralDifferences;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.ReluOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Each oracle's backward pass against central differences of its forward pass, both in double. */
class OracleGradientTest {
  private static final double EPS = 1e-3;

  /** The rounding of a difference is 10^-10 per unit of the function, which is of order 10. */
  private static final double TOLERANCE = 1e-8;

  /** Variances as small as EPS, for two rows, raise third derivatives to 10^5. */
  private static final double STATISTICS_TOLERANCE = 1e-6;

  private static double[] normal(Random random, int length, double mean, double deviation) {
    return random.doubles(length).map(u -> mean + deviation * random.nextGaussian()).toArray();
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** The gradient of Σ d·f by differences. */
  private static double[] gradient(double[] d, UnaryOperator<double[]> f, double[] x) {
    return CentralDifferences.gradient(point -> dot(d, f.apply(point)), x);
  }

  @RepeatedTest(30)
  void softmax(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = normal(random, m * n, 0, 2);
    double[] d = normal(random, m * n, 0, 1);
    double[] a = SoftmaxOracle.forward(m, n, z);
    assertArrayEquals(
        gradient(d, x -> SoftmaxOracle.forward(m, n, x), z),
        SoftmaxOracle.backward(m, n, a, d),
        TOLERANCE);
    double[] row = Arrays.copyOf(z, n);
    assertArrayEquals(
        CentralDifferences.jacobian(x -> SoftmaxOracle.forward(1, n, x), row),
        SoftmaxOracle.jacobian(SoftmaxOracle.forward(1, n, row)),
        TOLERANCE);
  }

  @RepeatedTest(30)
  void crossEntropy(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = normal(random, m * n, 0, 2);
    int[] labels = random.ints(m, 0, n).toArray();
    assertArrayEquals(
        CentralDifferences.gradient(x -> CrossEntropyOracle.mean(m, n, x, labels), z),
        CrossEntropyOracle.gradient(m, n, z, labels),
        TOLERANCE);
  }

  @RepeatedTest(30)
  void batchNorm(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 2 + random.nextInt(6);
    int n = 1 + random.nextInt(5);
    double[] z = normal(random, m * n, 3, 1.5);
    double[] d = normal(random, m * n, 0, 1);
    double[] gamma = normal(random, n, 1, 1);
    double[] beta = normal(random, n, 0, 1);
    assertArrayEquals(
        gradient(d, x -> BatchNormOracle.forward(m, n, x, gamma, beta, EPS), z),
        BatchNormOracle.dz(m, n, z, gamma, EPS, d),
        STATISTICS_TOLERANCE);
    assertArrayEquals(
        gradient(d, x -> BatchNormOracle.forward(m, n, z, x, beta, EPS), gamma),
        BatchNormOracle.dgamma(m, n, z, EPS, d),
        TOLERANCE);
    assertArrayEquals(
        gradient(d, x -> BatchNormOracle.forward(m, n, z, gamma, x, EPS), beta),
        BatchNormOracle.dbeta(m, n, d),
        TOLERANCE);
  }

  @Test
  void reluAwayFromItsKink() {
    Random random = new Random(1);
    double[] x = normal(random, 50, 0, 1);
    Arrays.setAll(x, i -> x[i] + Math.copySign(0.1, x[i]));
    double[] d = normal(random, 50, 0, 1);
    assertArrayEquals(gradient(d, ReluOracle::forward, x), ReluOracle.backward(x, d), TOLERANCE);
  }
}
