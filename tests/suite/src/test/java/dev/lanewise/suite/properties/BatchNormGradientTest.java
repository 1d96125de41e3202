package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The gradients of batch normalisation against central differences of L = Σ d·ztilde, which reach
 * the input through the batch's statistics as well.
 *
 * <p>Tolerance: the documented figures, and {@value #DIFFERENCES} for the differences themselves: L
 * is of order 100, which a step of 10^-6 turns into a rounding of 10^-8, and eps = 0.01 keeps the
 * third derivatives below 10^4.
 */
class BatchNormGradientTest {
  private static final double DIFFERENCES = 1e-7;
  private static final double EPS = 0.01;

  private static final GradientCheck DX = new GradientCheck("batch norm dz");
  private static final GradientCheck DGAMMA = new GradientCheck("batch norm dgamma");
  private static final GradientCheck DBETA = new GradientCheck("batch norm dbeta");

  @Property
  void gradients(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 2 + 1.5 * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, () -> 0.5 + mix.normal());
    FloatSpan gamma = Views.span(given.input(), n, () -> 1 + 0.5 * mix.normal());
    FloatSpan beta = Views.span(given.input(), n, mix::normal);
    BatchStatistics statistics = new BatchStatistics(n);
    new BatchNorm(gamma, beta, EPS).forward(x, statistics, Views.matrix(given.output(), m, n));
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    FloatSpan dgamma = Views.span(given.output(), n);
    FloatSpan dbeta = Views.span(given.output(), n);
    new BatchNorm(gamma, gamma, EPS).backward(x, dy, statistics, dx, dgamma, dbeta);

    double[] z = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    BatchNormFigures figures = new BatchNormFigures(m, n, z, EPS);
    Bound differences = Bound.absolute(DIFFERENCES);
    String context = given.toString();
    DX.within(Bound.componentwise(figures.dx(g, d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, p, g, b, EPS), z, d, Views.wide(dx), context);
    DGAMMA
        .within(Bound.componentwise(figures.dgamma(d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, z, p, b, EPS), g, d, Views.wide(dgamma), context);
    DBETA
        .within(Bound.componentwise(figures.dbeta(d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, z, g, p, EPS), b, d, Views.wide(dbeta), context);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(DX);
    System.out.println(DGAMMA);
    System.out.println(DBETA);
  }
}
