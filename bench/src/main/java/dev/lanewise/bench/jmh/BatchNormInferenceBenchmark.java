package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * Batch normalisation with given statistics, those of a trained model.
 *
 * <p>{@code copy} of the same matrix is the yardstick. What would fool it: a root per element
 * instead of one per column in {@code naive}.
 *
 * <p>{@code autovec}: the loop over a row is vectorised; that of {@code naive} is not, as C2 in JDK
 * 25 cannot tell apart the offsets of flat matrix and column array.
 */
public class BatchNormInferenceBenchmark extends OperationBenchmark {
  private static final float EPS = BatchNormForwardBenchmark.EPS;

  /** Samples and features. */
  @Param({"256x1024", "64x256"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] gamma;
  private float[] beta;
  private float[] mean;
  private float[] variance;
  private float[] scale;
  private float[] y;
  private float[][] xRows;
  private float[][] yRows;
  private FloatMatrix xView;
  private FloatMatrix yView;
  private FloatSpan gammaView;
  private FloatSpan betaView;
  private FloatSpan meanView;
  private FloatSpan varianceView;
  private PeerOperation peer;

  /** Checks within gamma_16·(|gamma|·(|x| + |mean|) / sqrt(variance + eps) + |beta|). */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0.5, 1);
    gamma = normal(2, n, 1, 0.1);
    beta = normal(3, n, 0, 0.1);
    mean = normal(4, n, 0.5, 0.1);
    variance = normal(5, n, 1, 0.1);
    scale = new float[n];
    y = new float[m * n];
    xRows = rows(x, m, n);
    yRows = rows(y, m, n);
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    gammaView = FloatSpan.of(gamma);
    betaView = FloatSpan.of(beta);
    meanView = FloatSpan.of(mean);
    varianceView = FloatSpan.of(variance);
    peer = PeerOperation.batchNormInference(method, m, n, x, gamma, beta, mean, variance, EPS, y);
    run(method);
    peer.fetch();
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), y, x, "shape=" + shape);
    } else {
      check(method);
    }
  }

  private void check(String method) {
    double[] z = Elements.widen(x);
    double[] g = Elements.widen(gamma);
    double[] b = Elements.widen(beta);
    double[] mu = Elements.widen(mean);
    double[] s2 = Elements.widen(variance);
    // -|mean| as the mean to subtract from |x| makes the oracle's formula one of magnitudes.
    double[] magnitude =
        BatchNormOracle.inference(
            m,
            n,
            BatchNormForwardBenchmark.absolute(z),
            BatchNormForwardBenchmark.absolute(g),
            BatchNormForwardBenchmark.absolute(b),
            Arrays.stream(mu).map(value -> -Math.abs(value)).toArray(),
            s2,
            EPS);
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            BatchNormOracle.inference(m, n, z, g, b, mu, s2, EPS),
            Bound.gamma(16, magnitude),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    new BatchNorm(gammaView, betaView, EPS).inference(xView, meanView, varianceView, yView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    new BatchNorm(gammaView, betaView, EPS).inference(xView, meanView, varianceView, yView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** {@code System.arraycopy} of x to y. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, x.length);
  }

  /** Row by row, after one root per feature. */
  @Benchmark
  public void naive() {
    naive(m, n, x, gamma, beta, mean, variance, scale, y);
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
    autovec(xRows, gamma, beta, mean, variance, scale, yRows);
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
