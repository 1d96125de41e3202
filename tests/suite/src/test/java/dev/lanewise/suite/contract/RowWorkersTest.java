package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers change the speed of operations along rows and never a bit of them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowWorkersTest {
  /**
   * Many rows, rows of more than a block, few long ones, one alone, and short ones that are taken
   * many at a time: large enough to be shared.
   */
  private static final int[][] SHAPES = {
    {2001, 77}, {25, 4097}, {3, 40000}, {2, 60001}, {1, 100001}, {12001, 10}
  };

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  private static final float TEMPERATURE = 3f;

  private static final int BLOCK = 4096;

  /** No label of {@link Mix#labels}. */
  private static final int IGNORED = -1;

  private static final List<Call> CALLS = calls();

  /** What of an operation several threads can take. */
  private enum Shared {
    /** Rows, or where these are few and long, the blocks of each. */
    ROWS_OR_BLOCKS,
    /** Columns, 64 at a time. */
    COLUMNS,
    /** Any elements. */
    ELEMENTS;

    private boolean fits(int n) {
      return switch (this) {
        case ROWS_OR_BLOCKS, ELEMENTS -> true;
        case COLUMNS -> n > 64;
      };
    }
  }

  /** An operation on the caller's thread, and the same with workers. */
  private record Call(
      String name, Shared shared, Consumer<Given> alone, BiConsumer<Given, Workers> withWorkers) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Operands of one shape and layout, with all results of a call gathered in order. */
  private static final class Given {
    private final Layout layout;
    private final float temperature;
    private final FloatMatrix x;
    private final FloatMatrix other;
    private final FloatMatrix targets;
    private final Labels labels;
    private final Labels someLabels;
    private final FloatSpan slopes;
    private final FloatSpan weights;
    private final FloatMatrix y;
    private final FloatMatrix logY;
    private final FloatSpan sums;
    private final List<float[]> results = new ArrayList<>();

    private Given(int m, int n, Layout layout) {
      this(layout, TEMPERATURE, logits(m, n, layout));
    }

    private Given(Layout layout, float temperature, FloatMatrix x) {
      this.layout = layout;
      this.temperature = temperature;
      this.x = x;
      int m = x.rows();
      int n = x.columns();
      Mix mix = new Mix(m + n * 31L);
      other = Views.matrix(layout, m, n, mix::normal);
      targets = Views.matrix(layout, m, n, () -> mix.below(3) == 0 ? 0 : Math.abs(mix.unit()) / n);
      int[] indices = mix.labels(m, n);
      labels = Labels.of(indices);
      int[] some = indices.clone();
      for (int i = 1; i < m; i += 3) {
        some[i] = IGNORED;
      }
      someLabels = Labels.of(some);
      slopes = Views.span(layout, m, mix::normal);
      int[] next = {0};
      weights = Views.span(layout, m, () -> next[0]++ % 4 == 1 ? 0 : 2 * Math.abs(mix.unit()));
      y = Views.matrix(layout, m, n);
      logY = Views.matrix(layout, m, n);
      sums = Views.span(layout, m);
      Softmax.forward(x, y, temperature);
      LogSoftmax.forward(x, logY, temperature);
      LogSumExp.forward(x, sums, temperature);
    }

    private static FloatMatrix logits(int m, int n, Layout layout) {
      Mix mix = new Mix(m * 31L + n);
      return Views.matrix(layout, m, n, () -> 3 * mix.normal());
    }

    private FloatMatrix matrix() {
      FloatMatrix result = Views.matrix(layout, x.rows(), x.columns());
      results.add(result.array());
      return result;
    }

    private FloatSpan perRow() {
      FloatSpan result = Views.span(layout, x.rows());
      results.add(result.array());
      return result;
    }

    private FloatSpan perColumn() {
      FloatSpan result = Views.span(layout, x.columns());
      results.add(result.array());
      return result;
    }

    private void add(float... values) {
      results.add(values);
    }

    /** Indices are below 2^24. */
    private void add(int[] indices) {
      float[] values = new float[indices.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = indices[i];
      }
      results.add(values);
    }

    private List<float[]> take() {
      List<float[]> taken = List.copyOf(results);
      results.clear();
      return taken;
    }
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
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
    return calls;
  }

  private static void addSoftmax(List<Call> calls) {
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new Call(
            "Softmax.forward",
            shared,
            g -> Softmax.forward(g.x, g.matrix(), g.temperature),
            (g, w) -> Softmax.forward(g.x, g.matrix(), g.temperature, w)));
    calls.add(
        new Call(
            "Softmax.backward",
            shared,
            g -> Softmax.backward(g.y, g.other, g.matrix(), g.temperature),
            (g, w) -> Softmax.backward(g.y, g.other, g.matrix(), g.temperature, w)));
    calls.add(
        new Call(
            "LogSoftmax.forward",
            shared,
            g -> LogSoftmax.forward(g.x, g.matrix(), g.temperature),
            (g, w) -> LogSoftmax.forward(g.x, g.matrix(), g.temperature, w)));
    calls.add(
        new Call(
            "LogSoftmax.backward",
            shared,
            g -> LogSoftmax.backward(g.logY, g.other, g.matrix(), g.temperature),
            (g, w) -> LogSoftmax.backward(g.logY, g.other, g.matrix(), g.temperature, w)));
    calls.add(
        new Call(
            "LogSumExp.forward",
            shared,
            g -> LogSumExp.forward(g.x, g.perRow(), g.temperature),
            (g, w) -> LogSumExp.forward(g.x, g.perRow(), g.temperature, w)));
    calls.add(
        new Call(
            "LogSumExp.backward",
            shared,
            g -> LogSumExp.backward(g.x, g.sums, g.slopes, g.matrix(), g.temperature),
            (g, w) -> LogSumExp.backward(g.x, g.sums, g.slopes, g.matrix(), g.temperature, w)));
  }

  private static void addLosses(
      List<Call> calls, String name, Function<Given, CrossEntropy> chosen) {
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new Call(
            name + ": loss",
            shared,
            g -> g.add(chosen.apply(g).loss(g.x, g.labels)),
            (g, w) -> g.add(chosen.apply(g).loss(g.x, g.labels, w))));
    calls.add(
        new Call(
            name + ": loss of distributions",
            shared,
            g -> g.add(chosen.apply(g).loss(g.x, g.targets)),
            (g, w) -> g.add(chosen.apply(g).loss(g.x, g.targets, w))));
    calls.add(
        new Call(
            name + ": lossAndGradient",
            shared,
            g -> g.add(chosen.apply(g).lossAndGradient(g.x, g.labels, g.matrix())),
            (g, w) -> g.add(chosen.apply(g).lossAndGradient(g.x, g.labels, g.matrix(), w))));
    calls.add(
        new Call(
            name + ": lossAndGradient of distributions",
            shared,
            g -> g.add(chosen.apply(g).lossAndGradient(g.x, g.targets, g.matrix())),
            (g, w) -> g.add(chosen.apply(g).lossAndGradient(g.x, g.targets, g.matrix(), w))));
    calls.add(
        new Call(
            name + ": losses",
            shared,
            g -> chosen.apply(g).losses(g.x, g.targets, g.perRow()),
            (g, w) -> chosen.apply(g).losses(g.x, g.targets, g.perRow(), w)));
    calls.add(
        new Call(
            name + ": lossesAndGradient",
            shared,
            g -> chosen.apply(g).lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix()),
            (g, w) -> chosen.apply(g).lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix(), w)));
  }

  private static void addIgnoring(List<Call> calls) {
    CrossEntropy ignoring = CrossEntropy.MEAN.ignoring(IGNORED);
    Shared shared = Shared.ROWS_OR_BLOCKS;
    calls.add(
        new Call(
            "CrossEntropy, ignoring: loss",
            shared,
            g -> g.add(ignoring.loss(g.x, g.someLabels)),
            (g, w) -> g.add(ignoring.loss(g.x, g.someLabels, w))));
    calls.add(
        new Call(
            "CrossEntropy, ignoring: lossAndGradient",
            shared,
            g -> g.add(ignoring.lossAndGradient(g.x, g.someLabels, g.matrix())),
            (g, w) -> g.add(ignoring.lossAndGradient(g.x, g.someLabels, g.matrix(), w))));
    calls.add(
        new Call(
            "CrossEntropy, ignoring: losses",
            shared,
            g -> ignoring.losses(g.x, g.someLabels, g.perRow()),
            (g, w) -> ignoring.losses(g.x, g.someLabels, g.perRow(), w)));
  }

  private static void addBinary(List<Call> calls) {
    BinaryCrossEntropy binary = BinaryCrossEntropy.MEAN;
    calls.add(
        new Call(
            "BinaryCrossEntropy: loss",
            Shared.ROWS_OR_BLOCKS,
            g -> g.add(binary.loss(g.x, g.targets)),
            (g, w) -> g.add(binary.loss(g.x, g.targets, w))));
    calls.add(
        new Call(
            "BinaryCrossEntropy: lossAndGradient",
            Shared.ROWS_OR_BLOCKS,
            g -> g.add(binary.lossAndGradient(g.x, g.targets, g.matrix())),
            (g, w) -> g.add(binary.lossAndGradient(g.x, g.targets, g.matrix(), w))));
    calls.add(
        new Call(
            "BinaryCrossEntropy: losses",
            Shared.ROWS_OR_BLOCKS,
            g -> binary.losses(g.x, g.targets, g.matrix()),
            (g, w) -> binary.losses(g.x, g.targets, g.matrix(), w)));
  }

  private static void addActivations(List<Call> calls) {
    List<Activation> some =
        List.of(Activation.GELU, Activation.TANH, Activation.SOFTPLUS, Activation.leakyRelu(0.01f));
    for (Activation activation : some) {
      calls.add(
          new Call(
              activation + ".forward",
              Shared.ELEMENTS,
              g -> activation.forward(g.x, g.matrix()),
              (g, w) -> activation.forward(g.x, g.matrix(), w)));
      calls.add(
          new Call(
              activation + ".backward",
              Shared.ELEMENTS,
              g -> activation.backward(g.x, g.other, g.matrix()),
              (g, w) -> activation.backward(g.x, g.other, g.matrix(), w)));
    }
  }

  private static void addReductions(List<Call> calls) {
    for (Reduction reduction : Reduction.values()) {
      calls.add(
          new Call(
              "Reduce.rows " + reduction,
              Shared.ROWS_OR_BLOCKS,
              g -> Reduce.rows(reduction, g.x, g.perRow()),
              (g, w) -> Reduce.rows(reduction, g.x, g.perRow(), w)));
      calls.add(
          new Call(
              "Reduce.columns " + reduction,
              Shared.COLUMNS,
              g -> Reduce.columns(reduction, g.x, g.perColumn()),
              (g, w) -> Reduce.columns(reduction, g.x, g.perColumn(), w)));
      calls.add(
          new Call(
              "Reduce.all " + reduction,
              Shared.ELEMENTS,
              g -> g.add(Reduce.all(reduction, g.x)),
              (g, w) -> g.add(Reduce.all(reduction, g.x, w))));
    }
  }

  private static void addDots(List<Call> calls) {
    calls.add(
        new Call(
            "Reduce.rowDots",
            Shared.ROWS_OR_BLOCKS,
            g -> Reduce.rowDots(g.x, g.other, g.perRow()),
            (g, w) -> Reduce.rowDots(g.x, g.other, g.perRow(), w)));
    calls.add(
        new Call(
            "Reduce.columnDots",
            Shared.COLUMNS,
            g -> Reduce.columnDots(g.x, g.other, g.perColumn()),
            (g, w) -> Reduce.columnDots(g.x, g.other, g.perColumn(), w)));
    calls.add(
        new Call(
            "Reduce.dot",
            Shared.ELEMENTS,
            g -> g.add(Reduce.dot(g.x, g.other)),
            (g, w) -> g.add(Reduce.dot(g.x, g.other, w))));
  }

  private static void addArgmax(List<Call> calls) {
    calls.add(
        new Call(
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
        new Call(
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

  private static void assertSameBits(Call call, Given given, Workers workers, String context) {
    call.alone.accept(given);
    List<float[]> expected = given.take();
    call.withWorkers.accept(given, workers);
    List<float[]> actual = given.take();
    for (int i = 0; i < expected.size(); i++) {
      String name = call + ", result " + i;
      Bits.assertEqual(name, actual.get(i), expected.get(i), context);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void workersGiveTheSameBits(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (int[] shape : SHAPES) {
        for (Layout layout : LAYOUTS) {
          Given given = new Given(shape[0], shape[1], layout);
          String context = shape[0] + "×" + shape[1] + " " + layout + " threads=" + threads;
          for (Call call : CALLS) {
            assertSameBits(call, given, workers, context);
          }
        }
      }
    }
  }

  /**
   * Exponentials need care where a logit is far below the rest, of which other blocks tell nothing;
   * once with a worker, and once with all blocks on the caller, one after the other.
   */
  @ParameterizedTest
  @ValueSource(floats = {Float.NEGATIVE_INFINITY, -200f})
  void oneLowLogitIsSeenInEveryBlock(float low) {
    try (Workers two = Workers.of(2)) {
      Workers alone = Workers.of(2, task -> {});
      List<Executable> checks = new ArrayList<>();
      for (int[] shape : new int[][] {{1, 100_001}, {2, 60_001}}) {
        for (int block : new int[] {0, 3, 9}) {
          Mix mix = new Mix(block);
          FloatMatrix x = Views.matrix(Layout.DENSE, shape[0], shape[1], mix::unit);
          x.set(shape[0] - 1, block * BLOCK + 17, low);
          Given given = new Given(Layout.DENSE, 1f, x);
          String context = shape[0] + "×" + shape[1] + ", " + low + " in block " + block;
          for (Call call : CALLS) {
            checks.add(() -> assertSameBits(call, given, two, context));
            checks.add(() -> assertSameBits(call, given, alone, context + ", no help"));
          }
        }
      }
      assertAll(checks);
    }
  }

  /** Otherwise the comparison would be one of the same code with itself. */
  @Test
  void whatIsLargeIsShared() {
    AtomicInteger asked = new AtomicInteger();
    Workers workers = Workers.of(3, task -> asked.incrementAndGet());
    List<Executable> checks = new ArrayList<>();
    for (int[] shape : SHAPES) {
      Given given = new Given(shape[0], shape[1], Layout.DENSE);
      for (Call call : CALLS) {
        checks.add(
            () -> {
              asked.set(0);
              call.withWorkers.accept(given, workers);
              boolean expected = call.shared.fits(shape[1]);
              assertEquals(expected, asked.get() > 0, call + ", " + shape[0] + "×" + shape[1]);
            });
      }
    }
    assertAll(checks);
  }
}
