package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
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
 * The backward pass of batch normalisation: dx, dgamma and dbeta from dy, x and the batch's
 * statistics, which are at hand from the forward pass in every implementation.
 *
 * <p>{@code copy} of a matrix of the same shape is the yardstick. What would fool it: zhat kept
 * from the forward pass, which saves arithmetic and costs a matrix of memory; no form here has it.
 *
 * <p>{@code autovec}: both loops over a row are vectorised; those of {@code naive} are not, as C2
 * in JDK 25 cannot tell apart the offsets of flat matrix and column array.
 */
public class BatchNormBackwardBenchmark extends OperationBenchmark {
  private static final float EPS = BatchNormForwardBenchmark.EPS;

  /** Samples and features. */
  @Param({"256x1024", "64x256"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] dy;
  private float[] gamma;
  private float[] mean;
  private float[] inverse;
  private float[] dx;
  private float[] dgamma;
  private float[] dbeta;
  private float[][] xRows;
  private float[][] dyRows;
  private float[][] dxRows;
  private FloatMatrix xView;
  private FloatMatrix dyView;
  private FloatMatrix dxView;
  private FloatSpan gammaView;
  private FloatSpan dgammaView;
  private FloatSpan dbetaView;
  private BatchStatistics statistics;
  private PeerOperation peer;

  /**
   * Checks, with Z = (|x| + |mean|) / sqrt(variance + eps), dbeta within gamma_(m+16)·Σ|dy|, dgamma
   * within gamma_(m+16)·Σ|dy|·Z, and dx within gamma_(m+16)·|gamma| / sqrt(variance + eps)·(|dy| +
   * Σ|dy|/m + Z·Σ|dy|·Z/m).
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0.5, 1);
    dy = normal(2, m * n, 0, 1);
    gamma = normal(3, n, 1, 0.1);
    dx = new float[m * n];
    dgamma = new float[n];
    dbeta = new float[n];
    xRows = rows(x, m, n);
    dyRows = rows(dy, m, n);
    dxRows = rows(dx, m, n);
    xView = FloatMatrix.of(x, m, n);
    dyView = FloatMatrix.of(dy, m, n);
    dxView = FloatMatrix.of(dx, m, n);
    gammaView = FloatSpan.of(gamma);
    dgammaView = FloatSpan.of(dgamma);
    dbetaView = FloatSpan.of(dbeta);
    statistics = new BatchStatistics(n);
    new BatchNorm(gammaView, FloatSpan.zeros(n), EPS).forward(xView, statistics, dxView);
    double[] mu = BatchNormOracle.mean(m, n, Elements.widen(x));
    double[] s2 = BatchNormOracle.variance(m, n, Elements.widen(x));
    mean = new float[n];
    inverse = new float[n];
    for (int j = 0; j < n; j++) {
      mean[j] = (float) mu[j];
      inverse[j] = (float) (1 / Math.sqrt(s2[j] + EPS));
    }
    peer = PeerOperation.batchNormBackward(method, m, n, x, dy, gamma, EPS, dx, dgamma, dbeta);
    run(method);
    peer.fetch();
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), dx, x, "shape=" + shape);
    } else {
      check(method);
    }
  }

  private void check(String method) {
    double[] z = Elements.widen(x);
    double[] d = Elements.widen(dy);
    double[] g = Elements.widen(gamma);
    double[] dxMagnitude = new double[m * n];
    double[] dgammaMagnitude = new double[n];
    double[] dbetaMagnitude = new double[n];
    for (int i = 0; i < m * n; i++) {
      dgammaMagnitude[i % n] += Math.abs(d[i]) * zMagnitude(i);
      dbetaMagnitude[i % n] += Math.abs(d[i]);
    }
    for (int i = 0; i < m * n; i++) {
      int j = i % n;
      double terms =
          Math.abs(d[i]) + dbetaMagnitude[j] / m + zMagnitude(i) * dgammaMagnitude[j] / m;
      dxMagnitude[i] = Math.abs(g[j]) * inverse[j] * terms;
    }
    String context = "shape=" + shape;
    new Accuracy(label(method) + " dbeta")
        .check(dbeta, BatchNormOracle.dbeta(m, n, d), Bound.gamma(m + 16, dbetaMagnitude), context);
    new Accuracy(label(method) + " dgamma")
        .check(
            dgamma,
            BatchNormOracle.dgamma(m, n, z, EPS, d),
            Bound.gamma(m + 16, dgammaMagnitude),
            context);
    new Accuracy(label(method) + " dx")
        .check(
            m,
            n,
            result(method, dx, dxRows),
            BatchNormOracle.dz(m, n, z, g, EPS, d),
            Bound.gamma(m + 16, dxMagnitude),
            context);
  }

  private double zMagnitude(int i) {
    int j = i % n;
    return (Math.abs((double) x[i]) + Math.abs(mean[j])) * inverse[j];
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    new BatchNorm(gammaView, gammaView, EPS)
        .backward(xView, dyView, statistics, dxView, dgammaView, dbetaView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    new BatchNorm(gammaView, gammaView, EPS)
        .backward(xView, dyView, statistics, dxView, dgammaView, dbetaView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** {@code System.arraycopy} of x to dx. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, dx, 0, x.length);
  }

  /** Row by row: both sums, then the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
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
    autovec(xRows, dyRows, gamma, mean, inverse, dxRows, dgamma, dbeta);
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
