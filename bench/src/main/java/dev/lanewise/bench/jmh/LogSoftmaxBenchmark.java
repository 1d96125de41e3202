package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * The logarithm of softmax of every row of logits with a standard deviation of 3.
 *
 * <p>{@code copy} of the same matrix is the yardstick. What would fool it: what would fool {@link
 * SoftmaxBenchmark}; and a naive form that takes the logarithm of each probability, which costs a
 * logarithm for each element and loses small results.
 */
public class LogSoftmaxBenchmark extends OperationBenchmark {
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

  /**
   * Checks within gamma_(n+256)·(1 + |y|): the relative error of a sum is the absolute one of its
   * logarithm. A copy has the very bits.
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
    run(method);
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), y, x, "shape=" + shape);
      return;
    }
    double gamma = Bound.gamma(n + 256);
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            SoftmaxOracle.logForward(m, n, Elements.widen(x)),
            Bound.relative(gamma).plus(Bound.absolute(gamma)),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    LogSoftmax.forward(xView, yView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    LogSoftmax.forward(xView, yView, 1, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    LogSoftmax.forward(xView, yView);
  }

  /** {@code System.arraycopy} of the same matrix: each element read and written once. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, x.length);
  }

  /** Per row a loop for the maximum, one for {@code Math.exp} and the sum, one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, y);
  }

  /** The same on rows, with an exp that C2 vectorises. */
  @Benchmark
  public void autovec() {
    autovec(xRows, yRows);
  }

  private static void autovec(float[][] x, float[][] y) {
    for (int i = 0; i < x.length; i++) {
      float max = AutovecRow.max(x[i]);
      AutovecRow.exponentials(x[i], max, y[i]);
      AutovecRow.subtract(max + (float) Math.log(AutovecRow.sum(y[i])), x[i], y[i]);
    }
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
        sum += (float) Math.exp(x[row + j] - max);
      }
      float logarithm = (float) Math.log(sum);
      for (int j = 0; j < n; j++) {
        y[row + j] = x[row + j] - max - logarithm;
      }
    }
  }
}
