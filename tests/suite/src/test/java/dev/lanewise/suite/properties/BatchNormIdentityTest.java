package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.Ulp;
import dev.lanewise.testkit.operand.Layout;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Batch normalisation with gamma = sqrt(variance + eps) and beta = mean gives its input back.
 *
 * <p>Both come from the oracle and are rounded to float: taken from the kernel's own statistics
 * they would cancel the errors of these. With M = max(|z|, |mean|, |z - mean|) and t = z - mean,
 *
 * <pre>
 * |y - z| ≤ 4 ulps of M + (error of the mean) + |t|·(error of the variance) / (2·(variance + eps))
 * </pre>
 *
 * <p>Proof. In y = fma(z - high, scale, shift) the subtraction and the sum are off by half an ulp
 * of M each, and so are beta and shift = beta - low·scale. Gamma and the quotient scale are off by
 * u = 2^-24 of themselves each, which is u·|t| in the product and so at most an ulp of M each: 4
 * ulps. Low is at most u·|mean|, and what the errors of scale make of it u² of M. What the kernel's
 * statistics err moves t by the mean's error and scale by half the relative error of variance +
 * eps; {@link MomentFigures} has these errors. In ulps of max(|z|, |mean|) alone the figure would
 * be 7, because |t| can be twice as large.
 */
class BatchNormIdentityTest {
  private static final Accuracy IDENTITY = new Accuracy("batch norm identity");
  private static final Accuracy CHANNELS = new Accuracy("batch norm identity, channels");
  private static final Accuracy MEAN = new Accuracy("batch norm's saved mean");
  private static final Accuracy VARIANCE = new Accuracy("batch norm's saved variance");

  @Property
  void oraclesCoefficientsGiveTheInputBack(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix z = batch.z();
    for (double eps : new double[] {1e-5, 1e-3, 1e-8}) {
      MomentFigures moments = moments(z);
      FloatMatrix y = Views.matrix(batch.layout(), z.rows(), z.columns());
      FloatSpan gamma = Views.span(batch.layout(), deviations(moments, eps));
      FloatSpan beta = Views.span(batch.layout(), moments.mean());
      new BatchNorm(gamma, beta, eps).forward(z, new BatchStatistics(z.columns()), y);
      check(IDENTITY, z, y::get, moments, eps, batch + " eps=" + eps);
    }
  }

  @Property
  void oraclesCoefficientsGiveChannelsBack(
      @ForAll(supplier = FeatureMaps.Any.class) FeatureMaps maps) {
    FloatBatch x = maps.x();
    int m = maps.samples();
    int n = maps.channels();
    double[] z = ChannelsLayout.wide(x);
    MomentFigures moments = MomentFigures.channels(maps.length(), m, n, z);
    for (double eps : new double[] {1e-5, 1e-3, 1e-8}) {
      FloatBatch y = maps.layout().batch(maps.size(), n, maps.length());
      FloatSpan gamma = Views.span(Layout.DENSE, deviations(moments, eps));
      FloatSpan beta = Views.span(Layout.DENSE, moments.mean());
      new BatchNorm(gamma, beta, eps).forward(x, new BatchStatistics(n), y);
      CHANNELS.check(
          m,
          n,
          ChannelsLayout.samples(y),
          z,
          Bound.componentwise(errors(n, z, moments, eps)),
          maps + " eps=" + eps);
    }
  }

  /** The statistics by themselves: within the identity an error of one could hide another's. */
  @Property
  void savedStatisticsAreTheOracles(@ForAll(supplier = Batch.Any.class) Batch batch) {
    FloatMatrix z = batch.z();
    int n = z.columns();
    MomentFigures moments = moments(z);
    BatchStatistics statistics = new BatchStatistics(n);
    FloatSpan ones = FloatSpan.zeros(n);
    new BatchNorm(ones, FloatSpan.zeros(n), 1e-5)
        .forward(z, statistics, FloatMatrix.zeros(z.rows(), n));
    assertEquals(z.rows(), statistics.samples());
    float[] mean = new float[n];
    float[] variance = new float[n];
    double[] zero = new double[n];
    for (int j = 0; j < n; j++) {
      // Differences from the oracle, which float holds where it would not hold the statistics.
      mean[j] = (float) (statistics.mean(j) - moments.mean()[j]);
      variance[j] = (float) (statistics.variance(j) - moments.variance()[j]);
    }
    MEAN.check(mean, zero, Bound.componentwise(moments.meanError()), batch.toString());
    VARIANCE.check(variance, zero, Bound.componentwise(moments.varianceError()), batch.toString());
  }

  /** What a wrong forward pass does wrong. */
  private enum Fault {
    NONE,
    MEAN_OFF_BY_A_THOUSANDTH_OF_THE_DEVIATION,
    VARIANCE_OFF_BY_A_HUNDREDTH,
    VARIANCE_DIVIDED_BY_M_MINUS_1,
    EPS_OUTSIDE_THE_ROOT
  }

  @Example
  void everyFaultIsSeen() {
    Map<Fault, Integer> rejections = new EnumMap<>(Fault.class);
    double[] means = {0, 1, 100, 10000};
    double[] deviations = {0.001, 1, 1000};
    int cases = 0;
    for (double mean : means) {
      for (double deviation : deviations) {
        Batch batch =
            new Batch(65, 7, Layout.DENSE, Batch.Pattern.NORMAL, mean, deviation, cases++);
        for (Fault fault : Fault.values()) {
          rejections.merge(fault, isRejected(batch, fault) ? 1 : 0, Integer::sum);
        }
      }
    }
    System.out.println("batch norm identity: rejected of " + cases + " cases: " + rejections);
    rejections.forEach(
        (fault, count) -> {
          // Half of the cases have means so large that a small fault drowns in their rounding.
          assertTrue(fault == Fault.NONE ? count == 0 : count >= 5, () -> fault + ": " + count);
        });
  }

  private static boolean isRejected(Batch batch, Fault fault) {
    FloatMatrix z = batch.z();
    double eps = 1e-5;
    MomentFigures moments = moments(z);
    float[] y = faulty(z, moments, eps, fault);
    try {
      Accuracy accuracy = new Accuracy(fault.name());
      check(accuracy, z, Elements.dense(y, z.columns()), moments, eps, batch.toString());
      return false;
    } catch (AssertionError expected) {
      assertTrue(expected.getMessage().contains(batch.toString()), expected::getMessage);
      return true;
    }
  }

  /** The forward pass with exact statistics but for the fault, rounded once. */
  private static float[] faulty(FloatMatrix z, MomentFigures moments, double eps, Fault fault) {
    int m = z.rows();
    int n = z.columns();
    double[] gamma = deviations(moments, eps);
    float[] y = new float[m * n];
    for (int j = 0; j < n; j++) {
      double mean = moments.mean()[j];
      double variance = moments.variance()[j];
      double deviation = Math.sqrt(variance + eps);
      switch (fault) {
        case NONE -> {}
        case MEAN_OFF_BY_A_THOUSANDTH_OF_THE_DEVIATION -> mean += 0.001 * Math.sqrt(variance);
        case VARIANCE_OFF_BY_A_HUNDREDTH -> deviation = Math.sqrt(1.01 * variance + eps);
        case VARIANCE_DIVIDED_BY_M_MINUS_1 -> deviation = Math.sqrt(variance * m / (m - 1) + eps);
        case EPS_OUTSIDE_THE_ROOT -> deviation = Math.sqrt(variance) + eps;
      }
      for (int i = 0; i < m; i++) {
        double zhat = (z.get(i, j) - mean) / deviation;
        y[i * n + j] = (float) ((float) gamma[j] * zhat + (float) moments.mean()[j]);
      }
    }
    return y;
  }

  private static MomentFigures moments(FloatMatrix z) {
    return new MomentFigures(z.rows(), z.columns(), Views.wide(z));
  }

  /** 4 ulps of M + (error of the mean) + |t|·(error of the variance) / (2·(variance + eps)). */
  static double[] errors(int n, double[] z, MomentFigures moments, double eps) {
    double[] errors = new double[z.length];
    for (int ij = 0; ij < z.length; ij++) {
      int j = ij % n;
      double x = z[ij];
      double mean = moments.mean(j);
      double t = x - mean;
      double largest = Math.max(Math.max(Math.abs(x), Math.abs(mean)), Math.abs(t));
      double deviation = moments.sigma(j, eps);
      double statistics = deviation * moments.zhatError(j, t / deviation, eps);
      errors[ij] = 4 * Ulp.of((float) largest) + statistics;
    }
    return errors;
  }

  private static double[] deviations(MomentFigures moments, double eps) {
    return Arrays.stream(moments.variance()).map(variance -> Math.sqrt(variance + eps)).toArray();
  }

  private static void check(
      Accuracy accuracy,
      FloatMatrix z,
      Elements y,
      MomentFigures moments,
      double eps,
      String context) {
    int m = z.rows();
    int n = z.columns();
    double[] expected = Views.wide(z);
    double[] errors = errors(n, expected, moments, eps);
    accuracy.check(m, n, y, expected, Bound.componentwise(errors), context);
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(IDENTITY);
    System.out.println(CHANNELS);
    System.out.println(MEAN);
    System.out.println(VARIANCE);
  }
}
