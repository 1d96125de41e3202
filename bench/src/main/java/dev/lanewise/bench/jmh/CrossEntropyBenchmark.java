package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * The mean cross-entropy of softmax from logits together with its gradient (softmax(x) - y) / m, as
 * a training step wants them.
 *
 * <p>What would fool it: a gradient computed in place would feed each call the gradients of the
 * last one instead of logits, so it goes to a matrix of its own.
 *
 * <p>{@code copy} of the same matrix is the yardstick. {@code autovec}: see {@link AutovecRow}.
 */
public class CrossEntropyBenchmark extends OperationBenchmark {
  /** Rows and classes. */
  @Param({"256x1000", "64x10", "64x32000", "256x100", "4096x1000"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] dx;
  private int[] classes;
  private float[][] xRows;
  private float[][] dxRows;
  private FloatMatrix xView;
  private FloatMatrix dxView;
  private Labels labels;
  private float loss;

  /**
   * Checks the loss within gamma_(m+n+256)·(1 + J), and the gradient within
   * gamma_(n+256)·(softmax(x) + y) / m; the 256 is for an exp whose squarings lose 8 bits. A copy
   * has the very bits.
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0, 3);
    dx = new float[m * n];
    classes = classes(2, m, n);
    xRows = rows(x, m, n);
    dxRows = rows(dx, m, n);
    xView = FloatMatrix.of(x, m, n);
    dxView = FloatMatrix.of(dx, m, n);
    labels = Labels.of(classes);
    openWorkers(method);
    run(method);
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), dx, x, "shape=" + shape);
    } else {
      check(method);
    }
  }

  private void check(String method) {
    double[] logits = Elements.widen(x);
    double mean = CrossEntropyOracle.mean(m, n, logits, classes);
    new Accuracy(label(method) + " loss")
        .check(
            new float[] {loss},
            new double[] {mean},
            Bound.absolute(Bound.gamma(m + n + 256) * (1 + mean)),
            "shape=" + shape);
    double[] magnitude = SoftmaxOracle.forward(m, n, logits);
    for (int i = 0; i < m; i++) {
      magnitude[i * n + classes[i]] += 1;
    }
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] /= m;
    }
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, dx, dxRows),
            CrossEntropyOracle.gradient(m, n, logits, classes),
            Bound.gamma(n + 256, magnitude),
            "shape=" + shape);
  }

  /** A class for each of m rows. */
  static int[] classes(long seed, int m, int n) {
    return new SplittableRandom(seed).ints(m, 0, n).toArray();
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    loss = CrossEntropy.MEAN.lossAndGradient(xView, labels, dxView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    loss = CrossEntropy.MEAN.lossAndGradient(xView, labels, dxView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    loss = CrossEntropy.MEAN.lossAndGradient(xView, labels, dxView);
  }

  /** {@code System.arraycopy} of the same matrix: each element read and written once. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, dx, 0, x.length);
  }

  /** Softmax with {@code Math.exp} as in {@link SoftmaxBenchmark#naive}, less one at the label. */
  @Benchmark
  public void naive() {
    loss = naive(m, n, x, classes, dx);
  }

  private static float naive(int m, int n, float[] x, int[] classes, float[] dx) {
    float loss = 0;
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, x[row + j]);
      }
      float sum = 0;
      for (int j = 0; j < n; j++) {
        float e = (float) Math.exp(x[row + j] - max);
        dx[row + j] = e;
        sum += e;
      }
      for (int j = 0; j < n; j++) {
        dx[row + j] /= sum * m;
      }
      dx[row + classes[i]] -= 1f / m;
      loss += (float) Math.log(sum) + max - x[row + classes[i]];
    }
    return loss / m;
  }

  /** The same on rows, with an exp that C2 vectorises. */
  @Benchmark
  public void autovec() {
    loss = autovec(xRows, classes, dxRows);
  }

  private static float autovec(float[][] x, int[] classes, float[][] dx) {
    int m = x.length;
    float loss = 0;
    for (int i = 0; i < m; i++) {
      float max = AutovecRow.max(x[i]);
      AutovecRow.exponentials(x[i], max, dx[i]);
      float sum = AutovecRow.sum(dx[i]);
      AutovecRow.scale(1 / (sum * m), dx[i]);
      dx[i][classes[i]] -= 1f / m;
      loss += (float) Math.log(sum) + max - x[i][classes[i]];
    }
    return loss / m;
  }
}
