package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * C ← max(A·B + bias, 0) with A M×K, B K×N and the bias added to every row, a dense layer: 2·M·K·N
 * + 2·M·N floating-point operations.
 *
 * <p>What would fool it: a K so large that nothing but the product is seen, for the rest is one
 * part in K of it; and operands without negative sums, whose comparison a processor predicts.
 *
 * <p>Native peers hold the operands in native memory, row by row.
 */
public class GemmEpilogueBenchmark extends OperationBenchmark {
  /** M×K×N. */
  @Param({"64x64x128", "128x784x512"})
  public String shape;

  private int m;
  private int k;
  private int n;
  private float[] a;
  private float[] b;
  private float[] bias;
  private float[] c;
  private FloatMatrix aView;
  private FloatMatrix bView;
  private FloatMatrix cView;
  private Epilogue epilogue;
  private PeerOperation peer;

  /**
   * Checks every row for small integers under a bias that leaves ReLU nothing to do, which is
   * exact; and four rows for normally distributed values within {@link GemmOracle#errorBound}.
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 3);
    m = extents.extent(0);
    k = extents.extent(1);
    n = extents.extent(2);
    a = Products.integers(Products.SEED, m * k);
    b = Products.integers(Products.SEED + 1, k * n);
    bias = Products.integers(Products.SEED + 2, n);
    for (int j = 0; j < n; j++) {
      bias[j] += 4 * k + 2;
    }
    Products.checkIntegers(label(method), m, k, n, a, b, bias, compute(method));
    a = normal(Products.SEED, m * k, 0, 1);
    b = normal(Products.SEED + 1, k * n, 0, 1);
    bias = normal(Products.SEED + 2, n, 0, 1);
    Products.checkRows(label(method), m, k, n, a, b, bias, compute(method), "shape=" + shape);
  }

  private Elements compute(String method) {
    c = new float[m * n];
    Arrays.fill(c, Float.NaN);
    aView = FloatMatrix.of(a, m, k);
    bView = FloatMatrix.of(b, k, n);
    cView = FloatMatrix.of(c, m, n);
    epilogue = Epilogue.biasRelu(FloatSpan.of(bias));
    peer = PeerOperation.biasRelu(method, m, k, n, a, b, bias, c);
    run(method);
    peer.fetch();
    return cView::get;
  }

  /** The kernel, which does it all to an element before it leaves the nearest cache. */
  @Benchmark
  public void lanewise() {
    Gemm.gemm(1, aView, bView, 0, cView, epilogue);
  }

  /** Our operations one by one: the bias to every row, the product added to it, then ReLU. */
  @Benchmark
  public void separate() {
    for (int i = 0; i < m; i++) {
      System.arraycopy(bias, 0, c, i * n, n);
    }
    Gemm.gemm(1, aView, bView, 1, cView);
    Activation.RELU.forward(cView, cView);
  }

  /** OpenBLAS on one thread, then a pass of vectors over its result. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblas() {
    peer.run();
  }

  /** oneDNN on one thread, which does it all in its product. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** Three loops, i-j-k, on flat arrays. */
  @Benchmark
  public void naive() {
    naive(m, k, n, a, b, bias, c);
  }

  private static void naive(int m, int k, int n, float[] a, float[] b, float[] bias, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = bias[j];
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[p * n + j];
        }
        c[i * n + j] = Math.max(sum, 0);
      }
    }
  }
}
