package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * The backward pass of batch normalisation: dx, dgamma and dbeta from dy, x and the batch's
 * statistics, which are at hand from the forward pass in every implementation.
 *
 * <p>What would fool it: zhat kept from the forward pass, which saves arithmetic and costs a matrix
 * of memory; no form here has it.
 *
 * <p>{@code autovec}: both loops over a row are vectorised; those of {@code naive} are not, as C2
 * in JDK 25 cannot tell apart the offsets of flat matrix and column array. For channels first see
 * {@link NaiveChannels} and {@link AutovecChannels}.
 */
public class BatchNormBackwardBenchmark extends BatchNormBenchmark {
  private float[] dy;
  private float[] mean;
  private float[] inverse;
  private float[] dgamma;
  private float[] dbeta;

  /** Sums of the places of one feature, with channels first. */
  private float[] products;

  private float[] sums;
  private float[][] dyRows;
  private Samples dyView;
  private FloatSpan dgammaView;
  private FloatSpan dbetaView;
  private BatchNorm norm;
  private BatchStatistics statistics;

  @Override
  void prepareOperands() {
    int n = gamma.length;
    dy = normal(4, x.length, 0, 1);
    dgamma = new float[n];
    dbeta = new float[n];
    products = new float[layout.rowLength()];
    sums = new float[layout.rowLength()];
    dyRows = rows(dy);
    dyView = view(dy);
    dgammaView = FloatSpan.of(dgamma);
    dbetaView = FloatSpan.of(dbeta);
    norm = new BatchNorm(gammaView, betaView, EPS);
    statistics = new BatchStatistics(n);
    statistics.compute(xView);
    double[] z = wide(x);
    double[] mu = BatchNormOracle.mean(layout.samples(), n, z);
    double[] s2 = BatchNormOracle.variance(layout.samples(), n, z);
    mean = new float[n];
    inverse = new float[n];
    for (int j = 0; j < n; j++) {
      mean[j] = (float) mu[j];
      inverse[j] = (float) (1 / Math.sqrt(s2[j] + EPS));
    }
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.batchNormBackward(
        method, layout, x, dy, gamma, EPS, result, dgamma, dbeta);
  }

  /**
   * With Z = (|x| + |mean|) / sqrt(variance + eps) and r the roundings: dbeta within gamma_r·Σ|dy|,
   * dgamma within gamma_r·Σ|dy|·Z, and dx within gamma_r·|gamma| / sqrt(variance + eps)·(|dy| +
   * Σ|dy|/m + Z·Σ|dy|·Z/m).
   */
  @Override
  void check(String method) {
    int m = layout.samples();
    int n = layout.features();
    double[] z = wide(x);
    double[] d = wide(dy);
    double[] g = Elements.widen(gamma);
    double[] dxMagnitude = new double[m * n];
    double[] dgammaMagnitude = new double[n];
    double[] dbetaMagnitude = new double[n];
    for (int i = 0; i < m * n; i++) {
      dgammaMagnitude[i % n] += Math.abs(d[i]) * zhatMagnitude(z[i], i % n);
      dbetaMagnitude[i % n] += Math.abs(d[i]);
    }
    for (int i = 0; i < m * n; i++) {
      int j = i % n;
      double terms =
          Math.abs(d[i]) + dbetaMagnitude[j] / m + zhatMagnitude(z[i], j) * dgammaMagnitude[j] / m;
      dxMagnitude[i] = Math.abs(g[j]) * inverse[j] * terms;
    }
    String context = "shape=" + shape;
    new Accuracy(label(method) + " dbeta")
        .check(
            dbeta,
            BatchNormOracle.dbeta(m, n, d),
            Bound.gamma(roundings(), dbetaMagnitude),
            context);
    new Accuracy(label(method) + " dgamma")
        .check(
            dgamma,
            BatchNormOracle.dgamma(m, n, z, EPS, d),
            Bound.gamma(roundings(), dgammaMagnitude),
            context);
    new Accuracy(label(method) + " dx")
        .check(
            m,
            n,
            result(method),
            BatchNormOracle.dz(m, n, z, g, EPS, d),
            Bound.gamma(roundings(), dxMagnitude),
            context);
  }

  private double zhatMagnitude(double z, int j) {
    return (Math.abs(z) + Math.abs(mean[j])) * inverse[j];
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.backward(xView, dyView, statistics, resultView, dgammaView, dbetaView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.backward(xView, dyView, statistics, resultView, dgammaView, dbetaView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.backward(xView, dyView, statistics, resultView, dgammaView, dbetaView);
  }

  /** Row by row: both sums, then the result. */
  @Benchmark
  public void naive() {
    if (layout.channelsFirst()) {
      NaiveChannels.backward(layout, x, dy, gamma, mean, inverse, result, dgamma, dbeta);
    } else {
      int m = layout.samples();
      naive(m, gamma.length, x, dy, gamma, mean, inverse, result, dgamma, dbeta);
    }
  }

  private static void naive(
      int m,
      int n,
      float[] x,
      float[] dy,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float zhat = (x[i * n + j] - mean[j]) * inverse[j];
        dgamma[j] += dy[i * n + j] * zhat;
        dbeta[j] += dy[i * n + j];
      }
    }
    float perSample = 1f / m;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float zhat = (x[i * n + j] - mean[j]) * inverse[j];
        float centred = dy[i * n + j] - (dbeta[j] + zhat * dgamma[j]) * perSample;
        dx[i * n + j] = gamma[j] * inverse[j] * centred;
      }
    }
  }

  /** The same on rows of their own, the factors in front of the loop. */
  @Benchmark
  public void autovec() {
    if (layout.channelsFirst()) {
      AutovecChannels.backward(
          xRows, dyRows, gamma, mean, inverse, products, sums, resultRows, dgamma, dbeta);
    } else {
      autovec(xRows, dyRows, gamma, mean, inverse, resultRows, dgamma, dbeta);
    }
  }

  private static void autovec(
      float[][] x,
      float[][] dy,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[][] dx,
      float[] dgamma,
      float[] dbeta) {
    int m = x.length;
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int i = 0; i < m; i++) {
      addSums(x[i], dy[i], mean, dgamma, dbeta);
    }
    for (int j = 0; j < dgamma.length; j++) {
      dgamma[j] *= inverse[j];
    }
    for (int i = 0; i < m; i++) {
      backwardRow(1f / m, x[i], dy[i], gamma, mean, inverse, dgamma, dbeta, dx[i]);
    }
  }

  private static void addSums(float[] x, float[] dy, float[] mean, float[] dgamma, float[] dbeta) {
    for (int j = 0; j < dgamma.length; j++) {
      dgamma[j] += dy[j] * (x[j] - mean[j]);
      dbeta[j] += dy[j];
    }
  }

  private static void backwardRow(
      float perSample,
      float[] x,
      float[] dy,
      float[] gamma,
      float[] mean,
      float[] inverse,
      float[] dgamma,
      float[] dbeta,
      float[] dx) {
    for (int j = 0; j < dx.length; j++) {
      float zhat = (x[j] - mean[j]) * inverse[j];
      dx[j] = gamma[j] * inverse[j] * (dy[j] - (dbeta[j] + zhat * dgamma[j]) * perSample);
    }
  }
}
