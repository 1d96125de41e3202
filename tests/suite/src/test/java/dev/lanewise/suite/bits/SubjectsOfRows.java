package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;
import static dev.lanewise.suite.bits.Subjects.place;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.List;

/** The operations along rows, per element and of reductions as {@link Subject}s. */
final class SubjectsOfRows {
  private SubjectsOfRows() {}

  /** Every operation once, in and out of place, on m×n. */
  static List<Subject> all(int m, int n, long seed) {
    List<Subject> subjects = new ArrayList<>(withoutColumns(m, n));
    subjects.addAll(
        List.of(
            softmax(m, n, true, 1f),
            softmax(m, n, false, 3f),
            logSoftmax(m, n, true, 1f),
            logSumExp(m, n, 0.5f),
            crossEntropy(m, n, seed),
            crossEntropyGradient(m, n, seed, false),
            crossEntropyGradient(m, n, seed, true),
            distributions(m, n, 0),
            distributions(m, n, 0.1),
            binaryCrossEntropy(m, n),
            all(m, n)));
    return subjects;
  }

  /** Every operation that takes matrices without columns, of m rows. */
  static List<Subject> withoutColumns(int m) {
    return withoutColumns(m, 0);
  }

  private static List<Subject> withoutColumns(int m, int n) {
    List<Subject> subjects =
        new ArrayList<>(
            List.of(
                softmax(m, n, false, 1f),
                softmaxBackward(m, n, 0, 1f),
                logSoftmax(m, n, false, 1f),
                logSoftmaxBackward(m, n, 2, 2f),
                logSumExp(m, n, 1f),
                logSumExpBackward(m, n, 1f),
                rowReductions(m, n),
                columnReductions(m, n)));
    for (Function f : Function.values()) {
      subjects.add(activation(f, m, n, f.ordinal() % 2 == 0));
      subjects.add(activationBackward(f, m, n, f.ordinal() % 3));
    }
    return subjects;
  }

  /** Every operation that takes matrices without rows, of n columns. */
  static List<Subject> withoutRows(int n) {
    List<Subject> subjects = new ArrayList<>(withoutColumns(0, n));
    subjects.add(crossEntropy(0, n, 1));
    subjects.add(crossEntropyGradient(0, n, 1, false));
    subjects.add(distributions(0, n, 0));
    subjects.add(binaryCrossEntropy(0, n));
    return subjects;
  }

  static Subject activation(Function f, int m, int n, boolean inPlace) {
    int y = inPlace ? 0 : 1;
    return new Subject(
        "%s %dx%d%s".formatted(f.activation(), m, n, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> f.activation().forward(x[0], x[y]),
        x -> DefinitionOfRows.activation(f.leaf(), Function.SLOPE, x[0], x[y]),
        x -> StatementOfRows.activation(f.leaf(), Function.SLOPE, x[0], x[y]));
  }

  /** The gradient goes to the operand of this index: 0 for X, 1 for dY, 2 for its own. */
  static Subject activationBackward(Function f, int m, int n, int to) {
    return new Subject(
        "%sBackward %dx%d to operand %d".formatted(f.activation(), m, n, to),
        gradientOperands("X", m, n, to),
        x -> f.activation().backward(x[0], x[1], x[to]),
        x -> DefinitionOfRows.activationBackward(f.leaf(), Function.SLOPE, x[0], x[1], x[to]),
        x -> StatementOfRows.activationBackward(f.leaf(), Function.SLOPE, x[0], x[1], x[to]));
  }

  private static List<Subject.Operand> gradientOperands(String first, int m, int n, int to) {
    return List.of(
        to == 0 ? written(first, m, n) : read(first, m, n),
        to == 1 ? written("dY", m, n) : read("dY", m, n),
        written("dX", m, n));
  }

  static Subject softmax(int m, int n, boolean inPlace, float temperature) {
    int y = inPlace ? 0 : 1;
    return new Subject(
        "softmax %dx%d T=%s%s".formatted(m, n, temperature, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> Softmax.forward(x[0], x[y], temperature),
        x -> DefinitionOfRows.softmax(temperature, x[0], x[y]),
        x -> StatementOfRows.softmax(temperature, x[0], x[y]));
  }

  /** The gradient goes to the operand of this index: 0 for Y, 1 for dY, 2 for its own. */
  static Subject softmaxBackward(int m, int n, int to, float temperature) {
    return new Subject(
        "softmaxBackward %dx%d T=%s to operand %d".formatted(m, n, temperature, to),
        gradientOperands("Y", m, n, to),
        x -> Softmax.backward(x[0], x[1], x[to], temperature),
        x -> DefinitionOfRows.softmaxBackward(temperature, x[0], x[1], x[to]),
        x -> StatementOfRows.softmaxBackward(temperature, x[0], x[1], x[to]));
  }

  static Subject logSoftmax(int m, int n, boolean inPlace, float temperature) {
    int y = inPlace ? 0 : 1;
    return new Subject(
        "logSoftmax %dx%d T=%s%s".formatted(m, n, temperature, place(inPlace)),
        List.of(inPlace ? written("X", m, n) : read("X", m, n), written("Y", m, n)),
        x -> LogSoftmax.forward(x[0], x[y], temperature),
        x -> DefinitionOfRows.logSoftmax(temperature, x[0], x[y]),
        x -> StatementOfRows.logSoftmax(temperature, x[0], x[y]));
  }

  static Subject logSoftmaxBackward(int m, int n, int to, float temperature) {
    return new Subject(
        "logSoftmaxBackward %dx%d T=%s to operand %d".formatted(m, n, temperature, to),
        gradientOperands("Y", m, n, to),
        x -> LogSoftmax.backward(x[0], x[1], x[to], temperature),
        x -> DefinitionOfRows.logSoftmaxBackward(temperature, x[0], x[1], x[to]),
        x -> StatementOfRows.logSoftmaxBackward(temperature, x[0], x[1], x[to]));
  }

  static Subject logSumExp(int m, int n, float temperature) {
    return new Subject(
        "logSumExp %dx%d T=%s".formatted(m, n, temperature),
        List.of(read("X", m, n), written("sums", 1, m)),
        x -> LogSumExp.forward(x[0], x[1].row(0), temperature),
        x -> DefinitionOfRows.logSumExp(temperature, x[0], x[1]),
        x -> StatementOfRows.logSumExp(temperature, x[0], x[1]));
  }

  static Subject logSumExpBackward(int m, int n, float temperature) {
    return new Subject(
        "logSumExpBackward %dx%d T=%s".formatted(m, n, temperature),
        List.of(read("X", m, n), read("sums", 1, m), read("slopes", 1, m), written("dX", m, n)),
        x -> LogSumExp.backward(x[0], x[1].row(0), x[2].row(0), x[3], temperature),
        x -> DefinitionOfRows.logSumExpBackward(temperature, x[0], x[1], x[2], x[3]),
        x -> StatementOfRows.logSumExpBackward(temperature, x[0], x[1], x[2], x[3]));
  }

  static Subject crossEntropy(int m, int n, long seed) {
    Labels labels = labels(m, n, seed);
    return new Subject(
        "crossEntropy %dx%d".formatted(m, n),
        List.of(read("X", m, n), written("loss", 1, 1)),
        x -> x[1].set(0, 0, CrossEntropy.MEAN.loss(x[0], labels)),
        x -> x[1].set(0, 0, DefinitionOfRows.loss(x[0], labels, null)),
        x -> x[1].set(0, 0, StatementOfRows.loss(x[0], labels)));
  }

  static Subject crossEntropyGradient(int m, int n, long seed, boolean inPlace) {
    Labels labels = labels(m, n, seed);
    int dx = inPlace ? 0 : 2;
    return new Subject(
        "crossEntropyGradient %dx%d%s".formatted(m, n, place(inPlace)),
        List.of(
            inPlace ? written("X", m, n) : read("X", m, n),
            written("loss", 1, 1),
            written("dX", m, n)),
        x -> x[1].set(0, 0, CrossEntropy.MEAN.lossAndGradient(x[0], labels, x[dx])),
        x -> x[1].set(0, 0, DefinitionOfRows.loss(x[0], labels, x[dx])),
        x -> x[1].set(0, 0, StatementOfRows.loss(x[0], labels, x[dx])));
  }

  /** Cross-entropy against distributions, which need not be any, with its gradient. */
  static Subject distributions(int m, int n, double smoothing) {
    CrossEntropy loss = CrossEntropy.MEAN.withLabelSmoothing(smoothing);
    return new Subject(
        "crossEntropyOfDistributions %dx%d smoothing=%s".formatted(m, n, smoothing),
        List.of(read("X", m, n), read("targets", m, n), written("loss", 1, 1), written("dX", m, n)),
        x -> x[2].set(0, 0, loss.lossAndGradient(x[0], x[1], x[3])),
        x -> x[2].set(0, 0, DefinitionOfRows.loss(smoothing, x[0], x[1], x[3])),
        x -> x[2].set(0, 0, StatementOfRows.loss(smoothing, x[0], x[1], x[3])));
  }

  static Subject binaryCrossEntropy(int m, int n) {
    return new Subject(
        "binaryCrossEntropy %dx%d".formatted(m, n),
        List.of(read("X", m, n), read("targets", m, n), written("loss", 1, 1), written("dX", m, n)),
        x -> x[2].set(0, 0, BinaryCrossEntropy.MEAN.lossAndGradient(x[0], x[1], x[3])),
        x -> x[2].set(0, 0, DefinitionOfRows.binaryLoss(x[0], x[1], x[3])),
        x -> x[2].set(0, 0, StatementOfRows.binaryLoss(x[0], x[1], x[3])));
  }

  static Subject rowReductions(int m, int n) {
    return new Subject(
        "rowReductions %dx%d".formatted(m, n),
        List.of(
            read("X", m, n),
            read("Y", m, n),
            written("sums", 1, m),
            written("dots", 1, m),
            written("maxima", 1, m),
            written("places", 1, m)),
        x -> {
          int[] places = new int[m];
          Reduce.rows(Reduction.SUM, x[0], x[2].row(0));
          Reduce.rowDots(x[0], x[1], x[3].row(0));
          Reduce.rows(Reduction.MAX, x[0], x[4].row(0));
          Reduce.rowArgmax(x[0], Labels.of(places));
          for (int i = 0; i < m; i++) {
            x[5].set(0, i, places[i]);
          }
        },
        x -> {
          DefinitionOfRows.rowSums(x[0], x[2]);
          DefinitionOfRows.rowDots(x[0], x[1], x[3]);
          DefinitionOfRows.rowMaxima(x[0], x[4], x[5]);
        },
        x -> {
          StatementOfRows.rowSums(x[0], x[2]);
          StatementOfRows.rowDots(x[0], x[1], x[3]);
          StatementOfRows.rowMaxima(x[0], x[4], x[5]);
        });
  }

  static Subject columnReductions(int m, int n) {
    return new Subject(
        "columnReductions %dx%d".formatted(m, n),
        List.of(
            read("X", m, n),
            read("Y", m, n),
            written("sums", 1, n),
            written("dots", 1, n),
            written("maxima", 1, n)),
        x -> {
          Reduce.columns(Reduction.SUM, x[0], x[2].row(0));
          Reduce.columnDots(x[0], x[1], x[3].row(0));
          Reduce.columns(Reduction.MAX, x[0], x[4].row(0));
        },
        x -> {
          DefinitionOfRows.columnSums(x[0], x[2]);
          DefinitionOfRows.columnDots(x[0], x[1], x[3]);
          DefinitionOfRows.columnMaxima(x[0], x[4]);
        },
        x -> {
          StatementOfColumns.columnSums(x[0], x[2]);
          StatementOfColumns.columnDots(x[0], x[1], x[3]);
          StatementOfRows.columnMaxima(x[0], x[4]);
        });
  }

  /** The means of rows and columns, and the rows of the columns' maxima. */
  static Subject means(int m, int n) {
    return new Subject(
        "means %dx%d".formatted(m, n),
        List.of(
            read("X", m, n),
            written("of rows", 1, m),
            written("of columns", 1, n),
            written("places", 1, n)),
        x -> {
          int[] places = new int[n];
          Reduce.rows(Reduction.MEAN, x[0], x[1].row(0));
          Reduce.columns(Reduction.MEAN, x[0], x[2].row(0));
          Reduce.columnArgmax(x[0], Labels.of(places));
          for (int j = 0; j < n; j++) {
            x[3].set(0, j, places[j]);
          }
        },
        x -> DefinitionOfRows.means(x[0], x[1], x[2], x[3]),
        x -> {
          StatementOfRows.rowMeans(x[0], x[1]);
          StatementOfColumns.columnMeans(x[0], x[2]);
          StatementOfColumns.columnArgmax(x[0], x[3]);
        });
  }

  /** Every reduction of all elements. */
  static Subject all(int m, int n) {
    return new Subject(
        "reductions of all %dx%d".formatted(m, n),
        List.of(read("X", m, n), written("results", 1, 4)),
        x -> {
          x[1].set(0, 0, Reduce.all(Reduction.SUM, x[0]));
          x[1].set(0, 1, Reduce.all(Reduction.MEAN, x[0]));
          x[1].set(0, 2, Reduce.all(Reduction.SUM_OF_SQUARES, x[0]));
          x[1].set(0, 3, Reduce.all(Reduction.MAX, x[0]));
        },
        x -> DefinitionOfRows.all(x[0], x[1]),
        x -> StatementOfRows.all(x[0], x[1]));
  }

  /** Labels with one more at either end of their array. */
  private static Labels labels(int m, int n, long seed) {
    int[] labels = new int[m + 2];
    System.arraycopy(new Mix(seed).labels(m, n), 0, labels, 1, m);
    return Labels.of(labels, 1, m);
  }
}
