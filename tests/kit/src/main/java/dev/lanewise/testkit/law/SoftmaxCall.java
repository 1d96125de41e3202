package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.SoftmaxOracle;

/** Calls of a softmax engine that write nothing else, and their results against the oracle. */
final class SoftmaxCall {
  private SoftmaxCall() {}

  static Operand softmax(SoftmaxEngine engine, MatrixCase given, Operand x) {
    Call call = new Call(given);
    call.input("X", x);
    Operand y = call.output("Y", given.result(x.rows(), x.columns()));
    engine.softmax(x, y);
    call.assertNothingElseWritten();
    return y;
  }

  /** Calls it and checks what it gives. */
  static void forward(
      SoftmaxEngine engine, MatrixCase given, Operand x, double shift, Accuracy seen) {
    checkForward(engine, given, x.widen(), softmax(engine, given, x), shift, seen);
  }

  /** Asserts that y is the softmax of x within the bound. */
  static void checkForward(
      SoftmaxEngine engine, MatrixCase given, double[] x, Operand y, double shift, Accuracy seen) {
    int m = given.rows();
    int n = given.columns();
    double[] a = SoftmaxOracle.forward(m, n, x);
    double[] errors = SoftmaxBound.forward(m, n, x, a, shift, Within.underflow(engine));
    check(engine, given, y, a, errors, seen);
  }

  static void check(
      SoftmaxEngine engine,
      MatrixCase given,
      Operand actual,
      double[] expected,
      double[] errors,
      Accuracy seen) {
    seen.check(
        given.rows(),
        given.columns(),
        actual::get,
        expected,
        Within.bound(engine, errors),
        given.toString());
  }

  static void checkLogarithm(SoftmaxEngine engine, MatrixCase given, Operand x, Accuracy seen) {
    int m = given.rows();
    int n = given.columns();
    Call call = new Call(given);
    call.input("X", x);
    Operand y = call.output("Y", given.result(m, n));
    engine.logSoftmax(x, y);
    call.assertNothingElseWritten();
    double[] wide = x.widen();
    double[] expected = SoftmaxOracle.logForward(m, n, wide);
    check(engine, given, y, expected, SoftmaxBound.logarithm(m, n, wide, expected), seen);
  }

  static Operand backward(SoftmaxEngine engine, MatrixCase given, Operand y, Operand dy) {
    Call call = new Call(given);
    call.input("Y", y);
    call.input("dY", dy);
    Operand dx = call.output("dX", given.result(1, y.rows(), y.columns()));
    engine.backward(y, dy, dx);
    call.assertNothingElseWritten();
    return dx;
  }

  /** The error that a given relative error of y, and the pass itself, leave in dx. */
  static double[] backwardErrors(
      int m, int n, double[] y, double[] dy, double errorOfY, double underflow) {
    double[] errors = new double[y.length];
    for (int i = 0; i < m; i++) {
      double dot = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        dot += Math.abs(dy[j] * y[j]);
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        double slope = Math.abs(dy[j]);
        errors[j] =
            y[j] * (Bound.gamma(n + 2) * dot + Bound.gamma(3) * slope)
                + 2 * errorOfY * y[j] * (slope + dot)
                + (n + 2) * underflow;
      }
    }
    return errors;
  }

  static void checkBackward(
      SoftmaxEngine engine, MatrixCase given, double[] y, double[] dy, Operand dx, Accuracy seen) {
    int m = given.rows();
    int n = given.columns();
    double[] expected = SoftmaxOracle.backward(m, n, y, dy);
    double[] errors = backwardErrors(m, n, y, dy, 0, Within.underflow(engine));
    check(engine, given, dx, expected, errors, seen);
  }
}
