package dev.lanewise.suite.contract;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.List;

/** Operands of one shape and layout, with all results of a call gathered in order. */
final class RowOperands {
  private static final float TEMPERATURE = 3f;

  /** No label of {@link Mix#labels}. */
  static final int IGNORED = -1;

  private final Layout layout;
  final float temperature;
  final FloatMatrix x;
  final FloatMatrix other;
  final FloatMatrix targets;
  final Labels labels;
  final Labels someLabels;
  final FloatSpan slopes;
  final FloatSpan weights;
  final FloatMatrix y;
  final FloatMatrix logY;
  final FloatSpan sums;
  final FloatSpan columnScale;
  final FloatSpan columnShift;
  final FloatSpan columnVariance;
  private final List<float[]> results = new ArrayList<>();

  RowOperands(int m, int n, Layout layout) {
    this(layout, TEMPERATURE, logits(m, n, layout));
  }

  RowOperands(Layout layout, float temperature, FloatMatrix x) {
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
    columnScale = Views.span(layout, n, mix::normal);
    columnShift = Views.span(layout, n, mix::normal);
    columnVariance = Views.span(layout, n, () -> Math.abs(mix.unit()));
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

  FloatMatrix matrix() {
    FloatMatrix result = Views.matrix(layout, x.rows(), x.columns());
    results.add(result.array());
    return result;
  }

  FloatSpan perRow() {
    FloatSpan result = Views.span(layout, x.rows());
    results.add(result.array());
    return result;
  }

  FloatSpan perColumn() {
    FloatSpan result = Views.span(layout, x.columns());
    results.add(result.array());
    return result;
  }

  void add(float... values) {
    results.add(values);
  }

  /** Indices are below 2^24. */
  void add(int[] indices) {
    float[] values = new float[indices.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = indices[i];
    }
    results.add(values);
  }

  List<float[]> take() {
    List<float[]> taken = List.copyOf(results);
    results.clear();
    return taken;
  }
}
