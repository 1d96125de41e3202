package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ActivationOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The logarithm's gradient against central differences, at numbers that have one: the laws of
 * activations leave it out, as they take numbers of either sign.
 */
class LogarithmGradientTest {
  private static final GradientCheck BACKWARD = new GradientCheck("log backward");

  /** From 1/4, where the third derivative times the step's square is small, to 2^10. */
  @Property
  void backward(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x =
        Views.matrix(
            given.input(), m, n, () -> Math.scalb(1.5 + 0.5 * mix.unit(), mix.below(12) - 2));
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    Activation.LOG.backward(x, dy, dx);
    double[] wide = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] errors = new double[m * n];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = 7 * U * Math.abs(d[i] / wide[i]);
    }
    BACKWARD
        .within(Bound.componentwise(errors).plus(Bound.absolute(Figures.DIFFERENCES)))
        .vectorJacobian(ActivationOracle.LOG::forward, wide, d, Views.wide(dx), given.toString());
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(BACKWARD);
  }
}
