package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.SpecialRow.INF;
import static dev.lanewise.suite.hardening.SpecialRow.MIN;
import static dev.lanewise.suite.hardening.SpecialRow.NAN;
import static dev.lanewise.suite.hardening.SpecialRow.SUB;
import static dev.lanewise.suite.hardening.SpecialRow.constant;
import static dev.lanewise.suite.hardening.SpecialRow.copy;
import static dev.lanewise.suite.hardening.SpecialRow.numbers;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.hardening.SpecialRow.Along;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What normalisations make of odd numbers. */
final class SpecialNorms {
  private static final double EPS = 1e-5;

  private final List<SpecialRow> rows = new ArrayList<>();

  private SpecialNorms() {}

  static List<SpecialRow> rows() {
    SpecialNorms table = new SpecialNorms();
    table.forward();
    table.backward();
    table.given();
    table.statistics();
    table.inputs();
    table.layerNorm();
    table.rmsNorm();
    return table.rows;
  }

  private void row(String operation, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.ROW, call, 8, x, expected));
  }

  private void column(String operation, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.COLUMN, call, 8, x, expected));
  }

  private static FloatSpan span(int length, float number) {
    float[] array = new float[length];
    Arrays.fill(array, number);
    return FloatSpan.of(array);
  }

  /** With gamma = 2 and beta = 3. */
  private static BatchNorm norm(FloatMatrix x, double eps) {
    return new BatchNorm(span(x.columns(), 2), span(x.columns(), 3), eps);
  }

  /** Channels first. */
  private static Samples channels(FloatMatrix x) {
    return FloatBatch.of(
        x.array(), x.offset(), 1, 0, x.columns(), x.rows(), x.columnStride(), x.rowStride());
  }

  private void forward(float[] x, double eps, float... expected) {
    String name = "BatchNorm.forward";
    column(
        name, x, (a, y) -> norm(a, eps).forward(a, new BatchStatistics(a.columns()), y), expected);
    SpecialRow.Call first =
        (a, y) -> norm(a, eps).forward(channels(a), new BatchStatistics(a.columns()), channels(y));
    column(name, x, first, expected);
  }

  private void forward() {
    forward(numbers(NAN, 1, 2), EPS, NAN, NAN, NAN);
    forward(numbers(1, INF, 2), EPS, NAN, NAN, NAN);
    forward(numbers(5, 5, 5), EPS, 3, 3, 3);
    forward(numbers(-0f, 0, -0f), EPS, 3, 3, 3);
    forward(numbers(MIN, -SUB, SUB), EPS, 3, 3, 3);
    forward(numbers(MIN, MIN), EPS, 3, 3);
    forward(numbers(5, 5), 0, NAN, NAN);
    forward(numbers(1e20f, -1e20f), EPS, 3, 3);
  }

  private void backward() {
    String name = "BatchNorm.backward";
    SpecialRow.Call ofX =
        (x, y) -> {
          int n = x.columns();
          BatchStatistics statistics = new BatchStatistics(n);
          norm(x, EPS).forward(x, statistics, FloatMatrix.zeros(x.rows(), n));
          FloatMatrix d = constant(x, 1);
          norm(x, EPS).backward(x, d, statistics, y.rows(0, x.rows()), y.row(2), y.row(3));
        };
    column(name, numbers(NAN, 1), ofX, NAN, NAN, NAN, 2);
    column(name, numbers(INF, 1), ofX, NAN, NAN, NAN, 2);
    column(name, numbers(5, 5), ofX, 0, 0, 0, 2);
    SpecialRow.Call ofD =
        (d, y) -> {
          int n = d.columns();
          FloatMatrix x = FloatMatrix.zeros(2, n);
          copy(constant(x.rows(0, 1), 1), x.rows(0, 1));
          BatchStatistics statistics = new BatchStatistics(n);
          norm(x, 0).forward(x, statistics, FloatMatrix.zeros(2, n));
          norm(x, 0).backward(x, d, statistics, y.rows(0, 2), y.row(2), y.row(3));
        };
    column(name, numbers(NAN, 1), ofD, NAN, NAN, NAN, NAN);
    // dgamma has low·Σ d, a product of 0 and an infinity.
    column(name, numbers(INF, 1), ofD, NAN, NAN, NAN, INF);
    column(name, numbers(4 * MIN, 0), ofD, 0, 0, 4 * MIN, 4 * MIN);
  }

  /** By given statistics, of mean 0 and variance 1 but for what a row says. */
  private void given() {
    float[] x = {NAN, INF, -INF, -0f, MIN, -SUB};
    BatchNorm plain = new BatchNorm(span(SpecialRow.REPEATED, 1), span(SpecialRow.REPEATED, 0), 0);
    SpecialRow.Call inference =
        (a, y) -> plain.inference(a, span(a.columns(), 0), span(a.columns(), 1), y);
    column("BatchNorm.inference", x, inference, NAN, INF, -INF, 0, MIN, -SUB);
    SpecialRow.Call relu =
        (a, y) -> plain.relu().inference(a, span(a.columns(), 0), span(a.columns(), 1), y);
    column("BatchNorm.inference", x, relu, NAN, INF, 0, 0, MIN, 0);
    for (float[] odd : new float[][] {{NAN, 1}, {INF, 1}, {0, NAN}, {0, -1}, {0, 0}}) {
      SpecialRow.Call spoilt =
          (a, y) -> plain.inference(a, span(a.columns(), odd[0]), span(a.columns(), odd[1]), y);
      column("BatchNorm.inference", numbers(1, -0f, MIN), spoilt, NAN, NAN, NAN);
    }
    SpecialRow.Call wide =
        (a, y) -> plain.inference(a, span(a.columns(), 0), span(a.columns(), INF), y);
    column("BatchNorm.inference", numbers(1, MIN, INF), wide, 0, 0, NAN);
    String backward = "BatchNorm.inferenceBackward";
    SpecialRow.Call slopes =
        (d, y) -> {
          int n = d.columns();
          FloatSpan mean = span(n, 0);
          FloatSpan sums = span(n, 0);
          plain.inferenceBackward(constant(d, 1), d, mean, span(n, 1), y, span(n, 0), sums);
        };
    column(backward, x, slopes, x);
    SpecialRow.Call fold =
        (w, y) -> {
          copy(w, y);
          FloatSpan bias = span(w.columns(), 0);
          plain.fold(y, bias, span(w.columns(), 0), span(w.columns(), 1));
        };
    column("BatchNorm.fold", x, fold, x);
    SpecialRow.Call bias =
        (b, y) -> {
          copy(b, y);
          int n = b.columns();
          plain.fold(FloatMatrix.zeros(0, n), y.row(0), span(n, 0), span(n, 1));
        };
    column("BatchNorm.fold", numbers(NAN), bias, NAN);
    column("BatchNorm.fold", numbers(-INF), bias, -INF);
    column("BatchNorm.fold", numbers(-SUB), bias, -SUB);
  }

  /** The variance, and whether the mean is finite; then the running estimates. */
  private void statistics() {
    for (boolean first : new boolean[] {false, true}) {
      SpecialRow.Call compute =
          (x, y) -> {
            BatchStatistics statistics = new BatchStatistics(x.columns());
            statistics.compute(first ? channels(x) : x);
            for (int j = 0; j < x.columns(); j++) {
              y.set(0, j, (float) statistics.variance(j));
              y.set(1, j, Double.isFinite(statistics.mean(j)) ? 1 : 0);
            }
          };
      String name = "BatchStatistics.compute";
      column(name, numbers(NAN, 1), compute, NAN, 0);
      column(name, numbers(1, -INF, 2), compute, NAN, 0);
      column(name, numbers(-0f, 0), compute, 0, 1);
      column(name, numbers(MIN, -SUB), compute, 0, 1);
      column(name, numbers(1e20f, -1e20f), compute, INF, 1);
    }
    SpecialRow.Call update =
        (x, y) -> {
          BatchStatistics statistics = new BatchStatistics(x.columns());
          statistics.compute(x.rows(1, 3));
          copy(constant(y.rows(0, 1), x.get(0, 0)), y.rows(0, 1));
          copy(constant(y.rows(1, 2), 1), y.rows(1, 2));
          RunningAverage average = new RunningAverage(0.5, RunningAverage.Variance.BIASED);
          statistics.updateRunning(y.row(0), y.row(1), average);
        };
    String name = "BatchStatistics.updateRunning";
    column(name, numbers(NAN, 1, 3), update, NAN, 1);
    column(name, numbers(INF, 1, 3), update, INF, 1);
    column(name, numbers(0, NAN, 3), update, NAN, NAN);
    column(name, numbers(MIN, 3 * MIN, 3 * MIN), update, 2 * MIN, 0.5f);
    column(name, numbers(0, 1e20f, -1e20f), update, 0, INF);
  }

  /** A training set in the first two rows, then others that are normalised by it. */
  private void inputs() {
    SpecialRow.Call standardize =
        (x, y) -> {
          Standardize inputs = new Standardize(x.columns(), 0);
          inputs.fit(x.rows(0, 2));
          inputs.apply(x.rows(2, x.rows()), y);
        };
    for (String name : List.of("Standardize.fit", "Standardize.apply")) {
      column(name, numbers(-1, 1, NAN, INF, -INF, -0f, MIN), standardize, NAN, INF, -INF, 0, MIN);
      column(name, numbers(NAN, 1, 0), standardize, NAN);
      column(name, numbers(INF, 1, 0), standardize, NAN);
      column(name, numbers(2, 2, 2), standardize, NAN);
      column(name, numbers(1e20f, -1e20f, 5), standardize, 0);
    }
  }

  private void layerNorm() {
    String name = "LayerNorm.forward";
    SpecialRow.Call forward = (x, y) -> layer(x, EPS).forward(x, y);
    row(name, numbers(NAN, 1), forward, NAN, NAN);
    row(name, numbers(1, -INF), forward, NAN, NAN);
    row(name, numbers(5, 5), forward, 3, 3);
    row(name, numbers(-0f, 0), forward, 3, 3);
    row(name, numbers(MIN, -SUB), forward, 3, 3);
    row(name, numbers(1e20f, -1e20f), forward, 3, 3);
    row(name, numbers(5, 5), (x, y) -> layer(x, 0).forward(x, y), NAN, NAN);
    String backward = "LayerNorm.backward";
    SpecialRow.Call ofX =
        (x, y) -> layer(x, EPS).backward(x, constant(x, 1), y, span(2, 0), span(2, 0));
    row(backward, numbers(NAN, 1), ofX, NAN, NAN);
    row(backward, numbers(INF, 1), ofX, NAN, NAN);
    row(backward, numbers(5, 5), ofX, 0, 0);
    FloatMatrix signs = FloatMatrix.of(numbers(1, -1), 1, 2);
    SpecialRow.Call ofD =
        (d, y) -> layer(d, 0).backward(signs.broadcast(d.rows(), 2), d, y, span(2, 0), span(2, 0));
    row(backward, numbers(NAN, 1), ofD, NAN, NAN);
    row(backward, numbers(INF, 1), ofD, NAN, NAN);
  }

  private static LayerNorm layer(FloatMatrix x, double eps) {
    return new LayerNorm(span(x.columns(), 2), span(x.columns(), 3), eps);
  }

  private void rmsNorm() {
    String name = "RmsNorm.forward";
    SpecialRow.Call forward = (x, y) -> new RmsNorm(span(x.columns(), 1), 1).forward(x, y);
    row(name, numbers(NAN, 1), forward, NAN, NAN);
    row(name, numbers(INF, 1, -1), forward, NAN, 0, -0f);
    row(name, numbers(2e19f, -1), forward, 0, -0f);
    row(name, numbers(0, -0f), forward, 0, -0f);
    row(name, numbers(MIN, -SUB), forward, MIN, -SUB);
    SpecialRow.Call bare = (x, y) -> new RmsNorm(span(x.columns(), 1), 0).forward(x, y);
    row(name, numbers(0, -0f), bare, NAN, NAN);
    String backward = "RmsNorm.backward";
    SpecialRow.Call ofX =
        (x, y) -> new RmsNorm(span(2, 1), 1).backward(x, constant(x, 1), y, span(2, 0));
    row(backward, numbers(NAN, 1), ofX, NAN, NAN);
    row(backward, numbers(0, -0f), ofX, 1, 1);
    row(backward, numbers(MIN, -MIN), ofX, 1, 1);
    SpecialRow.Call ofD =
        (d, y) -> new RmsNorm(span(2, 1), 1).backward(constant(d, 0), d, y, span(2, 0));
    row(backward, numbers(MIN, -SUB), ofD, MIN, -SUB);
    row(backward, numbers(NAN, 1), ofD, NAN, NAN);
  }
}
