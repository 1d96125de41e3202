package dev.lanewise.suite.contract;

import static dev.lanewise.suite.contract.Operation.M;
import static dev.lanewise.suite.contract.Operation.N;
import static dev.lanewise.suite.contract.Operation.WORKERS;
import static dev.lanewise.suite.contract.Operation.in;
import static dev.lanewise.suite.contract.Operation.out;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.contract.Operation.Operand;
import dev.lanewise.suite.contract.Operation.Views;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The normalisations among the operations, of matrices. */
final class NormOperations {
  private static final double EPS = 1e-5;

  private static final List<Operand> FORWARD =
      List.of(in("X", M, N), in("gamma", N), in("beta", N), out("Y", M, N, "X"));

  private static final List<Operand> BACKWARD =
      List.of(
          in("X", M, N),
          in("gamma", N),
          in("beta", N),
          in("dY", M, N),
          out("dX", M, N, "X", "dY"),
          out("dgamma", N),
          out("dbeta", N));

  private static final List<Operand> INFERENCE =
      List.of(
          in("X", M, N),
          in("gamma", N),
          in("beta", N),
          in("mean", N),
          in("variance", N),
          out("Y", M, N, "X"));

  private static final List<Operand> INFERENCE_BACKWARD =
      List.of(
          in("X", M, N),
          in("gamma", N),
          in("beta", N),
          in("mean", N),
          in("variance", N),
          in("dY", M, N),
          out("dX", M, N, "X", "dY"),
          out("dgamma", N),
          out("dbeta", N));

  private NormOperations() {}

  static List<Operation> all() {
    return Stream.of(batch(), batchRelu(), statistics(), layer(), rms(), standardize())
        .flatMap(List::stream)
        .toList();
  }

  private static Operation norm(
      String name, List<Operand> operands, BiConsumer<BatchNorm, Views> call) {
    return new Operation(
        name, operands, v -> call.accept(new BatchNorm(v.span(1), v.span(2), EPS), v));
  }

  private static List<Operation> batch() {
    return List.of(
        norm(
            "BatchNorm.forward",
            FORWARD,
            (norm, v) -> norm.forward(v.matrix(0), new BatchStatistics(N), v.matrix(3))),
        norm(
            "BatchNorm.inference",
            INFERENCE,
            (norm, v) -> norm.inference(v.matrix(0), v.span(3), v.span(4), v.matrix(5))),
        norm(
            "BatchNorm.backward",
            BACKWARD,
            (norm, v) ->
                norm.backward(
                    v.matrix(0),
                    v.matrix(3),
                    computedStatistics(),
                    v.matrix(4),
                    v.span(5),
                    v.span(6))),
        norm(
            "BatchNorm.inferenceBackward",
            INFERENCE_BACKWARD,
            (norm, v) ->
                norm.inferenceBackward(
                    v.matrix(0),
                    v.matrix(5),
                    v.span(3),
                    v.span(4),
                    v.matrix(6),
                    v.span(7),
                    v.span(8))),
        norm(
            "BatchNorm.fold",
            List.of(
                out("W", M, N),
                in("gamma", N),
                in("beta", N),
                out("bias", N),
                in("mean", N),
                in("variance", N)),
            (norm, v) -> norm.fold(v.matrix(0), v.span(3), v.span(4), v.span(5))));
  }

  /** With ReLU, and with workers. */
  private static List<Operation> batchRelu() {
    return List.of(
        norm(
            "BatchNorm.forward",
            FORWARD,
            (norm, v) ->
                norm.relu().forward(v.matrix(0), new BatchStatistics(N), v.matrix(3), WORKERS)),
        norm(
            "BatchNorm.inference",
            INFERENCE,
            (norm, v) ->
                norm.relu().inference(v.matrix(0), v.span(3), v.span(4), v.matrix(5), WORKERS)),
        norm(
            "BatchNorm.backward",
            BACKWARD,
            (norm, v) ->
                norm.relu()
                    .backward(
                        v.matrix(0),
                        v.matrix(3),
                        computedStatistics(),
                        v.matrix(4),
                        v.span(5),
                        v.span(6),
                        WORKERS)),
        norm(
            "BatchNorm.inferenceBackward",
            INFERENCE_BACKWARD,
            (norm, v) ->
                norm.relu()
                    .inferenceBackward(
                        v.matrix(0),
                        v.matrix(5),
                        v.span(3),
                        v.span(4),
                        v.matrix(6),
                        v.span(7),
                        v.span(8),
                        WORKERS)));
  }

  private static List<Operation> statistics() {
    return List.of(
        new Operation(
            "BatchStatistics.compute",
            List.of(in("X", M, N)),
            v -> new BatchStatistics(N).compute(v.matrix(0))),
        new Operation(
            "BatchStatistics.compute",
            List.of(in("X", M, N)),
            v -> new BatchStatistics(N).compute(v.matrix(0), WORKERS)),
        new Operation(
            "BatchStatistics.updateRunning",
            List.of(out("running mean", N), out("running variance", N)),
            v -> computedStatistics().updateRunning(v.span(0), v.span(1), RunningAverage.KERAS)));
  }

  private static List<Operation> layer() {
    return List.of(
        new Operation(
            "LayerNorm.forward",
            FORWARD,
            v -> new LayerNorm(v.span(1), v.span(2), EPS).forward(v.matrix(0), v.matrix(3))),
        new Operation(
            "LayerNorm.forward",
            FORWARD,
            v ->
                new LayerNorm(v.span(1), v.span(2), EPS)
                    .forward(v.matrix(0), v.matrix(3), WORKERS)),
        new Operation(
            "LayerNorm.backward",
            BACKWARD,
            v ->
                new LayerNorm(v.span(1), v.span(2), EPS)
                    .backward(v.matrix(0), v.matrix(3), v.matrix(4), v.span(5), v.span(6))),
        new Operation(
            "LayerNorm.backward",
            BACKWARD,
            v ->
                new LayerNorm(v.span(1), v.span(2), EPS)
                    .backward(
                        v.matrix(0), v.matrix(3), v.matrix(4), v.span(5), v.span(6), WORKERS)));
  }

  private static List<Operation> rms() {
    List<Operand> forward = List.of(in("X", M, N), in("gamma", N), out("Y", M, N, "X"));
    List<Operand> backward =
        List.of(
            in("X", M, N),
            in("gamma", N),
            in("dY", M, N),
            out("dX", M, N, "X", "dY"),
            out("dgamma", N));
    return List.of(
        new Operation(
            "RmsNorm.forward",
            forward,
            v -> new RmsNorm(v.span(1), EPS).forward(v.matrix(0), v.matrix(2))),
        new Operation(
            "RmsNorm.forward",
            forward,
            v -> new RmsNorm(v.span(1), EPS).forward(v.matrix(0), v.matrix(2), WORKERS)),
        new Operation(
            "RmsNorm.backward",
            backward,
            v ->
                new RmsNorm(v.span(1), EPS)
                    .backward(v.matrix(0), v.matrix(2), v.matrix(3), v.span(4))),
        new Operation(
            "RmsNorm.backward",
            backward,
            v ->
                new RmsNorm(v.span(1), EPS)
                    .backward(v.matrix(0), v.matrix(2), v.matrix(3), v.span(4), WORKERS)));
  }

  private static List<Operation> standardize() {
    return List.of(
        new Operation(
            "Standardize.fit",
            List.of(in("X", M, N)),
            v -> new Standardize(N, EPS).fit(v.matrix(0))),
        new Operation(
            "Standardize.fit",
            List.of(in("X", M, N)),
            v -> new Standardize(N, EPS).fit(v.matrix(0), WORKERS)),
        new Operation(
            "Standardize.apply",
            List.of(in("X", M, N), out("Y", M, N, "X")),
            v -> fitted().apply(v.matrix(0), v.matrix(1))),
        new Operation(
            "Standardize.apply",
            List.of(in("X", M, N), out("Y", M, N, "X")),
            v -> fitted().apply(v.matrix(0), v.matrix(1), WORKERS)));
  }

  /** Statistics of some batch of the right shape. */
  private static BatchStatistics computedStatistics() {
    BatchStatistics statistics = new BatchStatistics(N);
    statistics.compute(FloatMatrix.zeros(M, N));
    return statistics;
  }

  private static Standardize fitted() {
    Standardize standardize = new Standardize(N, EPS);
    standardize.fit(FloatMatrix.zeros(M, N));
    return standardize;
  }
}
