package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
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
  void gradients(@ForAll(supplier = Shape.Small.class) Shape shape) {
    int m = shape.rows();
    int n = shape.columns();
    Layout layout = shape.layout();
    Samples samples = shape.samples();
    FloatMatrix x = samples.normal(layout, m, n, 2, 1.5);
    FloatMatrix dy = samples.normal(layout, m, n, 0.5, 1);
    FloatSpan gamma = samples.normal(layout, n, 1, 0.5);
    FloatSpan beta = samples.normal(layout, n, 0, 1);
    BatchStatistics statistics = new BatchStatistics(n);
    BatchNorm.forward(x, gamma, beta, EPS, statistics, layout.matrix(m, n));
    FloatMatrix dx = layout.matrix(m, n);
    FloatSpan dgamma = layout.span(n);
    FloatSpan dbeta = layout.span(n);
    BatchNorm.backward(x, dy, gamma, EPS, statistics, dx, dgamma, dbeta);

    double[] z = Samples.wide(x);
    double[] d = Samples.wide(dy);
    double[] g = Samples.wide(gamma);
    double[] b = Samples.wide(beta);
    BatchNormFigures figures = new BatchNormFigures(m, n, z, EPS);
    Bound differences = Bound.absolute(DIFFERENCES);
    String context = shape.toString();
    DX.within(Bound.componentwise(figures.dx(g, d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, p, g, b, EPS), z, d, Samples.wide(dx), context);
    DGAMMA
        .within(Bound.componentwise(figures.dgamma(d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, z, p, b, EPS), g, d, Samples.wide(dgamma), context);
    DBETA
        .within(Bound.componentwise(figures.dbeta(d)).plus(differences))
        .vectorJacobian(
            p -> BatchNormOracle.forward(m, n, z, g, p, EPS), b, d, Samples.wide(dbeta), context);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(DX);
    System.out.println(DGAMMA);
    System.out.println(DBETA);
  }
}
