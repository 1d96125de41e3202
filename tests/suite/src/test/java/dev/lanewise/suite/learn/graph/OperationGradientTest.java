package dev.lanewise.suite.learn.graph;

import static java.util.Map.entry;

import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient of every operation by every operand, as a session computes it in float, against
 * central differences of the operation in double.
 */
class OperationGradientTest {
  private static final GradientCheck CHECK = new GradientCheck("operations of the graph");
  private static final int N = 5;

  private static double awayFromZero(GradientTrial t) {
    double x = t.mix().normal();
    return x + Math.copySign(1, x);
  }

  private static Twin v(GradientTrial t) {
    return t.variable(t.rows(), N);
  }

  private static Twin row(GradientTrial t) {
    return t.variable(1, N);
  }

  private static Twin column(GradientTrial t) {
    return t.variable(t.rows(), 1);
  }

  private static Twin number(GradientTrial t) {
    return t.variable(1, 1);
  }

  private static Function<GradientTrial, Twin> f(Activation function, ActivationOracle oracle) {
    return t -> v(t).activation(function, oracle);
  }

  private static final Map<String, Function<GradientTrial, Twin>> OPERATIONS =
      Map.ofEntries(
          entry("plus", t -> v(t).plus(v(t))),
          entry("plus row", t -> v(t).plus(row(t))),
          entry("row plus", t -> row(t).plus(v(t))),
          entry("minus column", t -> v(t).minus(column(t))),
          entry("column minus", t -> column(t).minus(v(t))),
          entry("number minus", t -> number(t).minus(v(t))),
          entry("row times column", t -> row(t).times(column(t))),
          entry("times", t -> v(t).times(v(t))),
          entry("times row", t -> v(t).times(row(t))),
          entry("column times", t -> column(t).times(v(t))),
          entry("times number", t -> v(t).times(number(t))),
          entry("dividedBy", t -> v(t).dividedBy(t.variable(t.rows(), N, () -> awayFromZero(t)))),
          entry(
              "number dividedBy",
              t -> number(t).dividedBy(t.variable(1, N, () -> awayFromZero(t)))),
          entry(
              "dividedBy column",
              t -> v(t).dividedBy(t.variable(t.rows(), 1, () -> awayFromZero(t)))),
          entry("batch times", t -> t.batch(N).times(row(t))),
          entry(
              "squared",
              t -> {
                Twin x = v(t);
                return x.times(x);
              }),
          entry(
              "three uses",
              t -> {
                Twin x = v(t);
                return x.times(x.plus(1)).minus(x.times(0.5));
              }),
          entry("matmul", t -> v(t).matmul(t.variable(N, 3))),
          entry("matmul of a batch", t -> t.batch(4).matmul(t.variable(4, 3))),
          entry("matmul transposed", t -> v(t).matmul(t.variable(3, N).transposed())),
          entry("transposed matmul", t -> v(t).transposed().matmul(column(t))),
          entry("dense", t -> t.batch(4).matmul(t.variable(4, N)).plus(row(t))),
          entry(
              "dense relu",
              t ->
                  t.batch(4)
                      .matmul(t.variable(4, N))
                      .plus(row(t))
                      .activation(Activation.RELU, ActivationOracle.RELU)),
          entry(
              "matmul relu",
              t ->
                  v(t).matmul(t.variable(N, 3)).activation(Activation.RELU, ActivationOracle.RELU)),
          entry("bias plus matmul", t -> row(t).plus(t.batch(4).matmul(t.variable(4, N)))),
          entry("columns", t -> v(t).columns(1, 3)),
          entry(
              "two columns",
              t -> {
                Twin x = v(t);
                return x.columns(0, 1).times(x.columns(3, 4)).plus(x.columns(0, 1));
              }),
          entry("sum", t -> v(t).sum()),
          entry("mean", t -> v(t).mean()),
          entry("rowSums", t -> v(t).rowSums()),
          entry("rowMeans", t -> v(t).rowMeans()),
          entry("columnSums", t -> v(t).columnSums()),
          entry("columnMeans", t -> t.batch(N).times(row(t)).columnMeans()),
          entry("exp", f(Activation.EXP, ActivationOracle.EXP)),
          entry(
              "log",
              t ->
                  t.variable(t.rows(), N, () -> Math.abs(awayFromZero(t)))
                      .activation(Activation.LOG, ActivationOracle.LOG)),
          entry("sigmoid", f(Activation.SIGMOID, ActivationOracle.SIGMOID)),
          entry("tanh", f(Activation.TANH, ActivationOracle.TANH)),
          entry("erf", f(Activation.ERF, ActivationOracle.ERF)),
          entry("gelu", f(Activation.GELU, ActivationOracle.GELU)),
          entry("geluTanh", f(Activation.GELU_TANH, ActivationOracle.GELU_TANH)),
          entry("silu", f(Activation.SILU, ActivationOracle.SILU)),
          entry("softplus", f(Activation.SOFTPLUS, ActivationOracle.SOFTPLUS)),
          entry("relu", f(Activation.RELU, ActivationOracle.RELU)),
          entry("leakyRelu", f(Activation.leakyRelu(0.1f), ActivationOracle.leakyRelu(0.1f))),
          entry("softmax", t -> v(t).softmax()),
          entry("logSoftmax", t -> v(t).logSoftmax()),
          entry("batchNorm", t -> v(t).batchNorm(row(t), row(t), "n")),
          entry("batchNorm of a batch", t -> t.batch(N).batchNorm(row(t), row(t), "n")),
          entry(
              "batchNorm relu",
              t ->
                  v(t).batchNorm(row(t), row(t), "n")
                      .activation(Activation.RELU, ActivationOracle.RELU)),
          entry(
              "views into batchNorm",
              t -> t.variable(N, t.rows()).transposed().batchNorm(row(t), row(t), "n")),
          entry("columns into softmax", t -> v(t).columns(1, 4).softmax()),
          entry(
              "columns into layerNorm",
              t -> v(t).columns(0, 3).layerNorm(t.variable(1, 3), t.variable(1, 3))),
          entry(
              "columns of a transposed matrix",
              t -> t.variable(N, t.rows()).transposed().columns(2, 4)),
          entry("transposed twice", t -> v(t).transposed().transposed()),
          entry("layerNorm", t -> v(t).layerNorm(row(t), row(t))),
          entry("rmsNorm", t -> v(t).rmsNorm(row(t))));

  static Set<String> operations() {
    return new TreeSet<>(OPERATIONS.keySet());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void gradientIsThatOfDifferences(String name) {
    for (int rows = 1; rows <= 7; rows++) {
      GradientTrial trial = new GradientTrial(31L * name.hashCode() + rows, rows);
      Twin cost = trial.weighted(OPERATIONS.get(name).apply(trial));
      trial.check(CHECK, cost, name + " rows=" + rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void losses(int rows) {
    long seed = 100L + rows;
    GradientTrial trial = new GradientTrial(seed, rows);
    Twin logits = trial.batch(3).matmul(trial.variable(3, 4));
    trial.check(CHECK, trial.crossEntropy(logits), "labels rows=" + rows + " seed=" + seed);

    trial = new GradientTrial(seed, rows);
    logits = trial.batch(3).matmul(trial.variable(3, 4));
    Twin scaled = trial.crossEntropy(logits).times(trial.variable(1, 1)).plus(logits.mean());
    trial.check(CHECK, scaled, "labels, scaled rows=" + rows + " seed=" + seed);

    trial = new GradientTrial(seed, rows);
    logits = trial.batch(3).matmul(trial.variable(3, 4));
    trial.check(CHECK, trial.crossEntropy(logits, 0.2), "smoothed rows=" + rows + " seed=" + seed);

    trial = new GradientTrial(seed, rows);
    logits = trial.batch(3).matmul(trial.variable(3, 4));
    Twin distributions = trial.batch(4, () -> 0.25);
    Twin cost = logits.crossEntropy(distributions).times(0.5);
    trial.check(CHECK, cost, "distributions rows=" + rows + " seed=" + seed);

    trial = new GradientTrial(seed, rows);
    logits = trial.batch(3).matmul(trial.variable(3, 2));
    GradientTrial targets = trial;
    Twin binary =
        logits.binaryCrossEntropy(trial.batch(2, () -> targets.mix().normal() < 0 ? 0 : 1));
    trial.check(CHECK, binary.times(3), "binary rows=" + rows + " seed=" + seed);
  }

  @AfterAll
  static void report() {
    System.out.println(CHECK);
  }
}
