package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Logits;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.suite.properties.Temperatures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The logarithm of a sum of exponentials within {@link RowFigures}; the proof is that of {@link
 * LogSoftmaxAccuracyTest}, with M/T, which sees two roundings unless T is 1, in place of the
 * difference.
 *
 * <p>Backward, the exponent x/T - s is off by s's own rounding, the reciprocal's and that of the
 * fused product and difference; exp, the slope's product with the reciprocal and the last product
 * are off by 2.02 and 1 each.
 */
class LogSumExpAccuracyTest {
  private static final Accuracy FORWARD = new Accuracy("LogSumExp.forward");
  private static final Accuracy CANCELLING = new Accuracy("LogSumExp.forward where it cancels");
  private static final Accuracy BACKWARD = new Accuracy("LogSumExp.backward");

  @Property(tries = 300)
  void forward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatSpan sums = Views.span(logits.layout(), m);
    LogSumExp.forward(x, sums, temperature);
    double[] wide = Views.wide(x);
    FORWARD.check(
        Views.dense(sums),
        SoftmaxOracle.logSumExp(m, n, RowFigures.divided(wide, temperature)),
        Bound.componentwise(RowFigures.logSumExp(m, n, wide, temperature)),
        logits + " T=" + temperature);
  }

  /** Rows around -log n: the exact result is close to 0. */
  @Property(tries = 300)
  void cancelling(
      @ForAll @IntRange(min = 1, max = 5000) int n,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout,
      @ForAll long seed) {
    int m = 3;
    Mix mix = new Mix(seed);
    double[] spreads = {0, 0x1p-20, 0.01};
    FloatMatrix x = Views.matrix(layout, m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        x.set(i, j, (float) (spreads[i] * mix.normal() - Math.log(n)));
      }
    }
    FloatSpan sums = Views.span(layout, m);
    LogSumExp.forward(x, sums);
    double[] wide = Views.wide(x);
    CANCELLING.check(
        Views.dense(sums),
        SoftmaxOracle.logSumExp(m, n, wide),
        Bound.componentwise(RowFigures.logSumExp(m, n, wide, 1f)),
        "n=" + n + " " + layout + " seed=" + seed);
  }

  /** For sums that are the exact ones rounded. */
  @Property(tries = 300)
  void backward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    double[] wide = Views.wide(x);
    double[] z = RowFigures.divided(wide, temperature);
    double[] s = SoftmaxOracle.logSumExp(m, n, z);
    FloatSpan sums = Views.span(logits.layout(), s);
    Mix mix = new Mix(~logits.seed());
    FloatSpan slopes = Views.span(logits.layout(), m, mix::normal);
    double[] ds = Views.wide(slopes);
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    LogSumExp.backward(x, sums, slopes, dx, temperature);
    double[] expected = SoftmaxOracle.forward(m, n, z);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= ds[i / n] / temperature;
    }
    BACKWARD.check(
        m,
        n,
        dx::get,
        expected,
        Bound.componentwise(RowFigures.logSumExpBackward(m, n, wide, s, ds, expected, temperature)),
        logits + " T=" + temperature);
  }

  @AfterContainer
  static void printWorst() {
    for (Accuracy accuracy : new Accuracy[] {FORWARD, CANCELLING, BACKWARD}) {
      System.out.println(accuracy);
    }
  }
}
