package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * Softmax of every row of logits with a standard deviation of 3.
 *
 * <p>The input is not changed, so every call does the same work. What would fool it: logits so
 * small that exp becomes trivial or so far apart that results are subnormal, which some processors
 * compute slowly; and sorted rows, which would change how well the branch of a maximum is
 * predicted.
 *
 * <p>{@code copy} of the same matrix is the yardstick. {@code autovec}: see {@link AutovecRow}.
 */
public class SoftmaxBenchmark extends OperationBenchmark {
  /** Rows and classes. */
  @Param({"256x1000", "64x10", "64x32000", "256x100", "4096x1000"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] y;
  private float[][] xRows;
  private float[][] yRows;
  private FloatMatrix xView;
  private FloatMatrix yView;
  private PeerOperation peer;

  /**
   * Checks within gamma_(n+256)·y: n roundings of a sum, and an exp whose squarings lose 8 bits. A
   * copy has the very bits.
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0, 3);
    y = new float[m * n];
    xRows = rows(x, m, n);
    yRows = rows(y, m, n);
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    openWorkers(method);
    peer = PeerOperation.softmax(method, m, n, x, y);
    run(method);
    peer.fetch();
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), y, x, "shape=" + shape);
      return;
    }
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            SoftmaxOracle.forward(m, n, Elements.widen(x)),
            Bound.relative(Bound.gamma(n + 256)),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Softmax.forward(xView, yView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    Softmax.forward(xView, yView, 1, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Softmax.forward(xView, yView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** Three passes with the Vector API's own exponential. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void svml() {
    peer.run();
  }

  /** {@code System.arraycopy} of the same matrix: each element read and written once. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, x.length);
  }

  /** Per row a loop for the maximum, one for {@code Math.exp} and the sum, one for the quotient. */
  @Benchmark
  public void naive() {
    naive(m, n, x, y);
  }

  private static void naive(int m, int n, float[] x, float[] y) {
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, x[row + j]);
      }
      float sum = 0;
      for (int j = 0; j < n; j++) {
        float e = (float) Math.exp(x[row + j] - max);
        y[row + j] = e;
        sum += e;
      }
      for (int j = 0; j < n; j++) {
        y[row + j] /= sum;
      }
    }
  }

  /** The same on rows, with an exp that C2 vectorises. */
  @Benchmark
  public void autovec() {
    autovec(xRows, yRows);
  }

  private static void autovec(float[][] x, float[][] y) {
    for (int i = 0; i < x.length; i++) {
      AutovecRow.exponentials(x[i], AutovecRow.max(x[i]), y[i]);
      AutovecRow.scale(1 / AutovecRow.sum(y[i]), y[i]);
    }
  }
}
