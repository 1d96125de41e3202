package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Folded weights within 0.51 ulps, and a folded bias within 0.51 ulps and 2^-50·(|b·scale| +
 * |mean·scale| + |beta|): both are computed in double, with three roundings at most on the way of
 * each term, and rounded once.
 */
class FoldAccuracyTest {
  private static final double EPS = 1e-5;

  private static final Accuracy WEIGHTS = new Accuracy("BatchNorm.fold W");
  private static final Accuracy BIAS = new Accuracy("BatchNorm.fold bias");

  @Property
  void fold(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix w = batch.z();
    int k = w.rows();
    int n = w.columns();
    double deviation = batch.deviation();
    Mix mix = new Mix(~batch.seed());
    FloatSpan bias = Views.span(batch.layout(), n, mix::normal);
    FloatSpan gamma = Views.span(batch.layout(), n, mix::normal);
    FloatSpan beta = Views.span(batch.layout(), n, mix::normal);
    FloatSpan mean = Views.span(batch.layout(), n, () -> batch.mean() + mix.normal());
    FloatSpan variance = Views.span(batch.layout(), n, () -> deviation * (1 + mix.unit()));
    double[] weights = Views.wide(w);
    double[] shifts = new double[n];
    double[] doubles = new double[n];
    for (int j = 0; j < n; j++) {
      double scale = gamma.get(j) / Math.sqrt(variance.get(j) + EPS);
      double b = bias.get(j);
      double mu = mean.get(j);
      shifts[j] = b * scale - mu * scale + beta.get(j);
      double terms = Math.abs(b * scale) + Math.abs(mu * scale) + Math.abs(beta.get(j));
      doubles[j] = 0x1p-50 * terms;
      for (int i = 0; i < k; i++) {
        weights[i * n + j] *= scale;
      }
    }
    new BatchNorm(gamma, beta, EPS).fold(w, bias, mean, variance);
    WEIGHTS.check(k, n, w::get, weights, Bound.ulps(0.51), batch.toString());
    Bound figure = Bound.ulps(0.51).plus(Bound.componentwise(doubles));
    BIAS.check(Views.dense(bias), shifts, figure, batch.toString());
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(WEIGHTS);
    System.out.println(BIAS);
  }
}
