package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.SpecialRow.INF;
import static dev.lanewise.suite.hardening.SpecialRow.MIN;
import static dev.lanewise.suite.hardening.SpecialRow.NAN;
import static dev.lanewise.suite.hardening.SpecialRow.REPEATED;
import static dev.lanewise.suite.hardening.SpecialRow.SUB;
import static dev.lanewise.suite.hardening.SpecialRow.constant;
import static dev.lanewise.suite.hardening.SpecialRow.fill;
import static dev.lanewise.suite.hardening.SpecialRow.numbers;

import dev.lanewise.kernels.Classification;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatFactor;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.hardening.SpecialRow.Along;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What products, reductions and choices of classes make of odd numbers. */
final class SpecialSums {
  /** Columns (1, 1) and (2, 1) of a right factor. */
  private static final FloatMatrix RIGHT = FloatMatrix.of(numbers(1, 2, 1, 1), 2, 2);

  private final List<SpecialRow> rows = new ArrayList<>();

  private SpecialSums() {}

  static List<SpecialRow> rows() {
    SpecialSums table = new SpecialSums();
    table.products();
    table.sums();
    table.maxima();
    table.classes();
    return table.rows;
  }

  private void row(String operation, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.ROW, call, 0, x, expected));
  }

  private void column(String operation, float[] x, SpecialRow.Call call, float... expected) {
    rows.add(new SpecialRow(operation, Along.COLUMN, call, 0, x, expected));
  }

  private void products() {
    product(numbers(NAN, 1), NAN, NAN);
    product(numbers(INF, 1), INF, INF);
    product(numbers(INF, -INF), NAN, NAN);
    product(numbers(-0f, -0f), 0, 0);
    product(numbers(MIN, MIN), 2 * MIN, 3 * MIN);
    product(numbers(SUB, -SUB), 0, SUB);
    SpecialRow.Call none = (x, y) -> Gemm.gemm(0, x, RIGHT, 0, y);
    row("Gemm.gemm", numbers(NAN, INF), none, 0, 0);
    SpecialRow.Call kept =
        (x, y) -> {
          fill(y, -0f);
          Gemm.gemm(0, x, RIGHT, 1, y, Epilogue.relu());
        };
    row("Gemm.gemm", numbers(NAN, INF), kept, -0f, -0f);
    SpecialRow.Call times = (x, y) -> Gemm.gemm(1, x, constant(FloatMatrix.zeros(1, 2), 0f), 0, y);
    row("Gemm.gemm", numbers(INF), times, NAN, NAN);
    // Half of the smallest number is rounded before it is a factor.
    SpecialRow.Call halved =
        (x, y) -> Gemm.gemm(0.5f, x, constant(FloatMatrix.zeros(1, 2), 4f), 0, y);
    row("Gemm.gemm", numbers(MIN), halved, 0, 0);
    row("Gemm.gemm", numbers(3 * MIN), halved, 8 * MIN, 8 * MIN);
    // Bias and ReLU.
    FloatSpan bias = FloatSpan.of(numbers(NAN, -0f));
    row(
        "Gemm.gemm",
        numbers(-1, 0),
        (x, y) -> Gemm.gemm(1, x, RIGHT, 0, y, Epilogue.biasRelu(bias)),
        NAN,
        0);
  }

  /** By each form of the product, with the numbers left and right of the others. */
  private void product(float[] x, float... expected) {
    String name = "Gemm.gemm";
    for (FloatFactor right : new FloatFactor[] {RIGHT, PackedMatrix.of(RIGHT)}) {
      row(name, x, (a, y) -> Gemm.gemm(1, a, right, 0, y), expected);
    }
    column(name, x, (b, y) -> Gemm.gemm(1, RIGHT.transpose(), b, 0, y), expected);
    column(name, x, (b, y) -> Gemm.gemm(1, RIGHT.transpose(), PackedMatrix.of(b), 0, y), expected);
    for (int j = 0; j < 2; j++) {
      FloatMatrix single = RIGHT.columns(j, j + 1);
      row(name, x, (a, y) -> Gemm.gemm(1, a, single, 0, y), expected[j]);
    }
    row(name, x, (a, y) -> Gemm.gemm(1, batch(a), batch(RIGHT), 0, batch(y)), expected);
    SpecialRow.Call doubles =
        (a, y) -> {
          DoubleMatrix c = DoubleMatrix.zeros(a.rows(), 2);
          Gemm.gemm(1.0, widen(a), widen(RIGHT), 0.0, c);
          for (int i = 0; i < a.rows(); i++) {
            y.set(i, 0, (float) c.get(i, 0));
            y.set(i, 1, (float) c.get(i, 1));
          }
        };
    row(name, x, doubles, expected);
  }

  private static FloatBatch batch(FloatMatrix x) {
    return FloatBatch.of(
        x.array(), x.offset(), 1, 0, x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  private static DoubleMatrix widen(FloatMatrix x) {
    DoubleMatrix wide = DoubleMatrix.zeros(x.rows(), x.columns());
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        wide.set(i, j, x.get(i, j));
      }
    }
    return wide;
  }

  private void sums() {
    reduction(Reduction.SUM, numbers(NAN, INF, 1), NAN);
    reduction(Reduction.SUM, numbers(INF, 1, MIN), INF);
    reduction(Reduction.SUM, numbers(INF, 1, -INF), NAN);
    reduction(Reduction.SUM, numbers(MIN, MIN, MIN), 3 * MIN);
    reduction(Reduction.SUM, numbers(SUB, -SUB, MIN), MIN);
    reduction(Reduction.MEAN, numbers(NAN, 1), NAN);
    reduction(Reduction.MEAN, numbers(-INF, 1), -INF);
    reduction(Reduction.MEAN, numbers(MIN, 3 * MIN), 2 * MIN);
    reduction(Reduction.SUM_OF_SQUARES, numbers(NAN, 1), NAN);
    reduction(Reduction.SUM_OF_SQUARES, numbers(INF, -INF), INF);
    reduction(Reduction.SUM_OF_SQUARES, numbers(MIN, -SUB), 0);
    reduction(Reduction.SUM_OF_SQUARES, numbers(0x1p-74f, 0x1p-74f), 4 * MIN);
    dots(numbers(NAN, 1), NAN);
    dots(numbers(INF, 1), INF);
    dots(numbers(INF, -INF), NAN);
    dots(numbers(MIN, SUB), MIN + SUB);
    all(Reduction.SUM, numbers(NAN), NAN);
    all(Reduction.SUM, numbers(INF, MIN), INF);
    all(Reduction.SUM, numbers(MIN), REPEATED * MIN);
    all(Reduction.MEAN, numbers(MIN), MIN);
    all(Reduction.MAX, numbers(-0f, 0f, -1), 0);
    all(Reduction.MAX, numbers(INF, NAN), NAN);
    row("Reduce.dot", numbers(NAN, 1), (x, y) -> fill(y, Reduce.dot(x, constant(x, 1))), NAN);
    row(
        "Reduce.dot",
        numbers(MIN),
        (x, y) -> fill(y, Reduce.dot(x, constant(x, 1))),
        REPEATED * MIN);
  }

  private void reduction(Reduction kind, float[] x, float expected) {
    row("Reduce.rows", x, (a, y) -> Reduce.rows(kind, a, y.column(0)), expected);
    column("Reduce.columns", x, (a, y) -> Reduce.columns(kind, a, y.row(0)), expected);
  }

  private void all(Reduction kind, float[] x, float expected) {
    row("Reduce.all", x, (a, y) -> fill(y, Reduce.all(kind, a)), expected);
  }

  private void dots(float[] x, float expected) {
    row("Reduce.rowDots", x, (a, y) -> Reduce.rowDots(a, constant(a, 1), y.column(0)), expected);
    column(
        "Reduce.columnDots", x, (a, y) -> Reduce.columnDots(a, constant(a, 1), y.row(0)), expected);
  }

  private void maxima() {
    maximum(numbers(NAN, INF), NAN, 0);
    maximum(numbers(INF, NAN), NAN, 1);
    maximum(numbers(-0f, 0, -1), 0, 1);
    maximum(numbers(-1, -0f, -0f), -0f, 1);
    maximum(numbers(-SUB, MIN, 0), MIN, 1);
    maximum(numbers(-INF, -INF), -INF, 0);
    maximum(numbers(-MIN, -SUB), -MIN, 0);
  }

  private void maximum(float[] x, float largest, int place) {
    reduction(Reduction.MAX, x, largest);
    SpecialRow.Call ofRows =
        (a, y) -> {
          Labels places = Labels.of(new int[a.rows()]);
          Reduce.rowArgmax(a, places);
          for (int i = 0; i < a.rows(); i++) {
            y.set(i, 0, places.get(i));
          }
        };
    row("Reduce.rowArgmax", x, ofRows, place);
    SpecialRow.Call ofColumns =
        (a, y) -> {
          Labels places = Labels.of(new int[a.columns()]);
          Reduce.columnArgmax(a, places);
          for (int j = 0; j < a.columns(); j++) {
            y.set(0, j, places.get(j));
          }
        };
    column("Reduce.columnArgmax", x, ofColumns, place);
    row("Reduce.argmax", x, (a, y) -> fill(y, (float) Reduce.argmax(a)), place);
  }

  /** Scores of a row; NaN is the best, +0 better than -0. */
  private void classes() {
    choice(numbers(1, NAN, INF), 1, 2);
    choice(numbers(-0f, 0, -1), 1, 0);
    choice(numbers(-INF, MIN, SUB), 2, 1);
    choice(numbers(NAN, NAN, INF), 0, 1);
  }

  private void choice(float[] x, int best, int second) {
    SpecialRow.Call top =
        (a, y) -> {
          Labels classes = Labels.of(new int[2 * a.rows()]);
          Classification.topK(a, 2, classes);
          for (int i = 0; i < 2 * a.rows(); i++) {
            y.set(i / 2, i % 2, classes.get(i));
          }
        };
    row("Classification.topK", x, top, best, second);
    row("Classification.accuracy", x, (a, y) -> fill(y, accuracy(a, best)), 1);
    row("Classification.accuracy", x, (a, y) -> fill(y, accuracy(a, second)), 0);
    row("Classification.topKAccuracy", x, (a, y) -> fill(y, amongTwo(a, second)), 1);
    row("Classification.topKAccuracy", x, (a, y) -> fill(y, amongTwo(a, 3 - best - second)), 0);
  }

  private static Labels labels(FloatMatrix x, int label) {
    int[] labels = new int[x.rows()];
    Arrays.fill(labels, label);
    return Labels.of(labels);
  }

  private static float accuracy(FloatMatrix x, int label) {
    return (float) Classification.accuracy(x, labels(x, label));
  }

  private static float amongTwo(FloatMatrix x, int label) {
    return (float) Classification.topKAccuracy(x, labels(x, label), 2);
  }
}
