package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * The gradient through softmax by the probabilities: dx = y·(dy - Σ dy·y) for every row.
 *
 * <p>What would fool it: rows short enough that the call, not the loop, is measured.
 *
 * <p>{@code autovec}: the last loop is vectorised, as it is in {@code naive}, whose flat arrays
 * share one offset. Of the inner product C2 vectorises in {@code naive} the products and adds them
 * one after the other; here it runs in eight chains.
 */
public class SoftmaxBackwardBenchmark extends OperationBenchmark {
  /** Rows and classes. */
  @Param({"256x1000", "64x10"})
  public String shape;

  private int m;
  private int n;
  private float[] y;
  private float[] dy;
  private float[] dx;
  private float[][] yRows;
  private float[][] dyRows;
  private float[][] dxRows;
  private FloatMatrix yView;
  private FloatMatrix dyView;
  private FloatMatrix dxView;

  /** Checks within gamma_(n+4)·y·(|dy| + Σ|dy·y|). */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    y = new float[m * n];
    double[] probabilities = SoftmaxOracle.forward(m, n, Elements.widen(normal(1, m * n, 0, 3)));
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) probabilities[i];
    }
    dy = normal(2, m * n, 0, 1);
    dx = new float[m * n];
    yRows = rows(y, m, n);
    dyRows = rows(dy, m, n);
    dxRows = rows(dx, m, n);
    yView = FloatMatrix.of(y, m, n);
    dyView = FloatMatrix.of(dy, m, n);
    dxView = FloatMatrix.of(dx, m, n);
    run(method);
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, dx, dxRows),
            SoftmaxOracle.backward(m, n, Elements.widen(y), Elements.widen(dy)),
            Bound.gamma(n + 4, magnitude()),
            "shape=" + shape);
  }

  private double[] magnitude() {
    double[] magnitude = new double[m * n];
    for (int i = 0; i < m; i++) {
      double dot = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        dot += Math.abs((double) dy[j] * y[j]);
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        magnitude[j] = y[j] * (Math.abs(dy[j]) + dot);
      }
    }
    return magnitude;
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Softmax.backward(yView, dyView, dxView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Softmax.backward(yView, dyView, dxView);
  }

  /** Per row a loop for the inner product and one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, y, dy, dx);
  }

  private static void naive(int m, int n, float[] y, float[] dy, float[] dx) {
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float dot = 0;
      for (int j = 0; j < n; j++) {
        dot += dy[row + j] * y[row + j];
      }
      for (int j = 0; j < n; j++) {
        dx[row + j] = y[row + j] * (dy[row + j] - dot);
      }
    }
  }

  /** The same on rows, the inner product in eight chains. */
  @Benchmark
  public void autovec() {
    autovec(yRows, dyRows, dxRows);
  }

  private static void autovec(float[][] y, float[][] dy, float[][] dx) {
    for (int i = 0; i < y.length; i++) {
      backwardRow(AutovecRow.dot(dy[i], y[i]), y[i], dy[i], dx[i]);
    }
  }

  private static void backwardRow(float dot, float[] y, float[] dy, float[] dx) {
    for (int j = 0; j < dx.length; j++) {
      dx[j] = y[j] * (dy[j] - dot);
    }
  }
}
