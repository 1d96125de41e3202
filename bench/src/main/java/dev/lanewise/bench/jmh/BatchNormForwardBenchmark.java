package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * Batch normalisation in training: mean and variance of every feature, and the normalised samples.
 *
 * <p>What would fool it: a naive form that walks down the columns of a row-major matrix, which
 * nobody who knows caches writes; or statistics by E[x²] - E[x]², which are cheap and wrong for a
 * mean far from 0.
 *
 * <p>{@code autovec}: all three loops over a row are vectorised; moments take one pass, of x less
 * the first row. The loops of {@code naive} are not, as C2 in JDK 25 cannot tell apart the offsets
 * of flat matrix and column array. For channels first see {@link NaiveChannels} and {@link
 * AutovecChannels}.
 */
public class BatchNormForwardBenchmark extends BatchNormBenchmark {
  /** Sums, then means of the features; with channels first sums of the places of one. */
  private float[] mean;

  /** Sums of squares, then what the features are scaled by; with channels first sums as well. */
  private float[] scale;

  private BatchNorm norm;
  private BatchStatistics statistics;

  @Override
  void prepareOperands() {
    mean = new float[layout.rowLength()];
    scale = new float[layout.rowLength()];
    norm = new BatchNorm(gammaView, betaView, EPS);
    statistics = new BatchStatistics(gamma.length);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.batchNormForward(method, layout, x, gamma, beta, EPS, result);
  }

  /**
   * Within 8·gamma_r·(|gamma|·(|x| + Σ|x|/m) / sqrt(variance + eps) + |beta|), r the roundings; the
   * 8 is for a variance whose terms are taken from the first row instead of the mean.
   */
  @Override
  void check(String method) {
    int m = layout.samples();
    int n = layout.features();
    double[] z = wide(x);
    double[] g = Elements.widen(gamma);
    double[] b = Elements.widen(beta);
    double[] magnitude =
        BatchNormOracle.inference(
            m,
            n,
            absolute(z),
            absolute(g),
            absolute(b),
            negatedMeanOfAbsolute(m, n, z),
            BatchNormOracle.variance(m, n, z),
            EPS);
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method),
            BatchNormOracle.forward(m, n, z, g, b, EPS),
            Bound.gamma(roundings(), magnitude).times(8),
            "shape=" + shape);
  }

  /**
   * -Σ|z| / m: as the mean to subtract from |z| it makes the oracle's formula one of magnitudes.
   */
  private static double[] negatedMeanOfAbsolute(int m, int n, double[] z) {
    return Arrays.stream(BatchNormOracle.mean(m, n, absolute(z))).map(mean -> -mean).toArray();
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.forward(xView, statistics, resultView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.forward(xView, statistics, resultView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.forward(xView, statistics, resultView);
  }

  /** Row by row: sums for the mean, then squares for the variance, then the result. */
  @Benchmark
  public void naive() {
    if (layout.channelsFirst()) {
      NaiveChannels.forward(layout, x, gamma, beta, EPS, result);
    } else {
      naive(layout.samples(), layout.features(), x, gamma, beta, mean, scale, result);
    }
  }

  private static void naive(
      int m,
      int n,
      float[] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] scale,
      float[] y) {
    Arrays.fill(mean, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        mean[j] += x[i * n + j];
      }
    }
    for (int j = 0; j < n; j++) {
      mean[j] /= m;
    }
    Arrays.fill(scale, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float deviation = x[i * n + j] - mean[j];
        scale[j] += deviation * deviation;
      }
    }
    for (int j = 0; j < n; j++) {
      scale[j] = gamma[j] / (float) Math.sqrt(scale[j] / m + EPS);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[i * n + j] = scale[j] * (x[i * n + j] - mean[j]) + beta[j];
      }
    }
  }

  /** Rows of their own; both moments in one pass, of x less the first row. */
  @Benchmark
  public void autovec() {
    if (layout.channelsFirst()) {
      AutovecChannels.forward(xRows, gamma, beta, EPS, mean, scale, resultRows);
    } else {
      autovec(xRows, gamma, beta, mean, scale, resultRows);
    }
  }

  private static void autovec(
      float[][] x, float[] gamma, float[] beta, float[] mean, float[] scale, float[][] y) {
    int m = x.length;
    Arrays.fill(mean, 0);
    Arrays.fill(scale, 0);
    for (float[] row : x) {
      addMoments(row, x[0], mean, scale);
    }
    for (int j = 0; j < mean.length; j++) {
      float shift = mean[j] / m;
      float variance = Math.max(scale[j] / m - shift * shift, 0);
      mean[j] = x[0][j] + shift;
      scale[j] = gamma[j] / (float) Math.sqrt(variance + EPS);
    }
    for (int i = 0; i < m; i++) {
      normalise(x[i], mean, scale, beta, y[i]);
    }
  }

  private static void addMoments(float[] x, float[] pivot, float[] sums, float[] squares) {
    for (int j = 0; j < sums.length; j++) {
      float difference = x[j] - pivot[j];
      sums[j] += difference;
      squares[j] += difference * difference;
    }
  }

  /** y = scale·(x - mean) + beta for one row. */
  static void normalise(float[] x, float[] mean, float[] scale, float[] beta, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = scale[j] * (x[j] - mean[j]) + beta[j];
    }
  }
}
