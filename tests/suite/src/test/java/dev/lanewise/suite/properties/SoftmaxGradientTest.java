package dev.lanewise.suite.properties;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The gradients of softmax and of its cross-entropy against central differences of the oracles'
 * forward passes.
 *
 * <p>Tolerance: the documented figure, and {@value Figures#DIFFERENCES} for the differences
 * themselves.
 */
class SoftmaxGradientTest {
  private static final GradientCheck LOSS = new GradientCheck("cross-entropy gradient");
  private static final Accuracy FORMULA = new Accuracy("cross-entropy gradient (a - y)/m");
  private static final GradientCheck JACOBIAN = new GradientCheck("softmax Jacobian");
  private static final Accuracy ELEMENTS = new Accuracy("softmax Jacobian by its elements");
  private static final GradientCheck BACKWARD = new GradientCheck("softmax backward");

  @Property
  void lossGradient(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 1 + 2 * mix.normal());
    Labels labels = Labels.of(mix.labels(m, n));
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    CrossEntropy.MEAN.lossAndGradient(x, labels, dx);
    double[] wide = Views.wide(x);
    Bound figure = Bound.componentwise(Figures.lossGradient(m, n, wide));
    String context = given.toString();

    LOSS.within(figure.plus(Bound.absolute(Figures.DIFFERENCES)))
        .gradient(
            z -> CrossEntropyOracle.mean(m, n, z, labels.array()), wide, Views.wide(dx), context);

    double[] formula = SoftmaxOracle.forward(m, n, wide);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double y = j == labels.get(i) ? 1 : 0;
        formula[i * n + j] = (formula[i * n + j] - y) / m;
      }
    }
    FORMULA.check(m, n, dx::get, formula, figure, context);
  }

  /**
   * Row j of the Jacobian is what the unit vector of a_j gives: a_j·(1 - a_j), and -a_j·a_k beside
   * it, divided by T.
   */
  @Property
  void jacobian(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll(supplier = Temperatures.class) float temperature) {
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), 1, n, () -> 2 * mix.normal());
    FloatMatrix y = Views.matrix(given.output(), 1, n);
    Softmax.forward(x, y, temperature);
    double[] wide = Views.wide(x);
    double[] a = SoftmaxOracle.forward(1, n, RowFigures.divided(wide, temperature));
    double[] jacobian = new double[n * n];
    double[] figures = new double[n * n];
    for (int j = 0; j < n; j++) {
      FloatMatrix unit = Views.matrix(given.output(), 1, n);
      double[] elements = new double[n];
      for (int k = 0; k < n; k++) {
        unit.set(0, k, j == k ? 1 : 0);
        elements[k] = (j == k ? a[j] * (1 - a[j]) : -a[j] * a[k]) / temperature;
      }
      FloatMatrix dx = Views.matrix(given.output(), 1, n);
      Softmax.backward(y, unit, dx, temperature);
      double[] errors = errors(1, n, wide, Views.wide(unit), temperature);
      String context = "row " + j + " of the Jacobian, " + given + " T=" + temperature;
      ELEMENTS.check(1, n, dx::get, elements, Bound.componentwise(errors), context);
      System.arraycopy(Views.wide(dx), 0, jacobian, j * n, n);
      System.arraycopy(errors, 0, figures, j * n, n);
    }
    JACOBIAN
        .within(Bound.componentwise(figures).plus(Bound.absolute(Figures.DIFFERENCES)))
        .jacobian(
            z -> SoftmaxOracle.forward(1, n, RowFigures.divided(z, temperature)),
            wide,
            jacobian,
            given + " T=" + temperature);
  }

  @Property
  void backward(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll(supplier = Temperatures.class) float temperature) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 2 * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix y = Views.matrix(given.output(), m, n);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    Softmax.forward(x, y, temperature);
    Softmax.backward(y, dy, dx, temperature);
    double[] wide = Views.wide(x);
    double[] d = Views.wide(dy);
    BACKWARD
        .within(
            Bound.componentwise(errors(m, n, wide, d, temperature))
                .plus(Bound.absolute(Figures.DIFFERENCES)))
        .vectorJacobian(
            z -> SoftmaxOracle.forward(m, n, RowFigures.divided(z, temperature)),
            wide,
            d,
            Views.wide(dx),
            given + " T=" + temperature);
  }

  /**
   * That of the backward pass, and what the forward pass's errors e of y cause in y·(dy - Σ dy·y).
   */
  private static double[] errors(int m, int n, double[] x, double[] dy, float temperature) {
    double[] y = SoftmaxOracle.forward(m, n, RowFigures.divided(x, temperature));
    double[] e = Figures.softmax(m, n, x, temperature);
    double[] errors = Figures.softmaxBackward(m, n, y, dy, temperature);
    for (int i = 0; i < m; i++) {
      double sum = 0;
      double error = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        sum += dy[j] * y[j];
        error += Math.abs(dy[j]) * e[j];
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        errors[j] += (e[j] * Math.abs(dy[j] - sum) + y[j] * error) / temperature;
      }
    }
    return errors;
  }

  @AfterContainer
  static void printWorst() {
    for (Object seen : new Object[] {LOSS, FORMULA, JACOBIAN, ELEMENTS, BACKWARD}) {
      System.out.println(seen);
    }
  }
}
