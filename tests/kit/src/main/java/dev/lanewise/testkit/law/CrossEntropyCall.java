package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;

/** Logits with labels or distributions, and the call that is made with them. */
final class CrossEntropyCall {
  private final CrossEntropyEngine engine;
  private final MatrixCase given;
  private final Operand logits;
  private final int m;
  private final int n;
  private final double[] x;
  private final int[] labels;
  private final Call call;
  private double shift;

  CrossEntropyCall(CrossEntropyEngine engine, MatrixCase given, Operand logits, int[] labels) {
    this.engine = engine;
    this.given = given;
    this.logits = logits;
    this.labels = labels;
    m = given.rows();
    n = given.columns();
    x = logits.widen();
    call = new Call(given);
  }

  CrossEntropyCall(CrossEntropyEngine engine, MatrixCase given, Operand logits) {
    this(engine, given, logits, given.labels());
  }

  /** Admits 4u · |M|: rounding at the size of the logits. */
  CrossEntropyCall large() {
    shift = 4;
    return this;
  }

  MatrixCase given() {
    return given;
  }

  Operand logits() {
    return logits;
  }

  int m() {
    return m;
  }

  int n() {
    return n;
  }

  float loss() {
    int[] before = labels.clone();
    call.input("logits", logits);
    float loss = engine.loss(logits, labels);
    assertLabels(before);
    return loss;
  }

  float lossAndGradient(Operand gradient) {
    int[] before = labels.clone();
    if (gradient == logits) {
      call.output("logits", logits);
    } else {
      call.input("logits", logits);
      call.output("gradient", gradient);
    }
    float loss = engine.lossAndGradient(logits, labels, gradient);
    assertLabels(before);
    return loss;
  }

  private void assertLabels(int[] before) {
    call.assertNothingElseWritten();
    int i = Arrays.mismatch(before, labels);
    if (i >= 0) {
      throw new AssertionError(
          String.format(
              "the labels have changed: label %d was %d and is %d; %s",
              i, before[i], labels[i], given));
    }
  }

  float lossAndGradient(Operand targets, Operand gradient) {
    call.input("logits", logits);
    call.input("targets", targets);
    call.output("gradient", gradient);
    float loss = engine.lossAndGradient(logits, targets, gradient);
    call.assertNothingElseWritten();
    return loss;
  }

  /** 1 for the label, 0 elsewhere. */
  double[] oneHot() {
    double[] y = new double[m * n];
    for (int i = 0; i < m; i++) {
      y[i * n + labels[i]] = 1;
    }
    return y;
  }

  void checkLoss(float actual, Accuracy seen) {
    double[] losses = CrossEntropyOracle.losses(m, n, x, labels);
    double errors = 0;
    double sum = 0;
    for (int i = 0; i < m; i++) {
      errors += error(SoftmaxBound.max(n, x, i), x[i * n + labels[i]], losses[i]) + U * losses[i];
      sum += losses[i];
    }
    checkMean(actual, CrossEntropyOracle.mean(m, n, x, labels), errors, sum, m, seen);
  }

  void checkLoss(float actual, double[] y, Accuracy seen) {
    double[] logA = SoftmaxOracle.logForward(m, n, x);
    double errors = 0;
    double sum = 0;
    int terms = 0;
    for (int i = 0; i < m; i++) {
      double max = SoftmaxBound.max(n, x, i);
      for (int j = i * n; j < (i + 1) * n; j++) {
        if (y[j] > 0) {
          errors += y[j] * error(max, x[j], logA[j]);
          errors -= U * y[j] * logA[j];
          sum -= y[j] * logA[j];
          terms++;
        }
      }
    }
    checkMean(actual, CrossEntropyOracle.mean(m, n, x, y), errors, sum, terms, seen);
  }

  /** e_j. */
  private double error(double max, double logit, double logA) {
    double roundings = SoftmaxBound.roundingsOfSum(n) + 4 * Math.log(n);
    return Bound.gamma(1) * (max - logit + roundings + Math.abs(logA) + shift * Math.abs(max));
  }

  private void checkMean(
      float actual, double expected, double errors, double sum, int terms, Accuracy seen) {
    double bound = (errors + Bound.gamma(terms + 2) * sum) / m * engine.tolerance();
    seen.check(
        new float[] {actual},
        new double[] {expected},
        Bound.absolute(bound),
        "the mean loss; " + given);
  }

  double[] gradientErrors(double[] y) {
    double[] a = SoftmaxOracle.forward(m, n, x);
    double underflow = Within.underflow(engine);
    double[] errors = SoftmaxBound.forward(m, n, x, a, shift, underflow);
    for (int i = 0; i < errors.length; i++) {
      errors[i] = (errors[i] + 3 * U * Math.abs(a[i] - y[i])) / m + underflow;
    }
    return errors;
  }

  void checkGradient(Operand gradient, double[] y, Accuracy seen) {
    checkGradient(gradient, y, gradientErrors(y), seen);
  }

  void checkGradient(Operand gradient, double[] y, double[] errors, Accuracy seen) {
    seen.check(
        m,
        n,
        gradient::get,
        CrossEntropyOracle.gradient(m, n, x, y),
        Within.bound(engine, errors),
        "the gradient; " + given);
  }

  void checkDifferences(Operand gradient, double[] y, Accuracy seen) {
    Bound errors =
        Bound.componentwise(gradientErrors(y)).plus(Bound.absolute(SoftmaxBound.DIFFERENCES));
    new GradientCheck(seen)
        .within(errors.times(engine.tolerance()))
        .gradient(
            z -> CrossEntropyOracle.mean(m, n, z, y),
            x,
            gradient.widen(),
            "the gradient; " + given);
  }
}
