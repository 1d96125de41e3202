package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the logarithm of a sum of exponentials is, and its gradient by differences. */
class LogSumExpTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static final GradientCheck BACKWARD = new GradientCheck("log-sum-exp backward");
  private static final Accuracy DIFFERENCE = new Accuracy("log softmax against x - log-sum-exp");

  private static FloatSpan logSumExp(Layout layout, FloatMatrix x) {
    FloatSpan sums = Views.span(layout, x.rows());
    LogSumExp.forward(x, sums);
    return sums;
  }

  /** The figure is that for exact sums; those of the forward pass are off by its own. */
  @Property
  void gradientByDifferences(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 3) int temperature) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 2 * mix.normal());
    FloatSpan slopes = Views.span(given.output(), m, mix::normal);
    FloatSpan sums = Views.span(given.output(), m);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    LogSumExp.forward(x, sums, temperature);
    LogSumExp.backward(x, sums, slopes, dx, temperature);
    double[] wide = Views.wide(x);
    double[] ds = Views.wide(slopes);
    double[] z = RowFigures.divided(wide, temperature);
    double[] s = SoftmaxOracle.logSumExp(m, n, z);
    double[] exact = SoftmaxOracle.forward(m, n, z);
    for (int k = 0; k < exact.length; k++) {
      exact[k] *= ds[k / n] / temperature;
    }
    double[] forward = RowFigures.logSumExp(m, n, wide, temperature);
    double[] errors = RowFigures.logSumExpBackward(m, n, wide, s, ds, exact, temperature);
    for (int k = 0; k < errors.length; k++) {
      errors[k] += forward[k / n] * Math.abs(exact[k]);
    }
    BACKWARD
        .within(Bound.componentwise(errors).plus(Bound.absolute(Figures.DIFFERENCES)))
        .vectorJacobian(
            p -> SoftmaxOracle.logSumExp(m, n, RowFigures.divided(p, temperature)),
            wide,
            ds,
            Views.wide(dx),
            given + " T=" + temperature);
  }

  /** M ≤ s ≤ M + log n: below without exception, since a logarithm of at least 1 is added. */
  @Property
  void liesBetweenTheMaximumAndLogNMore(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatSpan sums = logSumExp(logits.layout(), x);
    double[] figures = RowFigures.logSumExp(m, n, Views.wide(x), 1f);
    for (int i = 0; i < m; i++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, x.get(i, j));
      }
      String context = logits + " row=" + i + " max=" + max + " s=" + sums.get(i);
      assertTrue(sums.get(i) >= max, context);
      assertTrue(sums.get(i) <= max + Math.log(n) + figures[i], context);
    }
  }

  @Property
  void isWhatLogSoftmaxSubtracts(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatSpan sums = logSumExp(logits.layout(), x);
    FloatMatrix y = Views.matrix(logits.layout(), m, n);
    LogSoftmax.forward(x, y);
    double[] wide = Views.wide(x);
    double[] figures = RowFigures.logSumExp(m, n, wide, 1f);
    double[] errors = RowFigures.logSoftmax(m, n, wide, 1f);
    double[] differences = new double[m * n];
    for (int k = 0; k < differences.length; k++) {
      differences[k] = wide[k] - sums.get(k / n);
      errors[k] += figures[k / n];
    }
    DIFFERENCE.check(m, n, y::get, differences, Bound.componentwise(errors), logits.toString());
  }

  /** NaN before +infinity before all numbers, and rows beside them are not touched. */
  @Property
  void specialValues(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(max = 199) int place,
      @ForAll @IntRange(max = 199) int other,
      @ForAll @IntRange(min = 1, max = 0x7fffff) int payload) {
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 5, n, () -> 3 * mix.normal());
    x.set(1, place % n, INFINITY);
    x.set(2, place % n, INFINITY);
    x.set(2, other % n, Float.intBitsToFloat(0xff800000 | payload));
    for (int j = 0; j < n; j++) {
      x.set(3, j, -INFINITY);
    }
    FloatSpan sums = logSumExp(given.output(), x);
    String context = given + " place=" + place + " other=" + other + " payload=" + payload;
    assertEquals(INFINITY, sums.get(1), context);
    assertTrue(Float.isNaN(sums.get(2)), context);
    assertEquals(-INFINITY, sums.get(3), context);
    assertTrue(Float.isFinite(sums.get(0)) && Float.isFinite(sums.get(4)), context);
  }

  /** The others then have the result that they have without the masked ones. */
  @Property
  void minusInfinityIsAMask(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 99) int masked) {
    int kept = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 1, kept + masked, () -> 3 * mix.normal());
    for (int j = kept; j < kept + masked; j++) {
      x.set(0, j, -INFINITY);
    }
    float without = logSumExp(given.output(), x.columns(0, kept)).get(0);
    float with = logSumExp(given.output(), x).get(0);
    assertEquals(without, with, given + " masked=" + masked);
  }

  @Example
  void nothingGivesMinusInfinity() {
    FloatSpan sums = logSumExp(Layout.DENSE, FloatMatrix.zeros(2, 0));
    assertEquals(-INFINITY, sums.get(0));
    assertEquals(-INFINITY, sums.get(1));
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(BACKWARD);
    System.out.println(DIFFERENCE);
  }
}
