package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * C ← A·B for B small products of the same extents, A M×K and B K×N, one behind the other:
 * 2·B·M·K·N floating-point operations in one call.
 *
 * <p>What would fool it: a batch so small that all of it stays in the nearest cache, where a user's
 * would not; and operands that are the same for all products.
 *
 * <p>Native peers hold the operands in native memory.
 */
public class GemmBatchBenchmark extends OperationBenchmark {
  /** B×M×K×N, the number of products first. */
  @Param({"1000x16x16x16", "1000x8x8x8"})
  public String shape;

  private int size;
  private int m;
  private int k;
  private int n;
  private float[] a;
  private float[] b;
  private float[] c;
  private FloatBatch aBatch;
  private FloatBatch bBatch;
  private FloatBatch cBatch;
  private PeerOperation peer;

  /** Checks all products of normally distributed values within {@link GemmOracle#errorBound}. */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 4);
    size = extents.extent(0);
    m = extents.extent(1);
    k = extents.extent(2);
    n = extents.extent(3);
    a = normal(Products.SEED, size * m * k, 0, 1);
    b = normal(Products.SEED + 1, size * k * n, 0, 1);
    c = new float[size * m * n];
    Arrays.fill(c, Float.NaN);
    aBatch = FloatBatch.of(a, size, m, k);
    bBatch = FloatBatch.of(b, size, k, n);
    cBatch = FloatBatch.of(c, size, m, n);
    openWorkers(method);
    peer = PeerOperation.gemmBatch(method, size, m, k, n, a, b, c);
    run(method);
    peer.fetch();
    Accuracy accuracy = new Accuracy(label(method));
    for (int p = 0; p < size; p++) {
      double[] left = Elements.widen(m, k, aBatch.get(p)::get);
      double[] right = Elements.widen(k, n, bBatch.get(p)::get);
      accuracy.check(
          m,
          n,
          cBatch.get(p)::get,
          GemmOracle.gemm(m, n, k, 1, left, right, 0, null),
          Bound.componentwise(GemmOracle.errorBound(m, n, k, 1, left, right, 0, null)),
          "shape=" + shape + " product=" + p);
    }
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Gemm.gemm(1, aBatch, bBatch, 0, cBatch);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    Gemm.gemm(1, aBatch, bBatch, 0, cBatch, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Gemm.gemm(1, aBatch, bBatch, 0, cBatch);
  }

  /** OpenBLAS on one thread, a call for each product. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblas() {
    peer.run();
  }

  /** MKL on one thread, one call for all products. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void mkl() {
    peer.run();
  }

  /** Three loops, i-j-k, on flat arrays, for each product. */
  @Benchmark
  public void naive() {
    for (int p = 0; p < size; p++) {
      naive(m, k, n, a, p * m * k, b, p * k * n, c, p * m * n);
    }
  }

  private static void naive(
      int m, int k, int n, float[] a, int atA, float[] b, int atB, float[] c, int atC) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[atA + i * k + p] * b[atB + p * n + j];
        }
        c[atC + i * n + j] = sum;
      }
    }
  }
}
