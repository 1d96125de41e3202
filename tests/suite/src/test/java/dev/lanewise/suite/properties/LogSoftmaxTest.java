package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the logarithm of softmax is, whatever its input, and its gradient by differences. */
class LogSoftmaxTest {
  private static final Accuracy ONE = new Accuracy("log softmax's exponentials' sum");
  private static final Accuracy ZERO = new Accuracy("log softmax's gradient row sums");
  private static final GradientCheck BACKWARD = new GradientCheck("log softmax backward");

  /** Each is off by itself times its logarithm's error. */
  @Property(tries = 300)
  void exponentialsOfARowSumToOne(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = Views.matrix(logits.layout(), m, n);
    LogSoftmax.forward(x, y);
    double[] figures = RowFigures.logSoftmax(m, n, Views.wide(x), 1f);
    float[] sums = new float[m];
    double[] errors = new double[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double exponential = Math.exp(y.get(i, j));
        sum += exponential;
        errors[i] += exponential * figures[i * n + j];
      }
      sums[i] = (float) (sum - 1);
      errors[i] += 0x1p-40;
    }
    ONE.check(sums, new double[m], Bound.componentwise(errors), logits.toString());
  }

  /** Multiples of 1/64, which a shift leaves as they are. */
  @Property(tries = 300)
  void shiftChangesNothing(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -1000, max = 1000) int shift) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, n, () -> (mix.below(2001) - 1000) / 64.0);
    FloatMatrix shifted = Views.matrix(given.output(), m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        shifted.set(i, j, x.get(i, j) + shift);
      }
    }
    LogSoftmax.forward(x, x);
    LogSoftmax.forward(shifted, shifted);
    Bits.assertEqual("shifted", m, n, shifted::get, x::get, given + " shift=" + shift);
  }

  @Property(tries = 200)
  void backward(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 3) int temperature) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 2 * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix y = Views.matrix(given.output(), m, n);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    LogSoftmax.forward(x, y, temperature);
    LogSoftmax.backward(y, dy, dx, temperature);
    double[] wide = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] errors = errors(m, n, wide, d, temperature);
    BACKWARD
        .within(Bound.componentwise(errors).plus(Bound.absolute(Figures.DIFFERENCES)))
        .vectorJacobian(
            z -> SoftmaxOracle.logForward(m, n, RowFigures.divided(z, temperature)),
            wide,
            d,
            Views.wide(dx),
            given + " T=" + temperature);
  }

  /** Each element's error, and that of Σ e^y, which is to be 1. */
  @Property(tries = 300)
  void gradientRowsSumToZero(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = Views.matrix(logits.layout(), m, n);
    LogSoftmax.forward(x, y);
    Mix mix = new Mix(~logits.seed());
    FloatMatrix dy = Views.matrix(logits.layout(), m, n, mix::normal);
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    LogSoftmax.backward(y, dy, dx);
    double[] errors = errors(m, n, Views.wide(x), Views.wide(dy), 1f);
    float[] sums = new float[m];
    double[] figures = new double[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += dx.get(i, j);
        figures[i] += errors[i * n + j];
      }
      sums[i] = (float) sum;
      figures[i] += n * 0x1p-45;
    }
    ZERO.check(sums, new double[m], Bound.componentwise(figures), logits.toString());
  }

  /** Those of the backward pass, and what the forward pass's errors cause in e^y·Σ dy. */
  private static double[] errors(int m, int n, double[] x, double[] dy, float temperature) {
    double[] a = SoftmaxOracle.forward(m, n, RowFigures.divided(x, temperature));
    double[] dx = RowFigures.divided(SoftmaxOracle.logBackward(m, n, a, dy), temperature);
    double[] forward = RowFigures.logSoftmax(m, n, x, temperature);
    double[] errors = RowFigures.logSoftmaxBackward(m, n, a, dy, dx, temperature);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        sum += dy[j];
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        errors[j] += a[j] * forward[j] * Math.abs(sum) / temperature;
      }
    }
    return errors;
  }

  @AfterContainer
  static void printWorst() {
    for (Object seen : new Object[] {ONE, ZERO, BACKWARD}) {
      System.out.println(seen);
    }
  }
}
