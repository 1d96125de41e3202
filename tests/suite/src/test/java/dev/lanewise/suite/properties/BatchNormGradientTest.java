package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.CentralDifferences;
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

  private static final Accuracy DX = new Accuracy("batch norm dz by differences");
  private static final Accuracy DGAMMA = new Accuracy("batch norm dgamma by differences");
  private static final Accuracy DBETA = new Accuracy("batch norm dbeta by differences");

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
    DX.check(
        m,
        n,
        dx::get,
        CentralDifferences.gradient(point -> loss(m, n, d, point, g, b), z),
        Bound.componentwise(figures.dx(g, d)).plus(differences),
        context);
    DGAMMA.check(
        Samples.dense(dgamma),
        CentralDifferences.gradient(point -> loss(m, n, d, z, point, b), g),
        Bound.componentwise(figures.dgamma(d)).plus(differences),
        context);
    DBETA.check(
        Samples.dense(dbeta),
        CentralDifferences.gradient(point -> loss(m, n, d, z, g, point), b),
        Bound.componentwise(figures.dbeta(d)).plus(differences),
        context);
  }

  private static double loss(int m, int n, double[] d, double[] z, double[] gamma, double[] beta) {
    double[] ztilde = BatchNormOracle.forward(m, n, z, gamma, beta, EPS);
    double sum = 0;
    for (int i = 0; i < d.length; i++) {
      sum += d[i] * ztilde[i];
    }
    return sum;
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(DX);
    System.out.println(DGAMMA);
    System.out.println(DBETA);
  }
}
