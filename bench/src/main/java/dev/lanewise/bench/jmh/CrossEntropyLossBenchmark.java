package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * The mean cross-entropy of softmax from logits, without its gradient: what an evaluation wants.
 *
 * <p>What would fool it: nothing is stored but one number per row, so a loop whose result is not
 * used would vanish; the loss goes to a field.
 *
 * <p>{@code autovec}: see {@link AutovecRow}; it stores its exponentials in one row, to sum them
 * apart from the vectorised loop.
 */
public class CrossEntropyLossBenchmark extends OperationBenchmark {
  /** Rows and classes. */
  @Param({"256x1000", "64x10"})
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private int[] classes;
  private float[][] xRows;
  private float[] exponentials;
  private FloatMatrix xView;
  private Labels labels;
  private float loss;

  /** Checks within gamma_(m+n+256)·(1 + J); the 256 is for an exp whose squarings lose 8 bits. */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0, 3);
    classes = CrossEntropyBenchmark.classes(2, m, n);
    xRows = rows(x, m, n);
    exponentials = new float[n];
    xView = FloatMatrix.of(x, m, n);
    labels = Labels.of(classes);
    run(method);
    double mean = CrossEntropyOracle.mean(m, n, Elements.widen(x), classes);
    new Accuracy(label(method))
        .check(
            new float[] {loss},
            new double[] {mean},
            Bound.absolute(Bound.gamma(m + n + 256) * (1 + mean)),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    loss = CrossEntropy.MEAN.loss(xView, labels);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    loss = CrossEntropy.MEAN.loss(xView, labels);
  }

  /** Per row a loop for the maximum and one that sums {@code Math.exp}. */
  @Benchmark
  public void naive() {
    loss = naive(m, n, x, classes);
  }

  private static float naive(int m, int n, float[] x, int[] classes) {
    float loss = 0;
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
      loss += (float) Math.log(sum) + max - x[row + classes[i]];
    }
    return loss / m;
  }

  /** The same on rows, with an exp that C2 vectorises. */
  @Benchmark
  public void autovec() {
    loss = autovec(xRows, classes, exponentials);
  }

  private static float autovec(float[][] x, int[] classes, float[] exponentials) {
    float loss = 0;
    for (int i = 0; i < x.length; i++) {
      float max = AutovecRow.max(x[i]);
      AutovecRow.exponentials(x[i], max, exponentials);
      loss += (float) Math.log(AutovecRow.sum(exponentials)) + max - x[i][classes[i]];
    }
    return loss / x.length;
  }
}
