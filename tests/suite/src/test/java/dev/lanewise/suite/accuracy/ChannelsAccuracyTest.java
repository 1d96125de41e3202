package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.BatchNormFigures;
import dev.lanewise.suite.properties.ChannelsLayout;
import dev.lanewise.suite.properties.FeatureMaps;
import dev.lanewise.suite.properties.MomentFigures;
import dev.lanewise.suite.properties.Sums;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Batch normalisation with channels first, its statistics and its gradients within {@link
 * BatchNormFigures} and {@link MomentFigures}; the oracle has the same samples as a matrix.
 */
class ChannelsAccuracyTest {
  private static final double EPS = 1e-5;

  private static final Accuracy MEAN = new Accuracy("BatchStatistics.compute mean, channels");
  private static final Accuracy VARIANCE =
      new Accuracy("BatchStatistics.compute variance, channels");
  private static final Accuracy FORWARD = new Accuracy("BatchNorm.forward, channels");
  private static final Accuracy INFERENCE = new Accuracy("BatchNorm.inference, channels");
  private static final Accuracy DX = new Accuracy("BatchNorm.backward dx, channels");
  private static final Accuracy DGAMMA = new Accuracy("BatchNorm.backward dgamma, channels");
  private static final Accuracy DBETA = new Accuracy("BatchNorm.backward dbeta, channels");
  private static final Accuracy INFERENCE_DX =
      new Accuracy("BatchNorm.inferenceBackward dx, channels");
  private static final Accuracy INFERENCE_DGAMMA =
      new Accuracy("BatchNorm.inferenceBackward dgamma, channels");

  private static FloatBatch output(FeatureMaps maps) {
    return maps.layout().batch(maps.size(), maps.channels(), maps.length());
  }

  private static BatchNormFigures figures(FeatureMaps maps, double[] x) {
    int m = maps.samples();
    int n = maps.channels();
    MomentFigures moments = MomentFigures.channels(maps.length(), m, n, x);
    return new BatchNormFigures(Sums.ROW, m, n, x, EPS, moments);
  }

  private static BatchNormFigures given(
      FeatureMaps maps, double[] x, double[] mean, double[] variance) {
    MomentFigures moments = MomentFigures.given(mean, variance);
    return new BatchNormFigures(Sums.ROW, maps.samples(), maps.channels(), x, EPS, moments);
  }

  @Property
  void statistics(@ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps) {
    checkStatistics(maps);
  }

  /** Of single samples: each is a block of its own, and all rounding that of the merges. */
  @Example
  void statisticsOfManyBlocks() {
    for (double mean : new double[] {0, 10, 10_000}) {
      checkStatistics(
          new FeatureMaps(
              20_000, 2, 1, ChannelsLayout.DENSE, FeatureMaps.Pattern.NORMAL, mean, 1, 1));
    }
  }

  private static void checkStatistics(FeatureMaps maps) {
    FloatBatch x = maps.x();
    int n = maps.channels();
    BatchStatistics statistics = new BatchStatistics(n);
    statistics.compute(x);
    assertEquals(maps.samples(), statistics.samples());
    MomentFigures moments =
        MomentFigures.channels(maps.length(), maps.samples(), n, ChannelsLayout.wide(x));
    float[] mean = new float[n];
    float[] variance = new float[n];
    for (int c = 0; c < n; c++) {
      // Differences from the oracle, which float holds where it would not hold the statistics.
      mean[c] = (float) (statistics.mean(c) - moments.mean()[c]);
      variance[c] = (float) (statistics.variance(c) - moments.variance()[c]);
    }
    double[] zero = new double[n];
    MEAN.check(mean, zero, Bound.componentwise(moments.meanError()), maps.toString());
    VARIANCE.check(variance, zero, Bound.componentwise(moments.varianceError()), maps.toString());
  }

  @Property
  void forward(
      @ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps, @ForAll boolean rectified) {
    FloatBatch x = maps.x();
    int m = maps.samples();
    int n = maps.channels();
    Mix mix = new Mix(~maps.seed());
    FloatSpan gamma = Views.span(Layout.STRIDED, n, mix::normal);
    FloatSpan beta = Views.span(Layout.STRIDED, n, () -> 0.1 * mix.normal());
    FloatBatch y = output(maps);
    norm(gamma, beta, rectified).forward(x, new BatchStatistics(n), y);
    double[] wide = ChannelsLayout.wide(x);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    FORWARD.check(
        m,
        n,
        ChannelsLayout.samples(y),
        rectified(rectified, BatchNormOracle.forward(m, n, wide, g, b, EPS)),
        Bound.componentwise(figures(maps, wide).forward(g, b)),
        maps + " rectified=" + rectified);
  }

  private static BatchNorm norm(FloatSpan gamma, FloatSpan beta, boolean rectified) {
    BatchNorm norm = new BatchNorm(gamma, beta, EPS);
    return rectified ? norm.relu() : norm;
  }

  private static double[] rectified(boolean rectified, double[] y) {
    for (int i = 0; rectified && i < y.length; i++) {
      y[i] = Math.max(0, y[i]);
    }
    return y;
  }

  @Property
  void inference(
      @ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps, @ForAll boolean rectified) {
    FloatBatch x = maps.x();
    int m = maps.samples();
    int n = maps.channels();
    double scale = maps.deviation();
    Mix mix = new Mix(~maps.seed());
    FloatSpan gamma = Views.span(Layout.STRIDED, n, () -> scale * mix.normal());
    FloatSpan beta = Views.span(Layout.STRIDED, n, () -> scale * mix.normal());
    FloatSpan mean = Views.span(Layout.STRIDED, n, () -> scale * (maps.mean() + mix.normal()));
    FloatSpan variance = Views.span(Layout.STRIDED, n, () -> scale * scale * (1 + mix.unit()));
    FloatBatch y = output(maps);
    norm(gamma, beta, rectified).inference(x, mean, variance, y);
    double[] wide = ChannelsLayout.wide(x);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    double[] mu = Views.wide(mean);
    double[] s2 = Views.wide(variance);
    INFERENCE.check(
        m,
        n,
        ChannelsLayout.samples(y),
        rectified(rectified, BatchNormOracle.inference(m, n, wide, g, b, mu, s2, EPS)),
        Bound.componentwise(given(maps, wide, mu, s2).inference(g, b)),
        maps + " rectified=" + rectified);
  }

  /** With ReLU the oracle has d = 0 where the forward pass gave no positive output. */
  @Property
  void backward(
      @ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps,
      @ForAll FeatureMaps.Pattern pattern,
      @ForAll boolean rectified) {
    FloatBatch x = maps.x();
    int m = maps.samples();
    int n = maps.channels();
    FloatBatch dy = maps.gradient(pattern);
    Mix mix = new Mix(~maps.seed());
    FloatSpan gamma = Views.span(Layout.STRIDED, n, mix::normal);
    FloatSpan beta = Views.span(Layout.STRIDED, n, mix::normal);
    BatchStatistics statistics = new BatchStatistics(n);
    BatchNorm norm = norm(gamma, beta, rectified);
    FloatBatch y = output(maps);
    norm.forward(x, statistics, y);
    FloatBatch dx = output(maps);
    FloatSpan dgamma = Views.span(Layout.STRIDED, n);
    FloatSpan dbeta = Views.span(Layout.STRIDED, n);
    norm.backward(x, dy, statistics, dx, dgamma, dbeta);

    double[] wide = ChannelsLayout.wide(x);
    double[] d = masked(rectified, y, dy);
    double[] g = Views.wide(gamma);
    BatchNormFigures figures = figures(maps, wide);
    String context = maps + " dY=" + pattern + " rectified=" + rectified;
    DX.check(
        m,
        n,
        ChannelsLayout.samples(dx),
        BatchNormOracle.dz(m, n, wide, g, EPS, d),
        Bound.componentwise(figures.dx(g, d)),
        context);
    DGAMMA.check(
        Views.dense(dgamma),
        BatchNormOracle.dgamma(m, n, wide, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
    checkDbeta(m, n, d, dbeta, figures, context);
  }

  private static double[] masked(boolean rectified, FloatBatch y, FloatBatch dy) {
    double[] d = ChannelsLayout.wide(dy);
    double[] outputs = ChannelsLayout.wide(y);
    for (int i = 0; rectified && i < d.length; i++) {
      d[i] = outputs[i] > 0 ? d[i] : 0;
    }
    return d;
  }

  private static void checkDbeta(
      int m, int n, double[] d, FloatSpan dbeta, BatchNormFigures figures, String context) {
    DBETA.check(
        Views.dense(dbeta),
        BatchNormOracle.dbeta(m, n, d),
        Bound.componentwise(figures.dbeta(d)),
        context);
  }

  @Property
  void inferenceBackward(
      @ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps,
      @ForAll FeatureMaps.Pattern pattern,
      @ForAll boolean rectified) {
    FloatBatch x = maps.x();
    int m = maps.samples();
    int n = maps.channels();
    double scale = maps.deviation();
    Mix mix = new Mix(~maps.seed());
    FloatSpan gamma = Views.span(Layout.STRIDED, n, mix::normal);
    FloatSpan beta = Views.span(Layout.STRIDED, n, mix::normal);
    FloatSpan mean = Views.span(Layout.STRIDED, n, () -> scale * (maps.mean() + mix.normal()));
    FloatSpan variance = Views.span(Layout.STRIDED, n, () -> scale * scale * (1 + mix.unit()));
    FloatBatch dy = maps.gradient(pattern);
    FloatBatch y = output(maps);
    BatchNorm norm = norm(gamma, beta, rectified);
    norm.inference(x, mean, variance, y);
    FloatBatch dx = output(maps);
    FloatSpan dgamma = Views.span(Layout.STRIDED, n);
    FloatSpan dbeta = Views.span(Layout.STRIDED, n);
    norm.inferenceBackward(x, dy, mean, variance, dx, dgamma, dbeta);

    double[] wide = ChannelsLayout.wide(x);
    double[] d = masked(rectified, y, dy);
    double[] mu = Views.wide(mean);
    double[] s2 = Views.wide(variance);
    BatchNormFigures figures = given(maps, wide, mu, s2);
    String context = maps + " dY=" + pattern + " rectified=" + rectified;
    INFERENCE_DX.check(
        m,
        n,
        ChannelsLayout.samples(dx),
        BatchNormOracle.inferenceDz(m, n, Views.wide(gamma), s2, EPS, d),
        Bound.relative(0x1p-23).plus(Bound.absolute(0x1p-149)),
        context);
    INFERENCE_DGAMMA.check(
        Views.dense(dgamma),
        BatchNormOracle.inferenceDgamma(m, n, wide, mu, s2, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
    checkDbeta(m, n, d, dbeta, figures, context);
  }

  @AfterContainer
  static void printWorst() {
    Accuracy[] all = {
      MEAN, VARIANCE, FORWARD, INFERENCE, DX, DGAMMA, DBETA, INFERENCE_DX, INFERENCE_DGAMMA
    };
    for (Accuracy accuracy : all) {
      System.out.println(accuracy);
    }
  }
}
