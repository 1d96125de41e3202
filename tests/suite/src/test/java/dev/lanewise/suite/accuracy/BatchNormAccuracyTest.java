package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Batch;
import dev.lanewise.suite.properties.BatchNormFigures;
import dev.lanewise.suite.properties.MomentFigures;
import dev.lanewise.suite.properties.Sums;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Batch normalisation, its backward pass and the running statistics within {@link
 * BatchNormFigures}. Mean and variance have their figures checked beside the batch-norm identity.
 */
class BatchNormAccuracyTest {
  private static final double EPS = 1e-5;

  private static final Accuracy FORWARD = new Accuracy("BatchNorm.forward");
  private static final Accuracy INFERENCE = new Accuracy("BatchNorm.inference");
  private static final Accuracy DX = new Accuracy("BatchNorm.backward dx");
  private static final Accuracy DGAMMA = new Accuracy("BatchNorm.backward dgamma");
  private static final Accuracy DBETA = new Accuracy("BatchNorm.backward dbeta");
  private static final Accuracy INFERENCE_DX = new Accuracy("BatchNorm.inferenceBackward dx");
  private static final Accuracy INFERENCE_DGAMMA =
      new Accuracy("BatchNorm.inferenceBackward dgamma");
  private static final Accuracy RUNNING = new Accuracy("BatchStatistics.updateRunning");

  @Property
  void forward(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    Mix mix = new Mix(~batch.seed());
    FloatSpan gamma = Views.span(batch.layout(), n, mix::normal);
    FloatSpan beta = Views.span(batch.layout(), n, () -> 0.1 * mix.normal());
    FloatMatrix y = Views.matrix(batch.layout(), m, n);
    double[] wide = Views.wide(x);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    new BatchNorm(gamma, beta, EPS).forward(x, new BatchStatistics(n), y);
    FORWARD.check(
        m,
        n,
        y::get,
        BatchNormOracle.forward(m, n, wide, g, b, EPS),
        Bound.componentwise(new BatchNormFigures(m, n, wide, EPS).forward(g, b)),
        batch.toString());
  }

  /** With statistics of float, which the oracle is given exactly. */
  @Property
  void inference(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    double scale = batch.deviation();
    Mix mix = new Mix(~batch.seed());
    FloatSpan gamma = Views.span(batch.layout(), n, () -> scale * mix.normal());
    FloatSpan beta = Views.span(batch.layout(), n, () -> scale * mix.normal());
    FloatSpan mean =
        Views.span(batch.layout(), n, () -> scale * batch.mean() + scale * mix.normal());
    FloatSpan variance = Views.span(batch.layout(), n, () -> scale * mix.normal());
    for (int j = 0; j < n; j++) {
      variance.set(j, variance.get(j) * variance.get(j));
    }
    FloatMatrix y = Views.matrix(batch.layout(), m, n);
    double[] wide = Views.wide(x);
    double[] g = Views.wide(gamma);
    double[] b = Views.wide(beta);
    double[] mu = Views.wide(mean);
    double[] s2 = Views.wide(variance);
    new BatchNorm(gamma, beta, EPS).inference(x, mean, variance, y);
    INFERENCE.check(
        m,
        n,
        y::get,
        BatchNormOracle.inference(m, n, wide, g, b, mu, s2, EPS),
        Bound.componentwise(given(m, n, wide, mu, s2).inference(g, b)),
        batch.toString());
  }

  private static BatchNormFigures given(
      int m, int n, double[] x, double[] mean, double[] variance) {
    return new BatchNormFigures(Sums.COLUMN, m, n, x, EPS, MomentFigures.given(mean, variance));
  }

  /** The gradients of inference: dx = d·scale within 2·u·|dx| + 2^-149. */
  @Property
  void inferenceBackward(
      @ForAll(supplier = Batch.Any.class) Batch batch, @ForAll Batch.Pattern pattern) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    double scale = batch.deviation();
    Mix mix = new Mix(~batch.seed());
    FloatMatrix dy = new Batch(m, n, batch.layout(), pattern, 0, 1, ~batch.seed()).z();
    FloatSpan gamma = Views.span(batch.layout(), n, mix::normal);
    FloatSpan mean = Views.span(batch.layout(), n, () -> scale * (batch.mean() + mix.normal()));
    FloatSpan variance = Views.span(batch.layout(), n, () -> scale * scale * (1 + mix.unit()));
    FloatMatrix dx = Views.matrix(batch.layout(), m, n);
    FloatSpan dgamma = Views.span(batch.layout(), n);
    FloatSpan dbeta = Views.span(batch.layout(), n);
    new BatchNorm(gamma, gamma, EPS).inferenceBackward(x, dy, mean, variance, dx, dgamma, dbeta);

    double[] wide = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] mu = Views.wide(mean);
    double[] s2 = Views.wide(variance);
    BatchNormFigures figures = given(m, n, wide, mu, s2);
    String context = batch + " dY=" + pattern;
    INFERENCE_DX.check(
        m,
        n,
        dx::get,
        BatchNormOracle.inferenceDz(m, n, Views.wide(gamma), s2, EPS, d),
        Bound.relative(0x1p-23).plus(Bound.absolute(0x1p-149)),
        context);
    INFERENCE_DGAMMA.check(
        Views.dense(dgamma),
        BatchNormOracle.inferenceDgamma(m, n, wide, mu, s2, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
    DBETA.check(
        Views.dense(dbeta),
        BatchNormOracle.dbeta(m, n, d),
        Bound.componentwise(figures.dbeta(d)),
        context);
  }

  @Property
  void backward(@ForAll(supplier = Batch.Any.class) Batch batch, @ForAll Batch.Pattern pattern) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix dy = new Batch(m, n, batch.layout(), pattern, 0, 1, ~batch.seed()).z();
    FloatSpan gamma = Views.span(batch.layout(), n, new Mix(~batch.seed())::normal);
    BatchStatistics statistics = new BatchStatistics(n);
    new BatchNorm(gamma, gamma, EPS).forward(x, statistics, Views.matrix(batch.layout(), m, n));
    FloatMatrix dx = Views.matrix(batch.layout(), m, n);
    FloatSpan dgamma = Views.span(batch.layout(), n);
    FloatSpan dbeta = Views.span(batch.layout(), n);
    new BatchNorm(gamma, gamma, EPS).backward(x, dy, statistics, dx, dgamma, dbeta);

    double[] wide = Views.wide(x);
    double[] d = Views.wide(dy);
    double[] g = Views.wide(gamma);
    BatchNormFigures figures = new BatchNormFigures(m, n, wide, EPS);
    String context = batch + " dY=" + pattern;
    DX.check(
        m,
        n,
        dx::get,
        BatchNormOracle.dz(m, n, wide, g, EPS, d),
        Bound.componentwise(figures.dx(g, d)),
        context);
    DGAMMA.check(
        Views.dense(dgamma),
        BatchNormOracle.dgamma(m, n, wide, EPS, d),
        Bound.componentwise(figures.dgamma(d)),
        context);
    DBETA.check(
        Views.dense(dbeta),
        BatchNormOracle.dbeta(m, n, d),
        Bound.componentwise(figures.dbeta(d)),
        context);
  }

  /** Rounded once: half an ulp, and double's own roundings. */
  @Property
  void running(
      @ForAll(supplier = Batch.Any.class) Batch batch,
      @ForAll @DoubleRange(min = 0, max = 1) double weight,
      @ForAll RunningAverage.Variance kind) {
    FloatMatrix x = batch.z();
    int m = x.rows();
    int n = x.columns();
    BatchStatistics statistics = new BatchStatistics(n);
    FloatSpan gamma = FloatSpan.zeros(n);
    new BatchNorm(gamma, gamma, EPS).forward(x, statistics, Views.matrix(batch.layout(), m, n));
    Mix mix = new Mix(~batch.seed());
    FloatSpan mean = Views.span(batch.layout(), n, () -> batch.deviation() * mix.normal());
    FloatSpan variance = Views.span(batch.layout(), n, () -> batch.deviation());
    double[] batchMean = new double[n];
    double[] batchVariance = new double[n];
    boolean unbiased = kind == RunningAverage.Variance.UNBIASED && m > 1;
    for (int j = 0; j < n; j++) {
      batchMean[j] = statistics.mean(j);
      batchVariance[j] = statistics.variance(j) * (unbiased ? (double) m / (m - 1) : 1);
    }
    double[] oldMean = Views.wide(mean);
    double[] oldVariance = Views.wide(variance);
    statistics.updateRunning(mean, variance, new RunningAverage(weight, kind));
    String context = batch + " weight=" + weight + " " + kind;
    checkRunning(mean, weight, oldMean, batchMean, context);
    checkRunning(variance, weight, oldVariance, batchVariance, context);
  }

  private static void checkRunning(
      FloatSpan actual, double weight, double[] running, double[] batch, String context) {
    double[] doubles = new double[batch.length];
    Arrays.setAll(doubles, j -> 0x1p-51 * (Math.abs(running[j]) + Math.abs(batch[j])));
    RUNNING.check(
        Views.dense(actual),
        BatchNormOracle.running(weight, running, batch),
        Bound.ulps(0.5).plus(Bound.componentwise(doubles)),
        context);
  }

  @Example
  void runningByHand() {
    BatchStatistics statistics = new BatchStatistics(1);
    FloatMatrix x = FloatMatrix.of(new float[] {1, 2, 3, 6}, 4, 1);
    FloatSpan one = FloatSpan.of(new float[] {1});
    new BatchNorm(one, one, EPS).forward(x, statistics, FloatMatrix.zeros(4, 1));
    assertEquals(3, statistics.mean(0));
    assertEquals(3.5, statistics.variance(0));
    FloatSpan mean = FloatSpan.of(new float[] {7});
    FloatSpan variance = FloatSpan.of(new float[] {2});
    statistics.updateRunning(
        mean, variance, new RunningAverage(0.25, RunningAverage.Variance.BIASED));
    assertEquals(6, mean.get(0));
    assertEquals(2.375f, variance.get(0));
    variance.set(0, 2);
    statistics.updateRunning(
        mean, variance, new RunningAverage(0.75, RunningAverage.Variance.UNBIASED));
    assertEquals(3.75f, mean.get(0));
    assertEquals(4, variance.get(0));
  }

  /** A single sample has no unbiased variance: the biased one, 0, goes into the average. */
  @Example
  void runningOfASingleSample() {
    BatchStatistics statistics = new BatchStatistics(1);
    FloatSpan one = FloatSpan.of(new float[] {1});
    FloatMatrix x = FloatMatrix.of(new float[] {5}, 1, 1);
    new BatchNorm(one, one, EPS).forward(x, statistics, FloatMatrix.zeros(1, 1));
    FloatSpan mean = FloatSpan.of(new float[] {1});
    FloatSpan variance = FloatSpan.of(new float[] {4});
    statistics.updateRunning(
        mean, variance, new RunningAverage(0.5, RunningAverage.Variance.UNBIASED));
    assertEquals(3, mean.get(0));
    assertEquals(2, variance.get(0));
  }

  @AfterContainer
  static void printWorst() {
    Accuracy[] all = {
      FORWARD, INFERENCE, DX, DGAMMA, DBETA, INFERENCE_DX, INFERENCE_DGAMMA, RUNNING
    };
    for (Accuracy accuracy : all) {
      System.out.println(accuracy);
    }
  }
}
