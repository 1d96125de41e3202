package dev.lanewise.suite.learn.graph;

import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Constant;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.BinaryCrossEntropyOracle;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.GemmOracle;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * A node of a graph and the same value in double, by the kit's oracles: whoever builds the one
 * builds the other. Here the batch has a fixed number of rows.
 */
record Twin(Node node, int rows, int columns, Value value) {
  static final double EPS = 1e-3;

  /** A value in double, from the values of leaves. */
  @FunctionalInterface
  interface Value {
    double[] at(Point point);
  }

  /** The values of leaves, and what has been computed from them. */
  static final class Point {
    private final Map<Node, double[]> values = new HashMap<>();

    Point with(Node leaf, double[] value) {
      values.put(leaf, value);
      return this;
    }

    Point copyOf(Map<Node, double[]> leaves) {
      values.putAll(leaves);
      return this;
    }

    double[] get(Twin twin) {
      double[] known = values.get(twin.node);
      if (known == null) {
        known = twin.value.at(this);
        values.put(twin.node, known);
      }
      return known;
    }
  }

  static Twin variable(Variable variable) {
    return leaf(variable, variable.shape().rows(), variable.shape().columns());
  }

  static Twin batch(Placeholder placeholder, int rows) {
    return leaf(placeholder, rows, placeholder.shape().columns());
  }

  private static Twin leaf(Node node, int rows, int columns) {
    return new Twin(
        node,
        rows,
        columns,
        point -> {
          throw new IllegalStateException("no value for " + node);
        });
  }

  private Twin elementwise(Node result, Twin other, DoubleBinaryOperator f) {
    int m = Math.max(rows, other.rows);
    int n = Math.max(columns, other.columns);
    return new Twin(
        result,
        m,
        n,
        point -> {
          double[] a = point.get(this);
          double[] b = point.get(other);
          double[] c = new double[m * n];
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              c[i * n + j] = f.applyAsDouble(at(a, i, j), other.at(b, i, j));
            }
          }
          return c;
        });
  }

  private double at(double[] values, int i, int j) {
    return values[(rows == 1 ? 0 : i) * columns + (columns == 1 ? 0 : j)];
  }

  Twin plus(Twin other) {
    return elementwise(node.plus(other.node), other, Double::sum);
  }

  Twin minus(Twin other) {
    return elementwise(node.minus(other.node), other, (a, b) -> a - b);
  }

  Twin times(Twin other) {
    return elementwise(node.times(other.node), other, (a, b) -> a * b);
  }

  Twin dividedBy(Twin other) {
    return elementwise(node.dividedBy(other.node), other, (a, b) -> a / b);
  }

  /** this + number, a constant. */
  Twin plus(double number) {
    float rounded = (float) number;
    Constant constant = Constant.of(rounded);
    return plus(new Twin(constant, 1, 1, point -> new double[] {rounded}));
  }

  /** this · number, a constant. */
  Twin times(double number) {
    float rounded = (float) number;
    Constant constant = Constant.of(rounded);
    return times(new Twin(constant, 1, 1, point -> new double[] {rounded}));
  }

  Twin matmul(Twin other) {
    return new Twin(
        node.matmul(other.node),
        rows,
        other.columns,
        p -> GemmOracle.gemm(rows, other.columns, columns, 1, p.get(this), p.get(other), 0, null));
  }

  Twin transposed() {
    return new Twin(
        node.transposed(),
        columns,
        rows,
        point -> {
          double[] x = point.get(this);
          double[] y = new double[x.length];
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              y[j * rows + i] = x[i * columns + j];
            }
          }
          return y;
        });
  }

  Twin columns(int from, int to) {
    return new Twin(
        node.columns(from, to),
        rows,
        to - from,
        point -> {
          double[] x = point.get(this);
          double[] y = new double[rows * (to - from)];
          for (int i = 0; i < rows; i++) {
            System.arraycopy(x, i * columns + from, y, i * (to - from), to - from);
          }
          return y;
        });
  }

  private Twin sums(Node result, int m, int n, double divisor) {
    return new Twin(
        result,
        m,
        n,
        point -> {
          double[] x = point.get(this);
          double[] y = new double[m * n];
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              y[(m == 1 ? 0 : i) * n + (n == 1 ? 0 : j)] += x[i * columns + j] / divisor;
            }
          }
          return y;
        });
  }

  Twin sum() {
    return sums(node.sum(), 1, 1, 1);
  }

  Twin mean() {
    return sums(node.mean(), 1, 1, rows * (double) columns);
  }

  Twin rowSums() {
    return sums(node.rowSums(), rows, 1, 1);
  }

  Twin rowMeans() {
    return sums(node.rowMeans(), rows, 1, columns);
  }

  Twin columnSums() {
    return sums(node.columnSums(), 1, columns, 1);
  }

  Twin columnMeans() {
    return sums(node.columnMeans(), 1, columns, rows);
  }

  Twin activation(dev.lanewise.kernels.Activation function, ActivationOracle oracle) {
    return new Twin(node.activation(function), rows, columns, p -> oracle.forward(p.get(this)));
  }

  Twin softmax() {
    return new Twin(
        node.softmax(), rows, columns, p -> SoftmaxOracle.forward(rows, columns, p.get(this)));
  }

  Twin logSoftmax() {
    return new Twin(
        node.logSoftmax(),
        rows,
        columns,
        p -> SoftmaxOracle.logForward(rows, columns, p.get(this)));
  }

  Twin batchNorm(Twin gamma, Twin beta, String name) {
    RunningStatistics running = RunningStatistics.of(name, columns, RunningAverage.PYTORCH);
    return new Twin(
        node.batchNorm(gamma.node, beta.node, running, EPS),
        rows,
        columns,
        p -> BatchNormOracle.forward(rows, columns, p.get(this), p.get(gamma), p.get(beta), EPS));
  }

  Twin layerNorm(Twin gamma, Twin beta) {
    return new Twin(
        node.layerNorm(gamma.node, beta.node, EPS),
        rows,
        columns,
        p -> LayerNormOracle.forward(rows, columns, p.get(this), p.get(gamma), p.get(beta), EPS));
  }

  Twin rmsNorm(Twin gamma) {
    return new Twin(
        node.rmsNorm(gamma.node, EPS),
        rows,
        columns,
        p -> RmsNormOracle.forward(rows, columns, p.get(this), p.get(gamma), EPS));
  }

  Twin crossEntropy(ClassLabels labels, int[] classes) {
    return new Twin(
        node.crossEntropy(labels),
        1,
        1,
        p -> new double[] {CrossEntropyOracle.mean(rows, columns, p.get(this), classes)});
  }

  /** Against (1 - smoothing)·one-hot + smoothing / classes. */
  Twin crossEntropy(ClassLabels labels, int[] classes, double smoothing) {
    double[] targets = new double[rows * columns];
    Arrays.fill(targets, smoothing / columns);
    for (int i = 0; i < rows; i++) {
      targets[i * columns + classes[i]] += 1 - smoothing;
    }
    return new Twin(
        node.crossEntropy(labels, smoothing),
        1,
        1,
        p -> new double[] {CrossEntropyOracle.mean(rows, columns, p.get(this), targets)});
  }

  Twin crossEntropy(Twin distributions) {
    return new Twin(
        node.crossEntropy(distributions.node),
        1,
        1,
        p -> {
          double[] targets = p.get(distributions);
          return new double[] {CrossEntropyOracle.mean(rows, columns, p.get(this), targets)};
        });
  }

  Twin binaryCrossEntropy(Twin targets) {
    return new Twin(
        node.binaryCrossEntropy(targets.node),
        1,
        1,
        p -> {
          double[] t = p.get(targets);
          return new double[] {BinaryCrossEntropyOracle.mean(rows, columns, p.get(this), t)};
        });
  }
}
