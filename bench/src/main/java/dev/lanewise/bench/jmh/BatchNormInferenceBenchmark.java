package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * Batch normalisation with given statistics, those of a trained model.
 *
 * <p>What would fool it: a root per element instead of one per feature in {@code naive}.
 *
 * <p>{@code autovec}: the loop over a row is vectorised; that of {@code naive} is not, as C2 in JDK
 * 25 cannot tell apart the offsets of flat matrix and column array. For channels first see {@link
 * NaiveChannels} and {@link AutovecChannels}.
 */
public class BatchNormInferenceBenchmark extends BatchNormBenchmark {
  private float[] mean;
  private float[] variance;
  private float[] scale;
  private BatchNorm norm;
  private FloatSpan meanView;
  private FloatSpan varianceView;

  @Override
  void prepareOperands() {
    mean = normal(4, gamma.length, 0.5, 0.1);
    variance = normal(5, gamma.length, 1, 0.1);
    scale = new float[gamma.length];
    norm = new BatchNorm(gammaView, betaView, EPS);
    meanView = FloatSpan.of(mean);
    varianceView = FloatSpan.of(variance);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.batchNormInference(
        method, layout, x, gamma, beta, mean, variance, EPS, result);
  }

  /** Within gamma_16·(|gamma|·(|x| + |mean|) / sqrt(variance + eps) + |beta|). */
  @Override
  void check(String method) {
    int m = layout.samples();
    int n = layout.features();
    double[] z = wide(x);
    double[] g = Elements.widen(gamma);
    double[] b = Elements.widen(beta);
    double[] mu = Elements.widen(mean);
    double[] s2 = Elements.widen(variance);
    // -|mean| as the mean to subtract from |x| makes the oracle's formula one of magnitudes.
    double[] magnitude =
        BatchNormOracle.inference(
            m,
            n,
            absolute(z),
            absolute(g),
            absolute(b),
            Arrays.stream(mu).map(value -> -Math.abs(value)).toArray(),
            s2,
            EPS);
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method),
            BatchNormOracle.inference(m, n, z, g, b, mu, s2, EPS),
            Bound.gamma(16, magnitude),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.inference(xView, meanView, varianceView, resultView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.inference(xView, meanView, varianceView, resultView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.inference(xView, meanView, varianceView, resultView);
  }

  /** Row by row, after one root per feature. */
  @Benchmark
  public void naive() {
    if (layout.channelsFirst()) {
      NaiveChannels.inference(layout, x, gamma, beta, mean, variance, EPS, result);
    } else {
      naive(layout.samples(), layout.features(), x, gamma, beta, mean, variance, scale, result);
    }
  }

  private static void naive(
      int m,
      int n,
      float[] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float[] scale,
      float[] y) {
    for (int j = 0; j < n; j++) {
      scale[j] = gamma[j] / (float) Math.sqrt(variance[j] + EPS);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[i * n + j] = scale[j] * (x[i * n + j] - mean[j]) + beta[j];
      }
    }
  }

  /** The same on rows of their own. */
  @Benchmark
  public void autovec() {
    if (layout.channelsFirst()) {
      AutovecChannels.inference(xRows, gamma, beta, mean, variance, EPS, resultRows);
    } else {
      autovec(xRows, gamma, beta, mean, variance, scale, resultRows);
    }
  }

  private static void autovec(
      float[][] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float[] scale,
      float[][] y) {
    for (int j = 0; j < scale.length; j++) {
      scale[j] = gamma[j] / (float) Math.sqrt(variance[j] + EPS);
    }
    for (int i = 0; i < x.length; i++) {
      BatchNormForwardBenchmark.normalise(x[i], mean, scale, beta, y[i]);
    }
  }
}
