package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.NetworkOracle;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** {@link NetworkOracle} by hand, and its gradients against its loss. */
class NetworkOracleTest {
  private static final GradientCheck PARAMETERS =
      new GradientCheck("network, parameters").eps(1e-5).within(tolerance());
  private static final GradientCheck INPUTS =
      new GradientCheck("network, inputs").eps(1e-5).within(tolerance());
  private static final GradientCheck DIRECTIONS =
      new GradientCheck("network, random directions").eps(1e-5).within(tolerance()).directions(20);

  private static Bound tolerance() {
    return Bound.relative(1e-7).plus(Bound.absolute(1e-9));
  }

  private static double[] normal(Random random, int length, double deviation) {
    return random.doubles(length).map(u -> deviation * random.nextGaussian()).toArray();
  }

  /** Two inputs, ReLU, one weight each way; every figure can be followed on paper. */
  @Test
  void denseAndReluByHand() {
    NetworkOracle network =
        NetworkOracle.inputs(2).dense(2, true).activation(ActivationOracle.RELU).dense(2, false);
    double[] parameters = {
      1,
      2, // W of the first layer, the row of the first input
      3,
      -4, // the row of the second
      0.5,
      1, // b
      1,
      -1,
      7,
      8 // W of the second layer
    };
    assertEquals(parameters.length, network.parameters());
    assertEquals(2, network.outputs());
    double[] x = {1, 1};
    // (1 + 3 + 0.5, 2 - 4 + 1) = (4.5, -1), of which ReLU leaves (4.5, 0).
    assertArrayEquals(new double[] {4.5, -1}, network.inputOf(1, 1, parameters, x));
    assertArrayEquals(new double[] {4.5, 0}, network.inputOf(2, 1, parameters, x));
    assertArrayEquals(new double[] {4.5, -4.5}, network.forward(1, parameters, x));
    int[] labels = {1};
    assertEquals(9 + Math.log1p(Math.exp(-9)), network.loss(1, parameters, x, labels), 1e-14);
    double a = 1 / (1 + Math.exp(-9));
    // d of the logits is (a, -a), of the hidden layer (2a, 0).
    double[] gradient = {2 * a, 0, 2 * a, 0, 2 * a, 0, 4.5 * a, -4.5 * a, 0, 0};
    assertArrayEquals(gradient, network.gradient(1, parameters, x, labels), 1e-14);
    double[] dx = {2 * a, 6 * a};
    assertArrayEquals(dx, network.inputGradient(1, parameters, x, labels), 1e-14);
  }

  /** Two samples -1 and 1 are their own zhat at eps = 0; the mean loss halves each gradient. */
  @Test
  void batchNormByHand() {
    NetworkOracle network = NetworkOracle.inputs(1).dense(2, false).batchNorm(0);
    double[] parameters = {3, -1, 2, 0.5, 0.25, -0.25};
    double[] x = {9, 11};
    double[] before = network.inputOf(1, 2, parameters, x);
    assertArrayEquals(new double[] {27, -9, 33, -11}, before);
    assertArrayEquals(new double[] {30, -10}, BatchNormOracle.mean(2, 2, before));
    assertArrayEquals(new double[] {9, 1}, BatchNormOracle.variance(2, 2, before));
    double[] logits = {-2 + 0.25, 0.5 - 0.25, 2 + 0.25, -0.5 - 0.25};
    assertArrayEquals(logits, network.forward(2, parameters, x), 1e-15);
    double first = 1 / (1 + Math.exp(2));
    double second = 1 / (1 + Math.exp(-3));
    double[] gradient = network.gradient(2, parameters, x, new int[] {0, 0});
    // d = (first - 1, 1 - first) / 2 and (second - 1, 1 - second) / 2; zhat = (-1, 1), (1, -1).
    double dgamma = (-(first - 1) + second - 1) / 2;
    double dbeta = (first - 1 + second - 1) / 2;
    assertArrayEquals(new double[] {0, 0, dgamma, dgamma, dbeta, -dbeta}, gradient, 1e-14);
  }

  /** Chains of one to three random layers behind a dense one, with their loss behind them. */
  @RepeatedTest(60)
  void gradients(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int m = 3 + random.nextInt(6);
    int inputs = 1 + random.nextInt(5);
    NetworkOracle network = NetworkOracle.inputs(inputs);
    for (int block = 1 + random.nextInt(3); block > 0; block--) {
      network = network.dense(2 + random.nextInt(5), random.nextBoolean());
      network =
          switch (random.nextInt(3)) {
            case 0 -> network.batchNorm(0.1);
            case 1 -> network.layerNorm(0.1);
            default -> network;
          };
      network =
          switch (random.nextInt(4)) {
            case 0 -> network.activation(ActivationOracle.RELU);
            case 1 -> network.activation(ActivationOracle.TANH);
            case 2 -> network.activation(ActivationOracle.SOFTPLUS);
            default -> network;
          };
    }
    NetworkOracle chain = network.dense(2 + random.nextInt(3), true);
    double[] parameters = normal(random, chain.parameters(), 0.7);
    double[] x = normal(random, m * inputs, 1);
    int[] labels = random.ints(m, 0, chain.outputs()).toArray();
    double[] gradient = chain.gradient(m, parameters, x, labels);
    String context = "seed=" + seed;
    PARAMETERS.gradient(p -> chain.loss(m, p, x, labels), parameters, gradient, context);
    DIRECTIONS.seed(seed).gradient(p -> chain.loss(m, p, x, labels), parameters, gradient, context);
    INPUTS.gradient(
        p -> chain.loss(m, parameters, p, labels),
        x,
        chain.inputGradient(m, parameters, x, labels),
        context);
  }

  /** The network of the digits, in random directions: a loss takes a few milliseconds. */
  @Test
  void digits() {
    NetworkOracle network =
        NetworkOracle.inputs(64)
            .dense(128, false)
            .batchNorm(1e-5)
            .activation(ActivationOracle.RELU)
            .dense(128, false)
            .batchNorm(1e-5)
            .activation(ActivationOracle.RELU)
            .dense(10, true);
    assertEquals(64 * 128 + 256 + 128 * 128 + 256 + 1290, network.parameters());
    Random random = new Random(11);
    int m = 64;
    double[] parameters = normal(random, network.parameters(), 0.1);
    double[] x = normal(random, m * 64, 1);
    int[] labels = random.ints(m, 0, 10).toArray();
    double[] gradient =
        assertTimeout(
            Duration.ofSeconds(5), () -> network.gradient(m, parameters, x, labels), "gradient");
    GradientCheck check = new GradientCheck("digits").within(tolerance()).directions(10).seed(1);
    check.gradient(p -> network.loss(m, p, x, labels), parameters, gradient, "seed=11");
    System.out.println(check);
    double[] wrong = gradient.clone();
    wrong[64 * 128 + 3] += 1e-4;
    assertThrows(
        AssertionError.class,
        () -> check.gradient(p -> network.loss(m, p, x, labels), parameters, wrong, "seed=11"));
  }

  @Test
  void misfitsAreNamed() {
    NetworkOracle network = NetworkOracle.inputs(2).dense(3, true);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network.forward(1, new double[8], new double[2]))
            .getMessage();
    assertEquals("NetworkOracle: parameters has 8 elements, expected 9", message);
    assertThrows(
        IllegalArgumentException.class, () -> network.forward(1, new double[9], new double[3]));
    assertThrows(
        IndexOutOfBoundsException.class, () -> network.inputOf(2, 1, new double[9], new double[2]));
    assertThrows(IllegalArgumentException.class, () -> NetworkOracle.inputs(0));
    assertThrows(IllegalArgumentException.class, () -> network.dense(0, true));
    double[] x = {1, 2};
    assertArrayEquals(x, NetworkOracle.inputs(2).forward(1, new double[0], x));
  }

  @AfterAll
  static void printWorst() {
    for (GradientCheck check : new GradientCheck[] {PARAMETERS, INPUTS, DIRECTIONS}) {
      assertTrue(check.worstShare() > 0, check::toString);
      System.out.println(check);
    }
  }
}
