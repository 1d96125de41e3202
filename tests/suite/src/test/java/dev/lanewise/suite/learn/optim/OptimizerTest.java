package dev.lanewise.suite.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.graph.Constant;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers follow their rules, on a session's gradients, and learn what batch norm adds. */
class OptimizerTest {
  private static final int N = 40;

  /** An optimizer and the rule that it is. */
  record Pair(Optimizer optimizer, OptimizerOracle rule) {
    @Override
    public String toString() {
      return optimizer.toString();
    }
  }

  static Stream<Pair> optimizers() {
    return Stream.of(
        new Pair(Optimizer.gradientDescent(0.05), OptimizerOracle.gradientDescent(0.05)),
        new Pair(Optimizer.momentum(0.01), OptimizerOracle.momentum(0.01, 0.9)),
        new Pair(Optimizer.nesterov(0.01, 0.8), OptimizerOracle.nesterov(0.01, 0.8)),
        new Pair(Optimizer.rmsProp(0.01), OptimizerOracle.rmsProp(0.01, 0.9, 1e-8)),
        new Pair(Optimizer.adam(0.01), OptimizerOracle.adam(0.01, 0.9, 0.999, 1e-8)),
        new Pair(Optimizer.adamW(0.01, 0.1), OptimizerOracle.adamW(0.01, 0.9, 0.999, 1e-8, 0.1)));
  }

  /** cost = ½ Σ c·w² with c from 0.1 to 4, so that the gradient is c·w. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void followsItsRule(Pair pair) {
    Variable w = Variable.weights("w", 1, N, Initializers.heNormal());
    FloatMatrix c = FloatMatrix.zeros(1, N);
    for (int j = 0; j < N; j++) {
      c.set(0, j, 0.1f * (j + 1));
    }
    Node cost = w.squared().times(Constant.of(c)).sum().times(0.5);
    Session session = Session.of(pair.optimizer.minimize(cost)).seed(1).build();
    double[] p = widen(session.value(w));
    double[][] states = new double[pair.rule.states()][N];
    for (int t = 1; t <= 50; t++) {
      session.step();
      double[] g = new double[N];
      for (int j = 0; j < N; j++) {
        g[j] = c.get(0, j) * p[j];
      }
      states = pair.rule.nextStates(t, states, p, g);
      p = pair.rule.step(t, p, g, states);
    }
    assertArrayEquals(p, widen(session.value(w)), 2e-4);
    assertEquals(pair.rule.states(), pair.optimizer.states());
  }

  private static double[] widen(FloatMatrix x) {
    double[] wide = new double[x.columns()];
    Arrays.setAll(wide, j -> x.get(0, j));
    return wide;
  }

  /** y = batch norm of x is to have mean 3 and deviation 2, which gamma and beta can give it. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void learnsGammaAndBeta(Pair pair) {
    Placeholder x = Placeholder.batch("x", 1);
    Placeholder target = Placeholder.batch("target", 1);
    Variable gamma = Variable.of("gamma", 1, 1, Initializers.constant(1));
    Variable beta = Variable.of("beta", 1, 1, Initializers.constant(0));
    RunningStatistics running = RunningStatistics.of("running", 1, RunningAverage.PYTORCH);
    Node cost = x.batchNorm(gamma, beta, running, 0).minus(target).squared().mean();
    Session session = Session.of(pair.optimizer.minimize(cost)).capacity(100).build();
    for (int step = 0; step < 600; step++) {
      FloatMatrix inputs = session.input(x, 100);
      FloatMatrix targets = session.input(target, 100);
      for (int i = 0; i < 100; i++) {
        float z = Philox.normal(1, 1, step, i);
        inputs.set(i, 0, 5 * z - 7);
        targets.set(i, 0, 2 * z + 3);
      }
      session.step();
    }
    assertEquals(2, session.value(gamma).get(0, 0), 0.3);
    assertEquals(3, session.value(beta).get(0, 0), 0.3);
  }

  @Test
  void clippingScalesTheWholeGradient() {
    Variable a = Variable.scalar("a", 0);
    Variable b = Variable.scalar("b", 0);
    Node cost = a.times(3).plus(b.times(4)); // a gradient of norm 5
    Optimizer one = Optimizer.gradientDescent(1);
    Session clipped = Session.of(one.clippedTo(0.5).minimize(cost)).build();
    clipped.step();
    assertEquals(-0.3, clipped.value(a).get(0, 0), 1e-6);
    assertEquals(-0.4, clipped.value(b).get(0, 0), 1e-6);
    Session free = Session.of(one.clippedTo(5.01).minimize(cost)).build();
    free.step();
    assertEquals(-3, free.value(a).get(0, 0));
    assertEquals(-4, free.value(b).get(0, 0));
  }

  /** Nothing is changed, and the step can be taken again with other values. */
  @Test
  void anInfiniteGradientIsNotClippedButRefused() {
    Variable w = Variable.scalar("w", 1);
    Placeholder x = Placeholder.of("x", 1, 1);
    Node cost = w.times(x);
    Session session = Session.of(Optimizer.gradientDescent(1).clippedTo(1).minimize(cost)).build();
    session.feed(x, FloatMatrix.of(new float[] {Float.POSITIVE_INFINITY}, 1, 1));
    ArithmeticException e = assertThrows(ArithmeticException.class, session::step);
    assertTrue(e.getMessage().contains("norm is Infinity"), e.getMessage());
    assertEquals(1, session.value(w).get(0, 0));
    assertEquals(0, session.steps());
    session.feed(x, FloatMatrix.of(new float[] {0.5f}, 1, 1)).step();
    assertEquals(0.5f, session.value(w).get(0, 0));
  }

  @Test
  void rateFactorsMultiplyTheRate() {
    Variable w = Variable.scalar("w", 0);
    Session session = Session.of(Optimizer.gradientDescent(0.5).minimize(w.times(1))).build();
    session.step(0.5);
    assertEquals(-0.25, session.value(w).get(0, 0));
  }

  private static void refused(Executable call, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void figuresOutOfRange() {
    refused(() -> Optimizer.gradientDescent(-1), "gradientDescent: learning rate is -1.0");
    refused(() -> Optimizer.momentum(Double.NaN), "momentum: learning rate is NaN");
    refused(() -> Optimizer.momentum(0.1, 1), "momentum: beta is 1.0");
    refused(() -> Optimizer.nesterov(0.1, -0.1), "nesterov: beta is -0.1");
    refused(() -> Optimizer.rmsProp(0.1, 0.9, -1), "rmsProp: eps is -1.0");
    refused(() -> Optimizer.rmsProp(0.1, 2, 1e-8), "rmsProp: rho is 2.0");
    refused(() -> Optimizer.adam(0.1, 0.9, 1, 1e-8), "adam: beta2 is 1.0");
    refused(() -> Optimizer.adamW(0.1, -0.5), "adamW: decay is -0.5");
    refused(() -> Optimizer.adam(Double.POSITIVE_INFINITY), "adam: learning rate is Infinity");
    refused(() -> Optimizer.adam(0.1).clippedTo(0), "clipping: norm is 0.0");
  }

  @Test
  void namesTellTheFigures() {
    assertEquals("adam(0.1, 0.9, 0.999, 1.0E-8)", Optimizer.adam(0.1).toString());
    assertEquals(
        "gradientDescent(0.5).clippedTo(2.0)",
        Optimizer.gradientDescent(0.5).clippedTo(2).toString());
  }
}
