package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Each oracle's backward pass against central differences of its forward pass, both in double. */
class OracleGradientTest {
  private static final double EPS = 1e-3;
  private static final String SEED = "the number of the repetition is the seed";

  /** The rounding of a difference is 10^-10 per unit of the function, which is of order 10. */
  private static final double TOLERANCE = 1e-8;

  /** Variances as small as EPS, for two rows, raise third derivatives to 10^5. */
  private static final double STATISTICS_TOLERANCE = 1e-6;

  private static double[] normal(Random random, int length, double mean, double deviation) {
    return random.doubles(length).map(u -> mean + deviation * random.nextGaussian()).toArray();
  }

  private static GradientCheck check(double tolerance) {
    return new GradientCheck("oracle backward").within(Bound.absolute(tolerance));
  }

  @RepeatedTest(30)
  void softmax(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = normal(random, m * n, 0, 2);
    double[] d = normal(random, m * n, 0, 1);
    double[] a = SoftmaxOracle.forward(m, n, z);
    check(TOLERANCE)
        .vectorJacobian(
            x -> SoftmaxOracle.forward(m, n, x), z, d, SoftmaxOracle.backward(m, n, a, d), SEED);
    double[] row = Arrays.copyOf(z, n);
    double[] jacobian = SoftmaxOracle.jacobian(SoftmaxOracle.forward(1, n, row));
    check(TOLERANCE).jacobian(x -> SoftmaxOracle.forward(1, n, x), row, jacobian, SEED);
  }

  @RepeatedTest(30)
  void crossEntropy(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int m = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(7);
    double[] z = normal(random, m * n, 0, 2);
    int[] labels = random.ints(m, 0, n).toArray();
    double[] gradient = CrossEntropyOracle.gradient(m, n, z, labels);
    check(TOLERANCE).gradient(x -> CrossEntropyOracle.mean(m, n, x, labels), z, gradient, SEED);
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
    double[] dz = BatchNormOracle.dz(m, n, z, gamma, EPS, d);
    double[] dgamma = BatchNormOracle.dgamma(m, n, z, EPS, d);
    double[] dbeta = BatchNormOracle.dbeta(m, n, d);
    check(STATISTICS_TOLERANCE)
        .vectorJacobian(x -> BatchNormOracle.forward(m, n, x, gamma, beta, EPS), z, d, dz, SEED);
    GradientCheck check = check(TOLERANCE);
    check.vectorJacobian(
        x -> BatchNormOracle.forward(m, n, z, x, beta, EPS), gamma, d, dgamma, SEED);
    check.vectorJacobian(
        x -> BatchNormOracle.forward(m, n, z, gamma, x, EPS), beta, d, dbeta, SEED);
  }

  /** Half of the inputs are 0, where the slopes are 0 and d. */
  @Test
  void relu() {
    Random random = new Random(1);
    double[] x = normal(random, 50, 0, 1);
    Arrays.fill(x, 25, 50, 0);
    double[] d = normal(random, 50, 0, 1);
    GradientCheck.Report report =
        check(TOLERANCE)
            .vectorJacobian(
                ActivationOracle.RELU::forward, x, d, ActivationOracle.RELU.backward(x, d), SEED);
    assertEquals(25, report.kinks().size());
  }
}
