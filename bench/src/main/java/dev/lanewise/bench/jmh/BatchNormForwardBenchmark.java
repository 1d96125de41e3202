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
 * Batch normalisation in training: mean and variance of every column, and the normalised matrix.
 *
 * <p>{@code copy} of the same matrix is the yardstick: it reads and writes each element once. What
 * would fool it: a naive form that walks down the columns of a row-major matrix, which nobody who
 * knows caches writes; or statistics by E[x²] - E[x]², which are cheap and wrong for a mean far
 * from 0.
 *
 * <p>{@code autovec}: all three loops over a row are vectorised; moments take one pass, of x less
 * the first row. The loops of {@code naive} are not, as C2 in JDK 25 cannot tell apart the offsets
 * of flat matrix and column array.
 */
public class BatchNormForwardBenchmark extends OperationBenchmark {
  static final float EPS = 1e-5f;

  /** Samples and features. */
  @Param({"256x1024", "64x256"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] gamma;
  private float[] beta;
  private float[] mean;
  private float[] scale;
  private float[] y;
  private float[][] xRows;
  private float[][] yRows;
  private FloatMatrix xView;
  private FloatMatrix yView;
  private FloatSpan gammaView;
  private FloatSpan betaView;
  private BatchStatistics statistics;
  private PeerOperation peer;

  /**
   * Checks within 8·gamma_(m+16)·(|gamma|·(|x| + Σ|x|/m) / sqrt(variance + eps) + |beta|); the 8 is
   * for a variance whose terms are taken from the first row instead of the mean.
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0.5, 1);
    gamma = normal(2, n, 1, 0.1);
    beta = normal(3, n, 0, 0.1);
    mean = new float[n];
    scale = new float[n];
    y = new float[m * n];
    xRows = rows(x, m, n);
    yRows = rows(y, m, n);
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    gammaView = FloatSpan.of(gamma);
    betaView = FloatSpan.of(beta);
    statistics = new BatchStatistics(n);
    peer = PeerOperation.batchNormForward(method, m, n, x, gamma, beta, EPS, y);
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
    double[] errors = magnitude;
    for (int i = 0; i < errors.length; i++) {
      errors[i] *= 8 * Bound.gamma(m + 16);
    }
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            BatchNormOracle.forward(m, n, z, g, b, EPS),
            Bound.componentwise(errors),
            "shape=" + shape);
  }

  /** |x|. */
  static double[] absolute(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
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
    new BatchNorm(gammaView, betaView, EPS).forward(xView, statistics, yView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    new BatchNorm(gammaView, betaView, EPS).forward(xView, statistics, yView);
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

  /** Row by row: sums for the mean, then squares for the variance, then the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, gamma, beta, mean, scale, y);
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
    autovec(xRows, gamma, beta, mean, scale, yRows);
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
