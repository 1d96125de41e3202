package dev.lanewise.suite.contract;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** An operation along rows or columns on the caller's thread, and the same with workers. */
record RowCall(
    String name,
    RowCall.Shared shared,
    Consumer<RowOperands> alone,
    BiConsumer<RowOperands, Workers> withWorkers) {
  /** What of an operation several threads can take. */
  enum Shared {
    /** Rows, or where these are few and long, the blocks of each. */
    ROWS_OR_BLOCKS,
    /** Columns, 64 at a time. */
    COLUMNS,
    /** Any elements. */
    ELEMENTS,
    /** Rows, each as a whole. */
    ROWS,
    /** Rows, 64 at a time. */
    CHUNKS,
    /** Columns, 32 at a time. */
    COLUMNS_OF_32,
    /** Rows, 16 at a time. */
    ROWS_OF_16,
    /** In one step columns, 32 at a time, and in another rows, 16 at a time. */
    COLUMNS_OF_32_OR_ROWS_OF_16,
    /** Columns, 32 at a time, of as many rows as fill chunks of 64. */
    COLUMNS_OF_WHOLE_CHUNKS;

    boolean fits(int m, int n) {
      return switch (this) {
        case ROWS_OR_BLOCKS, ELEMENTS -> true;
        case COLUMNS -> n > 64;
        case ROWS -> m > 1;
        case CHUNKS -> m > 64;
        case COLUMNS_OF_32 -> n > 32;
        case ROWS_OF_16 -> m > 16;
        case COLUMNS_OF_32_OR_ROWS_OF_16 -> n > 32 || m > 16;
        case COLUMNS_OF_WHOLE_CHUNKS -> n > 32 && m >= 64;
      };
    }
  }

  @Override
  public String toString() {
    return name;
  }

  static List<RowCall> all() {
    List<RowCall> calls = new ArrayList<>();
    addSoftmax(calls);
    for (double smoothing : new double[] {0, 0.1}) {
      CrossEntropy mean = CrossEntropy.MEAN.withLabelSmoothing(smoothing);
      String name = "CrossEntropy, smoothing " + smoothing;
      addLosses(calls, name, g -> mean);
      addLosses(calls, name + ", weights", g -> mean.withWeights(g.weights));
    }
    addIgnoring(calls);
    addBinary(calls);
    addActivations(calls);
    addReductions(calls);
    addDots(calls);
    addArgmax(calls);
    NormRowCalls.addTo(calls);
    return calls;
  }

  private static void addSoftmax(List<RowCall> calls) {
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new RowCall(
            "Softmax.forward",
            shared,
            g -> Softmax.forward(g.x, g.matrix(), g.temperature),
            (g, w) -> Softmax.forward(g.x, g.matrix(), g.temperature, w)));
    calls.add(
        new RowCall(
            "Softmax.backward",
            shared,
            g -> Softmax.backward(g.y, g.other, g.matrix(), g.temperature),
            (g, w) -> Softmax.backward(g.y, g.other, g.matrix(), g.temperature, w)));
    calls.add(
        new RowCall(
            "LogSoftmax.forward",
            shared,
            g -> LogSoftmax.forward(g.x, g.matrix(), g.temperature),
            (g, w) -> LogSoftmax.forward(g.x, g.matrix(), g.temperature, w)));
    calls.add(
        new RowCall(
            "LogSoftmax.backward",
            shared,
            g -> LogSoftmax.backward(g.logY, g.other, g.matrix(), g.temperature),
            (g, w) -> LogSoftmax.backward(g.logY, g.other, g.matrix(), g.temperature, w)));
    calls.add(
        new RowCall(
            "LogSumExp.forward",
            shared,
            g -> LogSumExp.forward(g.x, g.perRow(), g.temperature),
            (g, w) -> LogSumExp.forward(g.x, g.perRow(), g.temperature, w)));
    calls.add(
        new RowCall(
            "LogSumExp.backward",
            shared,
            g -> LogSumExp.backward(g.x, g.sums, g.slopes, g.matrix(), g.temperature),
            (g, w) -> LogSumExp.backward(g.x, g.sums, g.slopes, g.matrix(), g.temperature, w)));
  }

  private static void addLosses(
      List<RowCall> calls, String name, Function<RowOperands, CrossEntropy> chosen) {
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new RowCall(
            name + ": loss",
            shared,
            g -> g.add(chosen.apply(g).loss(g.x, g.labels)),
            (g, w) -> g.add(chosen.apply(g).loss(g.x, g.labels, w))));
    calls.add(
        new RowCall(
            name + ": loss of distributions",
            shared,
            g -> g.add(chosen.apply(g).loss(g.x, g.targets)),
            (g, w) -> g.add(chosen.apply(g).loss(g.x, g.targets, w))));
    calls.add(
        new RowCall(
            name + ": lossAndGradient",
            shared,
            g -> g.add(chosen.apply(g).lossAndGradient(g.x, g.labels, g.matrix())),
            (g, w) -> g.add(chosen.apply(g).lossAndGradient(g.x, g.labels, g.matrix(), w))));
    calls.add(
        new RowCall(
            name + ": lossAndGradient of distributions",
            shared,
            g -> g.add(chosen.apply(g).lossAndGradient(g.x, g.targets, g.matrix())),
            (g, w) -> g.add(chosen.apply(g).lossAndGradient(g.x, g.targets, g.matrix(), w))));
    calls.add(
        new RowCall(
            name + ": losses",
            shared,
            g -> chosen.apply(g).losses(g.x, g.targets, g.perRow()),
            (g, w) -> chosen.apply(g).losses(g.x, g.targets, g.perRow(), w)));
    calls.add(
        new RowCall(
            name + ": lossesAndGradient",
            shared,
            g -> chosen.apply(g).lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix()),
            (g, w) -> chosen.apply(g).lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix(), w)));
  }

  private static void addIgnoring(List<RowCall> calls) {
    CrossEntropy ignoring = CrossEntropy.MEAN.ignoring(RowOperands.IGNORED);
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new RowCall(
            "CrossEntropy, ignoring: loss",
            shared,
            g -> g.add(ignoring.loss(g.x, g.someLabels)),
            (g, w) -> g.add(ignoring.loss(g.x, g.someLabels, w))));
    calls.add(
        new RowCall(
            "CrossEntropy, ignoring: lossAndGradient",
            shared,
            g -> g.add(ignoring.lossAndGradient(g.x, g.someLabels, g.matrix())),
            (g, w) -> g.add(ignoring.lossAndGradient(g.x, g.someLabels, g.matrix(), w))));
    calls.add(
        new RowCall(
            "CrossEntropy, ignoring: losses",
            shared,
            g -> ignoring.losses(g.x, g.someLabels, g.perRow()),
            (g, w) -> ignoring.losses(g.x, g.someLabels, g.perRow(), w)));
  }

  private static void addBinary(List<RowCall> calls) {
    BinaryCrossEntropy binary = BinaryCrossEntropy.MEAN;
    calls.add(
        new RowCall(
            "BinaryCrossEntropy: loss",
            Shared.ROWS_OR_BLOCKS,
            g -> g.add(binary.loss(g.x, g.targets)),
            (g, w) -> g.add(binary.loss(g.x, g.targets, w))));
    calls.add(
        new RowCall(
            "BinaryCrossEntropy: lossAndGradient",
            Shared.ROWS_OR_BLOCKS,
            g -> g.add(binary.lossAndGradient(g.x, g.targets, g.matrix())),
            (g, w) -> g.add(binary.lossAndGradient(g.x, g.targets, g.matrix(), w))));
    calls.add(
        new RowCall(
            "BinaryCrossEntropy: losses",
            Shared.ROWS_OR_BLOCKS,
            g -> binary.losses(g.x, g.targets, g.matrix()),
            (g, w) -> binary.losses(g.x, g.targets, g.matrix(), w)));
  }

  private static void addActivations(List<RowCall> calls) {
    List<Activation> some =
        List.of(Activation.GELU, Activation.TANH, Activation.SOFTPLUS, Activation.leakyRelu(0.01f));
    for (Activation activation : some) {
      calls.add(
          new RowCall(
              activation + ".forward",
              Shared.ELEMENTS,
              g -> activation.forward(g.x, g.matrix()),
              (g, w) -> activation.forward(g.x, g.matrix(), w)));
      calls.add(
          new RowCall(
              activation + ".backward",
              Shared.ELEMENTS,
              g -> activation.backward(g.x, g.other, g.matrix()),
              (g, w) -> activation.backward(g.x, g.other, g.matrix(), w)));
    }
  }

  private static void addReductions(List<RowCall> calls) {
    for (Reduction reduction : Reduction.values()) {
      calls.add(
          new RowCall(
              "Reduce.rows " + reduction,
              Shared.ROWS_OR_BLOCKS,
              g -> Reduce.rows(reduction, g.x, g.perRow()),
              (g, w) -> Reduce.rows(reduction, g.x, g.perRow(), w)));
      calls.add(
          new RowCall(
              "Reduce.columns " + reduction,
              Shared.COLUMNS,
              g -> Reduce.columns(reduction, g.x, g.perColumn()),
              (g, w) -> Reduce.columns(reduction, g.x, g.perColumn(), w)));
      calls.add(
          new RowCall(
              "Reduce.all " + reduction,
              Shared.ELEMENTS,
              g -> g.add(Reduce.all(reduction, g.x)),
              (g, w) -> g.add(Reduce.all(reduction, g.x, w))));
    }
  }

  private static void addDots(List<RowCall> calls) {
    calls.add(
        new RowCall(
            "Reduce.rowDots",
            Shared.ROWS_OR_BLOCKS,
            g -> Reduce.rowDots(g.x, g.other, g.perRow()),
            (g, w) -> Reduce.rowDots(g.x, g.other, g.perRow(), w)));
    calls.add(
        new RowCall(
            "Reduce.columnDots",
            Shared.COLUMNS,
            g -> Reduce.columnDots(g.x, g.other, g.perColumn()),
            (g, w) -> Reduce.columnDots(g.x, g.other, g.perColumn(), w)));
    calls.add(
        new RowCall(
            "Reduce.dot",
            Shared.ELEMENTS,
            g -> g.add(Reduce.dot(g.x, g.other)),
            (g, w) -> g.add(Reduce.dot(g.x, g.other, w))));
  }

  private static void addArgmax(List<RowCall> calls) {
    calls.add(
        new RowCall(
            "Reduce.rowArgmax",
            Shared.ROWS_OR_BLOCKS,
            g -> {
              int[] rows = new int[g.x.rows()];
              Reduce.rowArgmax(g.x, Labels.of(rows));
              g.add(rows);
            },
            (g, w) -> {
              int[] rows = new int[g.x.rows()];
              Reduce.rowArgmax(g.x, Labels.of(rows), w);
              g.add(rows);
            }));
    calls.add(
        new RowCall(
            "Reduce.columnArgmax",
            Shared.COLUMNS,
            g -> {
              int[] columns = new int[g.x.columns()];
              Reduce.columnArgmax(g.x, Labels.of(columns));
              g.add(columns);
            },
            (g, w) -> {
              int[] columns = new int[g.x.columns()];
              Reduce.columnArgmax(g.x, Labels.of(columns), w);
              g.add(columns);
            }));
  }
}
