package dev.lanewise.suite.contract;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Calls of arithmetic, dropout, updates and a caller's own tasks that allocate nothing. */
final class ElementCalls {
  private static final FloatMatrix A = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix B = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix C = FloatMatrix.zeros(20, 30);
  private static final FloatMatrix ROW = FloatMatrix.zeros(1, 30).broadcast(20, 30);
  private static final FloatMatrix COLUMN = FloatMatrix.zeros(20, 1).broadcast(20, 30);
  private static final FloatMatrix NUMBER = FloatMatrix.zeros(1, 1).broadcast(20, 30);
  private static final FloatMatrix TURNED = FloatMatrix.zeros(30, 20).transpose();
  private static final FloatSpan P = FloatSpan.zeros(30);
  private static final FloatSpan Q = FloatSpan.zeros(30);
  private static final FloatSpan R = FloatSpan.zeros(30);
  private static final FloatSpan S = FloatSpan.zeros(30);
  private static final IntConsumer TASK = i -> C.array()[i]++;

  private ElementCalls() {}

  static void addTo(Map<String, Runnable> calls) {
    calls.put("Arithmetic.add", () -> Arithmetic.add(A, B, C));
    calls.put("Arithmetic.subtract, row", () -> Arithmetic.subtract(A, ROW, C));
    calls.put("Arithmetic.multiply, column", () -> Arithmetic.multiply(COLUMN, B, C));
    calls.put("Arithmetic.divide, number", () -> Arithmetic.divide(A, NUMBER, C));
    calls.put("Arithmetic.add, transposed", () -> Arithmetic.add(TURNED, B, C));
    calls.put("Dropout", () -> Dropout.apply(A, B, 0.5, 1, 2, 3));
    calls.put("Dropout, transposed", () -> Dropout.apply(TURNED, B, 0.5, 1, 2, 3));
    calls.put("Update.gradientDescent", () -> Update.gradientDescent(P, Q, 0.1f));
    calls.put("Update.momentum", () -> Update.momentum(P, Q, R, 0.1, 0.9));
    calls.put("Update.nesterov", () -> Update.nesterov(P, Q, R, 0.1, 0.9));
    calls.put("Update.rmsProp", () -> Update.rmsProp(P, Q, S, 0.1, 0.9, 1e-8));
    calls.put("Update.adam", () -> Update.adam(P, Q, R, S, 5, 0.1, 0.9, 0.999, 1e-8));
    calls.put("Update.adamW", () -> Update.adamW(P, Q, R, S, 5, 0.1, 0.9, 0.999, 1e-8, 0.1));
  }

  /** Large enough for workers. */
  static void addShared(Map<String, Consumer<Workers>> calls, int m, int n) {
    FloatMatrix a = FloatMatrix.zeros(m, n);
    FloatMatrix b = FloatMatrix.zeros(m, n);
    FloatMatrix c = FloatMatrix.zeros(m, n);
    FloatMatrix row = FloatMatrix.zeros(1, n).broadcast(m, n);
    FloatSpan p = FloatSpan.of(a.array());
    FloatSpan g = FloatSpan.of(b.array());
    FloatSpan v = FloatSpan.of(c.array());
    FloatSpan s = FloatSpan.zeros(m * n);
    calls.put("Workers.forEach", w -> w.forEach(100, TASK));
    calls.put("Arithmetic.multiply, workers", w -> Arithmetic.multiply(a, b, c, w));
    calls.put("Arithmetic.subtract, row, workers", w -> Arithmetic.subtract(a, row, c, w));
    FloatMatrix x = a.rows(0, 10);
    FloatMatrix y = b.rows(0, 10);
    calls.put("Dropout, workers", w -> Dropout.apply(x, y, 0.5, 1, 2, 3, w));
    calls.put("Update.gradientDescent, workers", w -> Update.gradientDescent(p, g, 0.1f, w));
    calls.put("Update.momentum, workers", w -> Update.momentum(p, g, v, 0.1, 0.9, w));
    calls.put("Update.nesterov, workers", w -> Update.nesterov(p, g, v, 0.1, 0.9, w));
    calls.put("Update.rmsProp, workers", w -> Update.rmsProp(p, g, s, 0.1, 0.9, 1e-8, w));
    calls.put("Update.adam, workers", w -> Update.adam(p, g, v, s, 5, 0.1, 0.9, 0.999, 1e-8, w));
    calls.put(
        "Update.adamW, workers", w -> Update.adamW(p, g, v, s, 5, 0.1, 0.9, 0.999, 1e-8, 0.1, w));
  }
}
