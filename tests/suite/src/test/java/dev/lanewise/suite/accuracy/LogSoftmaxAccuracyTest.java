package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Logits;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.suite.properties.Temperatures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The logarithm of softmax within {@link RowFigures}.
 *
 * <p>Proof, in units of u = 2^-24 and to first order. The sum of exponentials is off by 2.02 for
 * exp, 5 + n/64 for its additions and Σ p·(M - x) for the arguments, its logarithm by 2 of itself:
 * together at most 8 + n/64 + 2·log n. The difference M - x and the result add one of themselves
 * each. A temperature other than 1 makes 3 roundings of the argument's one.
 *
 * <p>Backward, e^y is off by 2.02, the sum by 5 + n/64, and the fused product and difference by 1
 * of the result, at most |dy| + e^y·Σ|dy|.
 */
class LogSoftmaxAccuracyTest {
  private static final Accuracy FORWARD = new Accuracy("LogSoftmax.forward");
  private static final Accuracy BACKWARD = new Accuracy("LogSoftmax.backward");

  @Property(tries = 300)
  void forward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = Views.matrix(logits.layout(), m, n);
    LogSoftmax.forward(x, y, temperature);
    double[] wide = Views.wide(x);
    FORWARD.check(
        m,
        n,
        y::get,
        SoftmaxOracle.logForward(m, n, RowFigures.divided(wide, temperature)),
        Bound.componentwise(RowFigures.logSoftmax(m, n, wide, temperature)),
        logits + " T=" + temperature);
  }

  /** For the logarithms as float holds them. */
  @Property(tries = 300)
  void backward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix y = logits.x();
    int m = y.rows();
    int n = y.columns();
    LogSoftmax.forward(y, y, temperature);
    Mix mix = new Mix(~logits.seed());
    FloatMatrix dy = Views.matrix(logits.layout(), m, n, () -> 1 + mix.normal());
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    LogSoftmax.backward(y, dy, dx, temperature);
    double[] a = Views.wide(y);
    for (int i = 0; i < a.length; i++) {
      a[i] = StrictMath.exp(a[i]);
    }
    double[] d = Views.wide(dy);
    double[] expected = RowFigures.divided(SoftmaxOracle.logBackward(m, n, a, d), temperature);
    BACKWARD.check(
        m,
        n,
        dx::get,
        expected,
        Bound.componentwise(RowFigures.logSoftmaxBackward(m, n, a, d, expected, temperature)),
        logits + " T=" + temperature);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(FORWARD);
    System.out.println(BACKWARD);
  }
}
