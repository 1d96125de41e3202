package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The gradients of layer and RMS normalisation against central differences of L = Σ d·y, with the
 * tolerance of {@link BatchNormGradientTest}.
 */
class RowNormGradientTest {
  private static final double EPS = 0.01;

  private static final GradientCheck LAYER_DX = new GradientCheck("layer norm dx");
  private static final GradientCheck LAYER_DGAMMA = new GradientCheck("layer norm dgamma");
  private static final GradientCheck LAYER_DBETA = new GradientCheck("layer norm dbeta");
  private static final GradientCheck RMS_DX = new GradientCheck("RMS norm dx");
  private static final GradientCheck RMS_DGAMMA = new GradientCheck("RMS norm dgamma");

  @Property
  void layer(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 2 + 1.5 * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, () -> 0.5 + mix.normal());
    FloatSpan gamma = Views.span(given.input(), n, () -> 1 + 0.5 * mix.normal());
    FloatSpan beta = Views.span(given.input(), n, mix::normal);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    FloatSpan dgamma = Views.span(given.output(), n);
    FloatSpan dbeta = Views.span(given.output(), n);
    new LayerNorm(gamma, beta, EPS).backward(x, dy, dx, dgamma, dbeta);

    double[] z = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    RowNormFigures figures = RowNormFigures.layer(m, n, z, EPS);
    String context = given.toString();
    LAYER_DX
        .within(tolerance(figures.dx(g, d)))
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, p, g, b, EPS), z, d, Views.wide(dx), context);
    LAYER_DGAMMA
        .within(tolerance(figures.dgamma(d)))
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, z, p, b, EPS), g, d, Views.wide(dgamma), context);
    double[] sums = ColumnSumsOracle.magnitude(m, n, d);
    for (int j = 0; j < n; j++) {
      sums[j] = Figures.columnSum(sums[j], sums[j]);
    }
    LAYER_DBETA
        .within(tolerance(sums))
        .vectorJacobian(
            p -> LayerNormOracle.forward(m, n, z, g, p, EPS), b, d, Views.wide(dbeta), context);
  }

  private static Bound tolerance(double[] figure) {
    return Bound.componentwise(figure).plus(Bound.absolute(BatchNormGradientTest.DIFFERENCES));
  }

  @Property
  void rms(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 1 + 1.5 * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, () -> 0.5 + mix.normal());
    FloatSpan gamma = Views.span(given.input(), n, () -> 1 + 0.5 * mix.normal());
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    FloatSpan dgamma = Views.span(given.output(), n);
    new RmsNorm(gamma, EPS).backward(x, dy, dx, dgamma);

    double[] z = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(gamma);
    RowNormFigures figures = RowNormFigures.rms(m, n, z, EPS);
    String context = given.toString();
    RMS_DX
        .within(tolerance(figures.dx(g, d)))
        .vectorJacobian(p -> RmsNormOracle.forward(m, n, p, g, EPS), z, d, Views.wide(dx), context);
    RMS_DGAMMA
        .within(tolerance(figures.dgamma(d)))
        .vectorJacobian(
            p -> RmsNormOracle.forward(m, n, z, p, EPS), g, d, Views.wide(dgamma), context);
  }

  @AfterContainer
  static void printWorst() {
    GradientCheck[] all = {LAYER_DX, LAYER_DGAMMA, LAYER_DBETA, RMS_DX, RMS_DGAMMA};
    for (GradientCheck check : all) {
      System.out.println(check);
    }
  }
}
