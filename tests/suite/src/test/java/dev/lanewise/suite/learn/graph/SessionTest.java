package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Training;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a session computes and keeps. */
class SessionTest {
  private static final Placeholder X = Placeholder.batch("x", 3);
  private static final ClassLabels Y = ClassLabels.of("y");

  private static FloatMatrix random(int m, int n, int purpose) {
    FloatMatrix x = FloatMatrix.zeros(m, n);
    for (int i = 0; i < m * n; i++) {
      x.array()[i] = Philox.normal(5, purpose, 0, i);
    }
    return x;
  }

  private static float[] elements(FloatMatrix x) {
    float[] elements = new float[x.rows() * x.columns()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = x.get(i / x.columns(), i % x.columns());
    }
    return elements;
  }

  private static void refused(Executable call, String words) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void parabola() {
    Variable w = Variable.scalar("w", 0);
    Node cost = w.squared().minus(w.times(10)).plus(25);
    Training train = Optimizer.gradientDescent(0.01).minimize(cost);
    Session session = Session.of(train).build();
    for (int i = 0; i < 1000; i++) {
      session.step();
    }
    assertEquals(5, session.value(w).get(0, 0), 2e-5);
    assertEquals(1000, session.steps());
    assertEquals(0, session.run(Mode.INFERENCE, cost).get(0, 0), 1e-5);
  }

  @Test
  void parabolaWithFedCoefficients() {
    Variable w = Variable.scalar("w", 0);
    Placeholder x = Placeholder.of("x", 1, 3);
    Node cost = x.column(0).times(w.squared()).plus(x.column(1).times(w)).plus(x.column(2));
    Session session = Session.of(Optimizer.gradientDescent(0.01).minimize(cost)).build();
    FloatMatrix coefficients = FloatMatrix.of(new float[] {1, -10, 25}, 1, 3);
    for (int i = 0; i < 1000; i++) {
      session.feed(x, coefficients);
      session.step();
    }
    assertEquals(5, session.value(w).get(0, 0), 2e-5);
  }

  @Test
  void aStepReturnsTheCostBeforeIt() {
    Variable w = Variable.scalar("w", 3);
    Session session = Session.of(Optimizer.gradientDescent(0.5).minimize(w.squared())).build();
    assertEquals(9, session.step());
    assertEquals(0, session.value(w).get(0, 0));
    session.value(w).set(0, 0, 2);
    assertEquals(4, session.step(0));
    assertEquals(2, session.value(w).get(0, 0));
    assertEquals(4, session.gradient(w).get(0, 0));
  }

  @Test
  void batchNormTrainsByTheBatchAndInfersByRunningStatistics() {
    RunningAverage half = new RunningAverage(0.5, RunningAverage.Variance.BIASED);
    RunningStatistics running = RunningStatistics.of("running", 3, half);
    Variable gamma = Variable.of("gamma", 1, 3, Initializers.constant(2));
    Variable beta = Variable.of("beta", 1, 3, Initializers.constant(1));
    Node y = X.batchNorm(gamma, beta, running, 1e-5);
    Session session =
        Session.of(Optimizer.gradientDescent(0).minimize(y.sum())).outputs(y).capacity(6).build();
    FloatMatrix x = random(6, 3, 1);
    session.feed(X, x);
    double[] wide = new double[18];
    for (int i = 0; i < 18; i++) {
      wide[i] = x.array()[i];
    }
    double[] two = {2, 2, 2};
    double[] one = {1, 1, 1};
    double[] expected = BatchNormOracle.forward(6, 3, wide, two, one, 1e-5);
    float[] trained = elements(session.run(Mode.TRAINING, y));
    for (int i = 0; i < 18; i++) {
      assertEquals(expected[i], trained[i], 1e-5);
    }
    assertEquals(0, session.tensors().get("running.mean").get(0, 1), "a run moves nothing");
    session.step();
    double[] mean = BatchNormOracle.mean(6, 3, wide);
    double[] variance = BatchNormOracle.variance(6, 3, wide);
    for (int j = 0; j < 3; j++) {
      mean[j] *= 0.5;
      variance[j] = 0.5 + 0.5 * variance[j];
      assertEquals(mean[j], session.tensors().get("running.mean").get(0, j), 1e-6);
      assertEquals(variance[j], session.tensors().get("running.variance").get(0, j), 1e-6);
    }
    expected = BatchNormOracle.inference(6, 3, wide, two, one, mean, variance, 1e-5);
    float[] inferred = elements(session.run(Mode.INFERENCE, y));
    for (int i = 0; i < 18; i++) {
      assertEquals(expected[i], inferred[i], 1e-5);
    }
  }

  @Test
  void dropoutDropsInTrainingAlone() {
    Placeholder wide = Placeholder.batch("wide", 1000);
    Node y = wide.dropout(0.25);
    Session session = Session.of(y).capacity(10).seed(3).build();
    FloatMatrix x = random(10, 1000, 2);
    session.feed(wide, x);
    assertArrayEquals(x.array(), elements(session.run(Mode.INFERENCE, y)));
    int dropped = 0;
    float[] trained = elements(session.run(Mode.TRAINING, y));
    for (int i = 0; i < trained.length; i++) {
      dropped += trained[i] == 0 ? 1 : 0;
      assertTrue(trained[i] == 0 || Math.abs(trained[i] - x.array()[i] / 0.75f) < 1e-6);
    }
    assertEquals(2500, dropped, 200);
  }

  /** Each step drops others, and the gradient passes where the value did. */
  @Test
  void dropoutsGradientHasItsMask() {
    Variable w = Variable.of("w", 1, 100, Initializers.constant(1));
    Node y = w.dropout(0.5);
    Session session = Session.of(Optimizer.gradientDescent(0).minimize(y.sum())).outputs(y).build();
    float[] first = elements(session.run(Mode.TRAINING, y));
    session.step();
    assertArrayEquals(first, elements(session.gradient(w)));
    session.step();
    float[] second = elements(session.gradient(w));
    int same = 0;
    for (int i = 0; i < 100; i++) {
      same += first[i] == second[i] ? 1 : 0;
    }
    assertEquals(50, same, 25);
  }

  /** A product, its bias and its ReLU, and batch norm with its own, have the bits of the steps. */
  @Test
  void fusedOperationsHaveTheBitsOfTheSteps() {
    Node z = X.matmul(Variable.weights("w", 3, 20, Initializers.heNormal()));
    Node biased = z.plus(Variable.of("b", 1, 20, Initializers.heNormal()));
    Node h = biased.relu().dropout(0.3);
    Node normed =
        h.matmul(Variable.weights("u", 20, 20, Initializers.heNormal()))
            .batchNorm(
                Variable.of("gamma", 1, 20, Initializers.constant(1)),
                Variable.of("beta", 1, 20, Initializers.constant(0.1)),
                RunningStatistics.of("running", 20, RunningAverage.KERAS),
                1e-5);
    Node y = normed.relu();
    Training training = Optimizer.adam(0.01).minimize(y.crossEntropy(Y));
    Session fused = Session.of(training).outputs(y).capacity(7).seed(9).build();
    Session steps =
        Session.of(training).outputs(y, z, biased, h, normed).capacity(7).seed(9).build();
    for (int i = 0; i < 5; i++) {
      for (Session session : List.of(fused, steps)) {
        session.feed(X, random(7, 3, i)).feed(Y, Labels.of(0, 1, 2, 3, 4, 5, 6));
        session.step();
      }
      assertArrayEquals(fused.variables().array(), steps.variables().array());
      assertArrayEquals(
          elements(fused.run(Mode.INFERENCE, y)), elements(steps.run(Mode.INFERENCE, y)));
    }
  }

  @Test
  void aSampleHasTheSameBitsAloneAndInABatch() {
    Node y =
        Sequential.of(
                Layers.denseWithoutBias(33),
                Layers.batchNorm(),
                Layers.relu(),
                Layers.dense(17),
                Layers.layerNorm(),
                Layers.dense(5))
            .apply(X, "net")
            .softmax();
    Session session = Session.of(y).capacity(40).seed(2).build();
    FloatMatrix x = random(40, 3, 7);
    session.feed(X, x);
    float[] together = elements(session.run(Mode.INFERENCE, y));
    for (int i = 0; i < 40; i++) {
      session.feed(X, x.rows(i, i + 1));
      float[] alone = elements(session.run(Mode.INFERENCE, y));
      for (int j = 0; j < 5; j++) {
        assertEquals(together[5 * i + j], alone[j]);
      }
    }
  }

  @Test
  void initialValuesDependOnSeedAndNameAlone() {
    Variable w = Variable.weights("w", 3, 3, Initializers.heUniform());
    Variable other = Variable.weights("other", 3, 3, Initializers.heUniform());
    float[] alone = elements(Session.of(w).seed(1).build().value(w));
    Session both = Session.of(other, w).seed(1).build();
    assertArrayEquals(alone, elements(both.value(w)));
    assertTrue(alone[0] != both.value(other).get(0, 0));
    assertTrue(alone[0] != Session.of(w).seed(2).build().value(w).get(0, 0));
  }

  @Test
  void decayedVariablesComeFirst() {
    Variable bias = Variable.of("bias", 1, 2, Initializers.constant(1));
    Variable weights = Variable.weights("weights", 1, 2, Initializers.constant(2));
    Session session =
        Session.of(Optimizer.adamW(0.1, 0.5).minimize(bias.plus(weights).sum())).build();
    assertArrayEquals(new float[] {2, 2, 1, 1}, session.variables().array());
    session.step();
    assertEquals(1 - 0.1, session.value(bias).get(0, 0), 1e-6);
    assertEquals(2 * (1 - 0.1 * 0.5) - 0.1, session.value(weights).get(0, 0), 1e-6);
    assertEquals(
        List.of(
            "weights",
            "bias",
            "optimizer.0.weights",
            "optimizer.0.bias",
            "optimizer.1.weights",
            "optimizer.1.bias"),
        List.copyOf(session.tensors().keySet()));
  }

  /** Texts that are kept do not follow the language of the machine. */
  @Test
  void namesAreTheSameEverywhere() {
    Variable w = Variable.scalar("w", 1);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa"));
      Session session = Session.of(Optimizer.momentum(0.1).minimize(w.squared())).build();
      assertEquals(List.of("w", "optimizer.0.w"), List.copyOf(session.tensors().keySet()));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSessionTakesOverWhatAnotherHasKept() {
    Node y = Sequential.of(Layers.dense(4), Layers.batchNorm(), Layers.dense(2)).apply(X, "net");
    assertEquals(
        List.of(
            "net.0.weight",
            "net.0.bias",
            "net.1.gamma",
            "net.1.beta",
            "net.2.weight",
            "net.2.bias"),
        y.variables().stream().map(Node::name).toList());
    Session from = Session.of(Optimizer.adam(0.1).minimize(y.mean())).capacity(5).seed(1).build();
    from.feed(X, random(5, 3, 1)).step();
    Session to = Session.of(y).capacity(5).seed(2).build();
    to.load(from.tensors());
    Session other = Session.of(y, y.mean()).capacity(5).build();
    refused(() -> from.load(to.tensors()), "tensor optimizer.0.net.0.weight is absent");
    other.load(to.tensors());
    to.feed(X, random(5, 3, 1));
    other.feed(X, random(5, 3, 1));
    assertArrayEquals(elements(to.run(Mode.INFERENCE, y)), elements(other.run(Mode.INFERENCE, y)));
  }

  @Test
  void aRunLeavesTheOutputsOnItsWay() {
    Node h = X.times(2);
    Node y = h.sum();
    Node other = X.plus(1);
    Session session = Session.of(h, y, other).capacity(2).build();
    refused(() -> session.lastValue(h), "times(x, 2.0) has not been computed by the last run");
    session.feed(X, random(2, 3, 1));
    session.run(Mode.INFERENCE, y);
    assertEquals(2 * random(2, 3, 1).get(1, 2), session.lastValue(h).get(1, 2));
    refused(() -> session.lastValue(other), "plus(x, 1.0) has not been computed");
  }

  /** Its buffers are those of the run before. */
  @Test
  void aTrainingStepLeavesNoOutputs() {
    Variable w = Variable.scalar("w", 1);
    Node h = X.times(w);
    Node cost = h.sum();
    Session session =
        Session.of(Optimizer.gradientDescent(1).minimize(cost)).outputs(h).capacity(2).build();
    session.feed(X, random(2, 3, 1));
    session.run(Mode.INFERENCE, cost);
    assertEquals(random(2, 3, 1).get(1, 2), session.lastValue(h).get(1, 2));
    session.step();
    refused(() -> session.lastValue(h), "times(x, w) has not been computed by the last run");
  }

  /** As deep as no recursion could go. */
  @Test
  void deepGraphs() {
    Variable w = Variable.scalar("w", 1);
    Node x = w;
    for (int i = 0; i < 20_000; i++) {
      x = x.plus(1);
    }
    Session session = Session.of(Optimizer.gradientDescent(1).minimize(x)).build();
    assertEquals(20_001, session.step());
    assertEquals(0, session.value(w).get(0, 0));
  }
}
