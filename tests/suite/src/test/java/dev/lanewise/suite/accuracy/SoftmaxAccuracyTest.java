package dev.lanewise.suite.accuracy;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Figures;
import dev.lanewise.suite.properties.Logits;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.suite.properties.Temperatures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Softmax and its cross-entropy within {@link Figures}.
 *
 * <p>Proof, in units of u = 2^-24 and to first order. An exponential is off by M - x for the
 * difference's rounding and by at most 2.02 of its own, as the 1.01 ulps of exp are. In the sum
 * these count in proportion to the terms: 2.02 + Σ(M - x)·y, the last being at most 5.7 for 4096
 * classes; the sum's own roundings are at most 6 + n/64: 64 virtual lanes of n/64 terms, folded 6
 * times. Reciprocal and product add one each. Together M - x + 17.8 + n/64.
 *
 * <p>With a temperature the argument sees 3 roundings, one more for the reciprocal and one for the
 * product, each of (M - x)/T; so does the sum, where Σ y·(M - x)/T is at most log n after the sum's
 * own logarithm: 2·log n more. Backward, quotient and reciprocal add 1 of dx each.
 *
 * <p>The logarithm of the sum is off by its relative error, 2.02 + 5.7 + 6 + n/64, and by 2 of
 * itself; the difference M - x and the loss's own sum by 1 of themselves; the mean over the rows
 * adds 6 + m/64 and the division 1: 14 + n/64 + (10 + m/64)·J.
 */
class SoftmaxAccuracyTest {
  private static final Accuracy FORWARD = new Accuracy("Softmax.forward");
  private static final Accuracy BACKWARD = new Accuracy("Softmax.backward");
  private static final Accuracy ROW_SUMS = new Accuracy("Softmax.backward, sums of rows");
  private static final Accuracy LOSS = new Accuracy("CrossEntropy.loss");
  private static final Accuracy GRADIENT = new Accuracy("CrossEntropy.lossAndGradient");

  @Property
  void forward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = Views.matrix(logits.layout(), m, n);
    Softmax.forward(x, y, temperature);
    double[] wide = Views.wide(x);
    FORWARD.check(
        m,
        n,
        y::get,
        SoftmaxOracle.forward(m, n, RowFigures.divided(wide, temperature)),
        Bound.componentwise(Figures.softmax(m, n, wide, temperature)),
        logits + " T=" + temperature);
  }

  /** For the probabilities as float holds them; {@code dy} swamps where the logits do. */
  @Property
  void backward(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll(supplier = Temperatures.class) float temperature) {
    FloatMatrix y = logits.x();
    int m = y.rows();
    int n = y.columns();
    Softmax.forward(y, y, temperature);
    Mix mix = new Mix(~logits.seed());
    FloatMatrix dy = Views.matrix(logits.layout(), m, n, () -> 1 + mix.normal());
    if (logits.pattern() == Logits.Pattern.SWAMPED) {
      dy = Views.matrix(logits.layout(), m, n, () -> 1);
    }
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    Softmax.backward(y, dy, dx, temperature);
    double[] wide = Views.wide(y);
    double[] d = Views.wide(dy);
    BACKWARD.check(
        m,
        n,
        dx::get,
        RowFigures.divided(SoftmaxOracle.backward(m, n, wide, d), temperature),
        Bound.componentwise(Figures.softmaxBackward(m, n, wide, d, temperature)),
        logits + " T=" + temperature);
    checkRowSums(y, dy, dx, temperature, logits + " T=" + temperature);
  }

  /**
   * Rows of the gradient add up to 0 within each element's error and that of Σ y: the exact sum is
   * Σ dy·y times 1 - Σ y, which is within u·(8 + n/64).
   */
  private static void checkRowSums(
      FloatMatrix y, FloatMatrix dy, FloatMatrix dx, float temperature, String context) {
    int m = y.rows();
    int n = y.columns();
    double[] errors = Figures.softmaxBackward(m, n, Views.wide(y), Views.wide(dy), temperature);
    float[] sums = new float[m];
    double[] figures = new double[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      double products = 0;
      for (int j = 0; j < n; j++) {
        sum += dx.get(i, j);
        products += (double) dy.get(i, j) * y.get(i, j);
        figures[i] += errors[i * n + j];
      }
      sums[i] = (float) sum;
      double one = U * (8 + Figures.alongRow(n));
      figures[i] += Math.abs(products) * one / temperature + n * 0x1p-50;
    }
    ROW_SUMS.check(sums, new double[m], Bound.componentwise(figures), context);
  }

  @Property
  void lossAndGradient(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    Labels labels = logits.labels();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    double[] wide = Views.wide(x);
    double[] loss = {CrossEntropyOracle.mean(m, n, wide, labels.array())};
    float[] actual = {CrossEntropy.MEAN.lossAndGradient(x, labels, dx)};
    LOSS.check(actual, loss, Bound.absolute(Figures.loss(m, n, loss[0])), logits.toString());
    GRADIENT.check(
        m,
        n,
        dx::get,
        CrossEntropyOracle.gradient(m, n, wide, labels.array()),
        Bound.componentwise(Figures.lossGradient(m, n, wide)),
        logits.toString());
  }

  @AfterContainer
  static void printWorst() {
    for (Accuracy accuracy : new Accuracy[] {FORWARD, BACKWARD, LOSS, GRADIENT}) {
      System.out.println(accuracy);
    }
  }
}
