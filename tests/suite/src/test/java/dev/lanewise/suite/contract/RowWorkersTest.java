package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers change the speed of operations along rows and never a bit of them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowWorkersTest {
  /**
   * Many rows, rows of more than a block, few long ones, one alone, and short ones that are taken
   * many at a time: large enough to be shared, but for the rows of 40000.
   */
  private static final int[][] SHAPES = {
    {2001, 61}, {25, 4097}, {3, 40000}, {2, 60001}, {1, 100001}, {12001, 10}
  };

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  private static final float TEMPERATURE = 3f;

  /** Operands of one shape and layout, with all results gathered in order. */
  private static final class Given {
    private final Layout layout;
    private final FloatMatrix x;
    private final FloatMatrix other;
    private final FloatMatrix targets;
    private final Labels labels;
    private final FloatSpan slopes;
    private final List<float[]> results = new ArrayList<>();

    private Given(int m, int n, Layout layout) {
      this.layout = layout;
      Mix mix = new Mix(m * 31L + n);
      x = Views.matrix(layout, m, n, () -> 3 * mix.normal());
      other = Views.matrix(layout, m, n, mix::normal);
      targets = Views.matrix(layout, m, n, () -> mix.below(3) == 0 ? 0 : Math.abs(mix.unit()) / n);
      labels = Labels.of(mix.labels(m, n));
      slopes = Views.span(layout, m, mix::normal);
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
  }

  private static void softmax(Given g, Workers workers) {
    FloatMatrix y = g.matrix();
    FloatMatrix logY = g.matrix();
    FloatSpan sums = g.perRow();
    if (workers == null) {
      Softmax.forward(g.x, y, TEMPERATURE);
      Softmax.backward(y, g.other, g.matrix(), TEMPERATURE);
      LogSoftmax.forward(g.x, logY, TEMPERATURE);
      LogSoftmax.backward(logY, g.other, g.matrix(), TEMPERATURE);
      LogSumExp.forward(g.x, sums, TEMPERATURE);
      LogSumExp.backward(g.x, sums, g.slopes, g.matrix(), TEMPERATURE);
    } else {
      Softmax.forward(g.x, y, TEMPERATURE, workers);
      Softmax.backward(y, g.other, g.matrix(), TEMPERATURE, workers);
      LogSoftmax.forward(g.x, logY, TEMPERATURE, workers);
      LogSoftmax.backward(logY, g.other, g.matrix(), TEMPERATURE, workers);
      LogSumExp.forward(g.x, sums, TEMPERATURE, workers);
      LogSumExp.backward(g.x, sums, g.slopes, g.matrix(), TEMPERATURE, workers);
    }
  }

  private static void losses(Given g, Workers workers) {
    for (double smoothing : new double[] {0, 0.1}) {
      CrossEntropy mean = CrossEntropy.MEAN.withLabelSmoothing(smoothing);
      if (workers == null) {
        g.add(mean.loss(g.x, g.labels), mean.loss(g.x, g.targets));
        g.add(mean.lossAndGradient(g.x, g.labels, g.matrix()));
        g.add(mean.lossAndGradient(g.x, g.targets, g.matrix()));
        mean.losses(g.x, g.targets, g.perRow());
        mean.lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix());
      } else {
        g.add(mean.loss(g.x, g.labels, workers), mean.loss(g.x, g.targets, workers));
        g.add(mean.lossAndGradient(g.x, g.labels, g.matrix(), workers));
        g.add(mean.lossAndGradient(g.x, g.targets, g.matrix(), workers));
        mean.losses(g.x, g.targets, g.perRow(), workers);
        mean.lossesAndGradient(g.x, g.labels, g.perRow(), g.matrix(), workers);
      }
    }
    BinaryCrossEntropy binary = BinaryCrossEntropy.MEAN;
    if (workers == null) {
      g.add(binary.loss(g.x, g.targets));
      g.add(binary.lossAndGradient(g.x, g.targets, g.matrix()));
    } else {
      g.add(binary.loss(g.x, g.targets, workers));
      g.add(binary.lossAndGradient(g.x, g.targets, g.matrix(), workers));
    }
  }

  private static void activations(Given g, Workers workers) {
    List<Activation> some =
        List.of(Activation.GELU, Activation.TANH, Activation.SOFTPLUS, Activation.leakyRelu(0.01f));
    for (Activation activation : some) {
      if (workers == null) {
        activation.forward(g.x, g.matrix());
        activation.backward(g.x, g.other, g.matrix());
      } else {
        activation.forward(g.x, g.matrix(), workers);
        activation.backward(g.x, g.other, g.matrix(), workers);
      }
    }
  }

  private static void reductions(Given g, Workers workers) {
    for (Reduction reduction : Reduction.values()) {
      if (workers == null) {
        Reduce.rows(reduction, g.x, g.perRow());
        Reduce.columns(reduction, g.x, g.perColumn());
        g.add(Reduce.all(reduction, g.x));
      } else {
        Reduce.rows(reduction, g.x, g.perRow(), workers);
        Reduce.columns(reduction, g.x, g.perColumn(), workers);
        g.add(Reduce.all(reduction, g.x, workers));
      }
    }
    int[] rows = new int[g.x.rows()];
    int[] columns = new int[g.x.columns()];
    if (workers == null) {
      Reduce.rowDots(g.x, g.other, g.perRow());
      Reduce.columnDots(g.x, g.other, g.perColumn());
      g.add(Reduce.dot(g.x, g.other));
      Reduce.rowArgmax(g.x, Labels.of(rows));
      Reduce.columnArgmax(g.x, Labels.of(columns));
    } else {
      Reduce.rowDots(g.x, g.other, g.perRow(), workers);
      Reduce.columnDots(g.x, g.other, g.perColumn(), workers);
      g.add(Reduce.dot(g.x, g.other, workers));
      Reduce.rowArgmax(g.x, Labels.of(rows), workers);
      Reduce.columnArgmax(g.x, Labels.of(columns), workers);
    }
    g.add(rows);
    g.add(columns);
  }

  private static List<float[]> results(int m, int n, Layout layout, Workers workers) {
    Given given = new Given(m, n, layout);
    softmax(given, workers);
    losses(given, workers);
    activations(given, workers);
    reductions(given, workers);
    return given.results;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void workersGiveTheSameBits(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (int[] shape : SHAPES) {
        for (Layout layout : LAYOUTS) {
          List<float[]> expected = results(shape[0], shape[1], layout, null);
          List<float[]> actual = results(shape[0], shape[1], layout, workers);
          for (int i = 0; i < expected.size(); i++) {
            String context = shape[0] + "×" + shape[1] + " " + layout + " threads=" + threads;
            Bits.assertEqual("result " + i, actual.get(i), expected.get(i), context);
          }
        }
      }
    }
  }

  /** Otherwise the comparison would be one of the same code with itself. */
  @Test
  void whatIsLargeIsShared() {
    for (int[] shape : SHAPES) {
      Given given = new Given(shape[0], shape[1], Layout.DENSE);
      AtomicInteger asked = new AtomicInteger();
      Workers workers = Workers.of(3, task -> asked.incrementAndGet());
      softmax(given, workers);
      boolean neither = shape[1] == 40000; // too few rows to share, and each too short
      assertTrue(neither || asked.get() > 0, shape[0] + "×" + shape[1]);
      int before = asked.get();
      losses(given, workers);
      assertTrue(asked.get() > before, shape[0] + "×" + shape[1]);
    }
  }
}
