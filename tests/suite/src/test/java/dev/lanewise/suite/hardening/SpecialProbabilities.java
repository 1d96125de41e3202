package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.SpecialRow.INF;
import static dev.lanewise.suite.hardening.SpecialRow.MIN;
import static dev.lanewise.suite.hardening.SpecialRow.NAN;
import static dev.lanewise.suite.hardening.SpecialRow.SUB;
import static dev.lanewise.suite.hardening.SpecialRow.constant;
import static dev.lanewise.suite.hardening.SpecialRow.fill;
import static dev.lanewise.suite.hardening.SpecialRow.numbers;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.hardening.SpecialRow.Along;
import java.util.ArrayList;
import java.util.List;

/** What softmax, its logarithms and the losses make of odd numbers. */
final class SpecialProbabilities {
  private static final float LOG_2 = (float) StrictMath.log(2);

  private final List<SpecialRow> rows = new ArrayList<>();

  private SpecialProbabilities() {}

  static List<SpecialRow> rows() {
    SpecialProbabilities table = new SpecialProbabilities();
    table.softmax();
    table.logarithms();
    table.crossEntropy();
    table.binaryCrossEntropy();
    return table.rows;
  }

  private void add(String operation, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.ROW, call, 16, x, expected));
  }

  private void softmax() {
    forward(numbers(NAN, 1), NAN, NAN);
    forward(numbers(INF, 1), NAN, NAN);
    forward(numbers(-INF, -INF), NAN, NAN);
    forward(numbers(-INF, 1), 0, 1);
    forward(numbers(-0f, 0), 0.5f, 0.5f);
    forward(numbers(MIN, -SUB), 0.5f, 0.5f);
    forward(numbers(-Float.MAX_VALUE, Float.MAX_VALUE), 0, 1);
    forward(numbers(0, 80), (float) StrictMath.exp(-80), 1);
    String name = "Softmax.backward";
    FloatMatrix halves = FloatMatrix.of(numbers(0.5f, 0.5f), 1, 2);
    SpecialRow.Call ofDy = (dy, dx) -> Softmax.backward(halves.broadcast(dy.rows(), 2), dy, dx);
    add(name, numbers(NAN, 1), ofDy, NAN, NAN);
    add(name, numbers(INF, 1), ofDy, NAN, -INF);
    add(name, numbers(INF, -INF), ofDy, NAN, NAN);
    add(name, numbers(8 * MIN, 0), ofDy, 2 * MIN, -2 * MIN);
    add(name, numbers(0, NAN), (y, dx) -> Softmax.backward(y, constant(y, 1), dx), NAN, NAN);
  }

  private void forward(float[] x, float... expected) {
    add("Softmax.forward", x, Softmax::forward, expected);
    add("Softmax.forward", x, (a, y) -> Softmax.forward(a, y, 1), expected);
  }

  private void logarithms() {
    String forward = "LogSoftmax.forward";
    add(forward, numbers(NAN, 1), LogSoftmax::forward, NAN, NAN);
    add(forward, numbers(INF, 1), LogSoftmax::forward, NAN, NAN);
    add(forward, numbers(-INF, -INF), LogSoftmax::forward, NAN, NAN);
    add(forward, numbers(-INF, 1), LogSoftmax::forward, -INF, 0);
    add(forward, numbers(MIN, -0f), LogSoftmax::forward, -LOG_2, -LOG_2);
    float most = Float.MAX_VALUE;
    add(forward, numbers(-most, most), LogSoftmax::forward, -INF, 0);
    String backward = "LogSoftmax.backward";
    FloatMatrix halves = FloatMatrix.of(numbers(-LOG_2, -LOG_2), 1, 2);
    SpecialRow.Call ofDy = (dy, dx) -> LogSoftmax.backward(halves.broadcast(dy.rows(), 2), dy, dx);
    add(backward, numbers(NAN, 1), ofDy, NAN, NAN);
    add(backward, numbers(INF, 1), ofDy, NAN, -INF);
    add(backward, numbers(8 * MIN, 0), ofDy, 4 * MIN, -4 * MIN);
    String sum = "LogSumExp.forward";
    SpecialRow.Call sums = (x, y) -> LogSumExp.forward(x, y.column(0));
    add(sum, numbers(NAN, 1), sums, NAN);
    add(sum, numbers(NAN, INF), sums, NAN);
    add(sum, numbers(INF, 1), sums, INF);
    add(sum, numbers(INF, -INF), sums, INF);
    add(sum, numbers(-INF, -INF), sums, -INF);
    add(sum, numbers(-INF, 2), sums, 2);
    add(sum, numbers(MIN, -SUB), sums, LOG_2);
    SpecialRow.Call slopes =
        (x, dx) -> {
          FloatSpan s = FloatSpan.zeros(x.rows());
          LogSumExp.forward(x, s);
          LogSumExp.backward(x, s, constant(x, 1).column(0), dx);
        };
    String slope = "LogSumExp.backward";
    add(slope, numbers(NAN, 1), slopes, NAN, NAN);
    add(slope, numbers(INF, 1), slopes, NAN, 0);
    add(slope, numbers(-INF, 1), slopes, 0, 1);
    add(slope, numbers(-INF, -INF), slopes, NAN, NAN);
    add(slope, numbers(MIN, -MIN), slopes, 0.5f, 0.5f);
  }

  private static Labels labels(FloatMatrix x) {
    return Labels.of(new int[x.rows()]);
  }

  /** Against the first class: the loss, and the gradient of the sum of all. */
  private void loss(float[] x, float loss, float... gradient) {
    String name = "CrossEntropy.";
    CrossEntropy mean = CrossEntropy.MEAN;
    add(name + "loss", x, (a, y) -> fill(y, mean.loss(a, labels(a))), loss);
    add(name + "losses", x, (a, y) -> mean.losses(a, labels(a), y.column(0)), loss);
    SpecialRow.Call reduced = (a, y) -> CrossEntropy.SUM.lossAndGradient(a, labels(a), y);
    add(name + "lossAndGradient", x, reduced, gradient);
    SpecialRow.Call each =
        (a, y) -> mean.lossesAndGradient(a, labels(a), FloatSpan.zeros(a.rows()), y);
    add(name + "lossesAndGradient", x, each, gradient);
  }

  private void crossEntropy() {
    loss(numbers(NAN, 1), NAN, NAN, NAN);
    loss(numbers(1, NAN), NAN, NAN, NAN);
    loss(numbers(INF, 1), NAN, NAN, NAN);
    loss(numbers(-INF, -INF), NAN, NAN, NAN);
    loss(numbers(-INF, 1), INF, -1, 1);
    loss(numbers(1, -INF), 0, 0, 0);
    loss(numbers(-0f, MIN), LOG_2, -0.5f, 0.5f);
    // Rows of no weight, and ignored ones, are not computed.
    CrossEntropy ignoring = CrossEntropy.SUM.ignoring(0);
    add("CrossEntropy.loss", numbers(NAN, 1), (a, y) -> fill(y, ignoring.loss(a, labels(a))), 0);
    SpecialRow.Call weightless =
        (a, y) ->
            CrossEntropy.SUM
                .withWeights(FloatSpan.zeros(a.rows()))
                .lossAndGradient(a, labels(a), y);
    add("CrossEntropy.lossAndGradient", numbers(NAN, 1), weightless, 0, 0);
    add(
        "CrossEntropy.losses",
        numbers(NAN, 0.5f),
        (t, y) -> CrossEntropy.SUM.losses(constant(t, 1), t, y.column(0)),
        NAN);
  }

  private void binary(float[] x, float target, float[] losses, float... gradient) {
    String name = "BinaryCrossEntropy.";
    BinaryCrossEntropy sum = BinaryCrossEntropy.SUM;
    add(name + "losses", x, (a, y) -> sum.losses(a, constant(a, target), y), losses);
    SpecialRow.Call reduced = (a, y) -> sum.lossAndGradient(a, constant(a, target), y);
    add(name + "lossAndGradient", x, reduced, gradient);
    for (int i = 0; i < x.length; i++) {
      SpecialRow.Call mean =
          (a, y) -> fill(y, BinaryCrossEntropy.MEAN.loss(a, constant(a, target)));
      add(name + "loss", numbers(x[i]), mean, losses[i]);
    }
  }

  private void binaryCrossEntropy() {
    float[] x = {NAN, INF, -INF, -0f, MIN, -SUB};
    float half = 0.5f;
    binary(x, 1, numbers(NAN, 0, INF, LOG_2, LOG_2, LOG_2), NAN, 0, -1, -half, -half, -half);
    binary(x, 0, numbers(NAN, INF, 0, LOG_2, LOG_2, LOG_2), NAN, 1, 0, half, half, half);
    binary(x, half, numbers(NAN, INF, INF, LOG_2, LOG_2, LOG_2), NAN, half, -half, 0, 0, 0);
    binary(numbers(1, -1), NAN, numbers(NAN, NAN), NAN, NAN);
  }
}
