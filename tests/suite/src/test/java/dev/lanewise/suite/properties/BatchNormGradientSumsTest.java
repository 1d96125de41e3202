package dev.lanewise.suite.properties;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * What a shift and a scale of a feature do to the loss, which is what the gradient sums to.
 *
 * <p>A shift does nothing: Σ dz = 0. A scale does nothing but through eps: with dz = gamma/σ·(d -
 * dbeta/m - zhat·dgamma/m), Σ zhat = 0 and Σ zhat² = m·variance/σ²,
 *
 * <pre>
 * Σ dz·zhat = gamma/σ·(dgamma - dgamma·variance/σ²) = gamma·dgamma·eps/σ³
 * </pre>
 *
 * <p>Tolerance: the sum of the elements' figures, and that times |zhat|.
 */
class BatchNormGradientSumsTest {
  private static final double EPS = 1e-3;

  private static final Accuracy SHIFT = new Accuracy("sum of batch norm's dz");
  private static final Accuracy SCALE = new Accuracy("sum of batch norm's dz·zhat");

  /** With deviations from 2^-10, below the root of eps, to 2^4. */
  @Property
  void gradientsSumToWhatTheInputsDo(
      @ForAll(supplier = SampleShape.Any.class) SampleShape shape,
      @ForAll @IntRange(min = -10, max = 4) int exponent) {
    int m = shape.m();
    int n = shape.n();
    Mix mix = shape.mix();
    double deviation = Math.scalb(1.0, exponent);
    Samples x = shape.samples(() -> deviation * (3 + mix.normal()));
    Samples dy = shape.samples(() -> 0.5 + mix.normal());
    FloatSpan gamma = shape.span(() -> 1 + 0.5 * mix.normal());
    BatchNorm norm = new BatchNorm(gamma, shape.span(mix::normal), EPS);
    BatchStatistics statistics = new BatchStatistics(n);
    Samples dx = shape.samples();
    norm.forward(x, statistics, shape.samples());
    norm.backward(x, dy, statistics, dx, shape.span(), shape.span());

    double[] z = SampleShape.wide(x);
    double[] d = SampleShape.wide(dy);
    double[] g = Views.wide(gamma);
    double[] gradient = SampleShape.wide(dx);
    double[] figure = shape.figures(z, EPS).dx(g, d);
    double[] mean = BatchNormOracle.mean(m, n, z);
    double[] variance = BatchNormOracle.variance(m, n, z);
    double[] dgamma = BatchNormOracle.dgamma(m, n, z, EPS, d);
    float[] sums = new float[n];
    float[] products = new float[n];
    double[] ofSums = new double[n];
    double[] ofProducts = new double[n];
    for (int j = 0; j < n; j++) {
      double squared = variance[j] + EPS;
      double sigma = Math.sqrt(squared);
      double sum = 0;
      double product = -g[j] * dgamma[j] * EPS / (squared * sigma);
      for (int ij = j; ij < m * n; ij += n) {
        double zhat = (z[ij] - mean[j]) / sigma;
        sum += gradient[ij];
        product += gradient[ij] * zhat;
        ofSums[j] += figure[ij];
        ofProducts[j] += figure[ij] * Math.abs(zhat);
      }
      sums[j] = (float) sum;
      products[j] = (float) product;
    }
    String context = shape + " deviation=2^" + exponent;
    SHIFT.check(sums, new double[n], Bound.componentwise(ofSums), context);
    SCALE.check(products, new double[n], Bound.componentwise(ofProducts), context);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(SHIFT);
    System.out.println(SCALE);
  }
}
