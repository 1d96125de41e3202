package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Initializer;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Shape;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Variables, placeholders and a cost made of them; its gradients are held to differences. */
final class GradientTrial {
  /** The session computes in float: its sums and products are off by some 10^-6 of their terms. */
  private static final double FLOAT = 2e-5;

  private final Mix mix;
  private final int rows;
  private final List<Variable> variables = new ArrayList<>();
  private final Map<Placeholder, FloatMatrix> fed = new LinkedHashMap<>();
  private final Map<ClassLabels, Labels> labels = new LinkedHashMap<>();

  GradientTrial(long seed, int rows) {
    mix = new Mix(seed);
    this.rows = rows;
  }

  int rows() {
    return rows;
  }

  Mix mix() {
    return mix;
  }

  Twin variable(int m, int n) {
    return variable(m, n, mix::normal);
  }

  Twin variable(int m, int n, DoubleSupplier values) {
    Initializer initializer =
        (w, seed, purpose) -> {
          for (int i = 0; i < w.array().length && i < m * n; i++) {
            w.set(i / n, i % n, (float) values.getAsDouble());
          }
        };
    Variable variable = Variable.of("v" + variables.size(), m, n, initializer);
    variables.add(variable);
    return Twin.variable(variable);
  }

  Twin batch(int n) {
    return batch(n, mix::normal);
  }

  Twin batch(int n, DoubleSupplier values) {
    Placeholder placeholder = Placeholder.batch("x" + fed.size(), n);
    FloatMatrix x = FloatMatrix.zeros(rows, n);
    for (int i = 0; i < rows * n; i++) {
      x.array()[i] = (float) values.getAsDouble();
    }
    fed.put(placeholder, x);
    return Twin.batch(placeholder, rows);
  }

  Twin crossEntropy(Twin logits) {
    return crossEntropy(logits, 0);
  }

  Twin crossEntropy(Twin logits, double smoothing) {
    int[] classes = new int[rows];
    for (int i = 0; i < rows; i++) {
      classes[i] = (int) Math.floorMod((long) (1000 * mix.normal()), (long) logits.columns());
    }
    ClassLabels placeholder = ClassLabels.of("labels" + labels.size());
    labels.put(placeholder, Labels.of(classes));
    return smoothing == 0
        ? logits.crossEntropy(placeholder, classes)
        : logits.crossEntropy(placeholder, classes, smoothing);
  }

  /** One number of any value, with a gradient that differs from element to element. */
  Twin weighted(Twin value) {
    boolean isBatch = value.node().shape().rows() == Shape.BATCH;
    Twin weights = isBatch ? batch(value.columns()) : variable(value.rows(), value.columns());
    return value.times(weights).sum();
  }

  /** The cost's value and its gradient by every variable. */
  void check(GradientCheck check, Twin cost, String context) {
    Session session =
        Session.of(Optimizer.gradientDescent(0).minimize(cost.node())).capacity(rows).build();
    fed.forEach(session::feed);
    labels.forEach(session::feed);
    float actual = session.step();
    Map<Node, double[]> leaves = new HashMap<>();
    fed.forEach((placeholder, x) -> leaves.put(placeholder, Views.wide(x)));
    variables.forEach(v -> leaves.put(v, Views.wide(session.value(v))));
    double expected = new Twin.Point().copyOf(leaves).get(cost)[0];
    double magnitude = Math.max(1, Math.abs(expected));
    assertEquals(expected, actual, 1e-4 * magnitude, context);
    for (Variable variable : variables) {
      double[] gradient = Views.wide(session.gradient(variable));
      double largest = 1; // what cancels to 0 was of that size
      for (double each : gradient) {
        largest = Math.max(largest, Math.abs(each));
      }
      check.atol(FLOAT * largest + 1e-7 * magnitude).rtol(10 * FLOAT);
      check.gradient(
          w -> new Twin.Point().copyOf(leaves).with(variable, w.clone()).get(cost)[0],
          leaves.get(variable),
          gradient,
          context + " d/d" + variable);
    }
  }
}
