package dev.lanewise.suite.contract;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A public operation with operands that fit, so that a test can spoil one of them. */
record Operation(String name, List<Operand> operands, Consumer<Views> call) {
  static final int M = 3;
  static final int N = 4;
  private static final int K = 5;
  static final Workers WORKERS = Workers.of(2);
  private static final Labels LABELS = Labels.of(0, 3, 1);

  /** The operands of a call: matrices and spans by index. */
  record Views(Object... views) {
    FloatMatrix matrix(int i) {
      return (FloatMatrix) views[i];
    }

    FloatSpan span(int i) {
      return (FloatSpan) views[i];
    }
  }

  /** A matrix, or a span where it has no rows; in place at the operands whose names are listed. */
  record Operand(String name, int rows, int columns, boolean output, List<String> inPlace) {
    boolean isSpan() {
      return rows == 0;
    }

    int size() {
      return Math.max(rows, 1) * columns;
    }

    /** Dense in an array from an offset on. */
    Object view(float[] array, int offset) {
      return view(array, offset, 0, 0);
    }

    /** Dense, with more rows and columns than fit the operation. */
    Object view(float[] array, int offset, int moreRows, int moreColumns) {
      int n = columns + moreColumns;
      return isSpan()
          ? FloatSpan.of(array, offset, n)
          : FloatMatrix.of(array, offset, rows + moreRows, n, n, 1);
    }

    /** With these strides. */
    Object strided(float[] array, int rowStride, int columnStride) {
      return isSpan()
          ? FloatSpan.of(array, 0, columns, columnStride)
          : FloatMatrix.of(array, 0, rows, columns, rowStride, columnStride);
    }
  }

  static Operand in(String name, int rows, int columns) {
    return new Operand(name, rows, columns, false, List.of());
  }

  static Operand in(String name, int length) {
    return in(name, 0, length);
  }

  static Operand out(String name, int rows, int columns, String... inPlace) {
    return new Operand(name, rows, columns, true, List.of(inPlace));
  }

  static Operand out(String name, int length) {
    return out(name, 0, length);
  }

  @Override
  public String toString() {
    return name;
  }

  /** All of them. */
  static List<Operation> all() {
    return Stream.of(others(), elements(), updates(), NormOperations.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation> others() {
    return List.of(
        new Operation(
            "Gemm",
            List.of(in("A", M, K), in("B", K, N), out("C", M, N)),
            v -> Gemm.gemm(1f, v.matrix(0), v.matrix(1), 1f, v.matrix(2))),
        new Operation(
            "Gemm",
            List.of(in("A", M, K), in("B", K, N), in("bias", N), out("C", M, N)),
            v ->
                Gemm.gemm(
                    1f,
                    v.matrix(0),
                    v.matrix(1),
                    1f,
                    v.matrix(3),
                    Epilogue.biasRelu(v.span(2)),
                    WORKERS)),
        new Operation(
            "Softmax.forward",
            List.of(in("X", M, N), out("Y", M, N, "X")),
            v -> Softmax.forward(v.matrix(0), v.matrix(1))),
        new Operation(
            "Softmax.backward",
            List.of(in("Y", M, N), in("dY", M, N), out("dX", M, N, "Y", "dY")),
            v -> Softmax.backward(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "LogSoftmax.forward",
            List.of(in("X", M, N), out("Y", M, N, "X")),
            v -> LogSoftmax.forward(v.matrix(0), v.matrix(1))),
        new Operation(
            "LogSoftmax.backward",
            List.of(in("Y", M, N), in("dY", M, N), out("dX", M, N, "Y", "dY")),
            v -> LogSoftmax.backward(v.matrix(0), v.matrix(1), v.matrix(2), 2f, WORKERS)),
        new Operation(
            "LogSumExp.forward",
            List.of(in("X", M, N), out("sums", M)),
            v -> LogSumExp.forward(v.matrix(0), v.span(1))),
        new Operation(
            "LogSumExp.backward",
            List.of(in("X", M, N), in("sums", M), in("slopes", M), out("dX", M, N, "X")),
            v -> LogSumExp.backward(v.matrix(0), v.span(1), v.span(2), v.matrix(3))),
        new Operation(
            "CrossEntropy",
            List.of(in("X", M, N), in("targets", M, N), out("losses", M), out("dX", M, N, "X")),
            v ->
                CrossEntropy.MEAN.lossesAndGradient(
                    v.matrix(0), v.matrix(1), v.span(2), v.matrix(3))),
        new Operation(
            "BinaryCrossEntropy",
            List.of(in("X", M, N), in("targets", M, N), out("dX", M, N, "X")),
            v -> BinaryCrossEntropy.MEAN.lossAndGradient(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "BinaryCrossEntropy",
            List.of(in("X", M, N), in("targets", M, N), out("losses", M, N, "X")),
            v -> BinaryCrossEntropy.SUM.losses(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "Reduce.rows",
            List.of(in("X", M, N), out("result", M)),
            v -> Reduce.rows(Reduction.MEAN, v.matrix(0), v.span(1))),
        new Operation(
            "Reduce.rowDots",
            List.of(in("X", M, N), in("Y", M, N), out("result", M)),
            v -> Reduce.rowDots(v.matrix(0), v.matrix(1), v.span(2))),
        new Operation(
            "Reduce.columnDots",
            List.of(in("X", M, N), in("Y", M, N), out("result", N)),
            v -> Reduce.columnDots(v.matrix(0), v.matrix(1), v.span(2), WORKERS)),
        new Operation(
            "Reduce.dot",
            List.of(in("X", M, N), in("Y", M, N)),
            v -> Reduce.dot(v.matrix(0), v.matrix(1))),
        new Operation(
            "CrossEntropy",
            List.of(in("X", M, N), out("dX", M, N, "X")),
            v -> CrossEntropy.MEAN.lossAndGradient(v.matrix(0), LABELS, v.matrix(1))),
        new Operation(
            "Activation.relu.forward",
            List.of(in("X", M, N), out("Y", M, N, "X")),
            v -> Activation.RELU.forward(v.matrix(0), v.matrix(1))),
        new Operation(
            "Activation.relu.backward",
            List.of(in("X", M, N), in("dY", M, N), out("dX", M, N, "X", "dY")),
            v -> Activation.RELU.backward(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "Reduce.columns",
            List.of(in("X", M, N), out("result", N)),
            v -> Reduce.columns(Reduction.SUM, v.matrix(0), v.span(1))));
  }

  private static List<Operation> elements() {
    List<Operand> two = List.of(in("A", M, N), in("B", M, N), out("C", M, N, "A", "B"));
    List<Operand> one = List.of(in("X", M, N), out("Y", M, N, "X"));
    return List.of(
        new Operation(
            "Arithmetic.add", two, v -> Arithmetic.add(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "Arithmetic.subtract",
            two,
            v -> Arithmetic.subtract(v.matrix(0), v.matrix(1), v.matrix(2))),
        new Operation(
            "Arithmetic.multiply",
            two,
            v -> Arithmetic.multiply(v.matrix(0), v.matrix(1), v.matrix(2), WORKERS)),
        new Operation(
            "Arithmetic.divide",
            two,
            v -> Arithmetic.divide(v.matrix(0), v.matrix(1), v.matrix(2), WORKERS)),
        new Operation("Dropout", one, v -> Dropout.apply(v.matrix(0), v.matrix(1), 0.5, 1, 2, 3)),
        new Operation(
            "Dropout", one, v -> Dropout.apply(v.matrix(0), v.matrix(1), 0.5, 1, 2, 3, WORKERS)));
  }

  private static List<Operation> updates() {
    List<Operand> none = List.of(out("parameters", N), in("gradient", N));
    List<Operand> velocity = List.of(none.get(0), none.get(1), out("velocity", N));
    List<Operand> squares = List.of(none.get(0), none.get(1), out("squares", N));
    List<Operand> moments =
        List.of(none.get(0), none.get(1), out("first moment", N), out("second moment", N));
    return List.of(
        new Operation(
            "Update.gradientDescent",
            none,
            v -> Update.gradientDescent(v.span(0), v.span(1), 0.1f)),
        new Operation(
            "Update.gradientDescent",
            none,
            v -> Update.gradientDescent(v.span(0), v.span(1), 0.1f, WORKERS)),
        new Operation(
            "Update.momentum",
            velocity,
            v -> Update.momentum(v.span(0), v.span(1), v.span(2), 0.1, 0.9)),
        new Operation(
            "Update.nesterov",
            velocity,
            v -> Update.nesterov(v.span(0), v.span(1), v.span(2), 0.1, 0.9, WORKERS)),
        new Operation(
            "Update.rmsProp",
            squares,
            v -> Update.rmsProp(v.span(0), v.span(1), v.span(2), 0.1, 0.99, 1e-8)),
        new Operation(
            "Update.adam",
            moments,
            v -> Update.adam(v.span(0), v.span(1), v.span(2), v.span(3), 1, 0.1, 0.9, 0.999, 1e-8)),
        new Operation(
            "Update.adamW",
            moments,
            v ->
                Update.adamW(
                    v.span(0), v.span(1), v.span(2), v.span(3), 1, 0.1, 0.9, 0.999, 1e-8, 0.01,
                    WORKERS)));
  }
}
