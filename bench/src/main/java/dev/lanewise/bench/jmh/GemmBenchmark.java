package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * C ← A·B with A M×K and B K×N: 2·M·K·N floating-point operations.
 *
 * <p>The operands lie in cache from one call to the next where they fit. {@code autovec} gets its
 * operands as rows and pays for no conversion. What would fool it: a power of two as leading
 * dimension, as in 512x512x512, makes the column walk of {@code naive} collide in the cache, so
 * look at the other shapes too; and integers or zeros would cost the same but hide wrong results,
 * so integers serve the exact check alone.
 *
 * <p>{@code autovec}: its two loops over a row are vectorised with fused multiply-adds. C2 in JDK
 * 25 vectorises neither the inner product of {@code naive}, whose order it keeps, nor i-k-j on flat
 * arrays, whose offsets it cannot tell apart.
 */
public class GemmBenchmark extends ProductBenchmark {
  /** M×K×N. */
  @Param({"512x512x512", "64x64x128", "128x784x512"})
  public String shape;

  private float[] a;
  private float[] b;
  private float[] c;
  private float[][] aRows;
  private float[][] bRows;
  private float[][] cRows;
  private FloatMatrix aView;
  private FloatMatrix bView;
  private PackedMatrix packed;
  private FloatMatrix cView;

  /**
   * Checks a product of small integers, which is exact, by Freivalds' test of every row; and four
   * rows of a product of normally distributed values within {@link GemmOracle#errorBound}.
   */
  @Override
  public void prepare(String method) {
    read(shape, method);
    float[] left = Products.integers(Products.SEED, m * k);
    float[] right = Products.integers(Products.SEED + 1, k * n);
    compute(method, left, right);
    Products.checkIntegers(label(method), m, k, n, left, right, null, result(method, c, cRows));
    left = normal(Products.SEED, m * k, 0, 1);
    right = normal(Products.SEED + 1, k * n, 0, 1);
    compute(method, left, right);
    Products.checkRows(
        label(method),
        m,
        k,
        n,
        left,
        right,
        null,
        result(method, c, cRows),
        "shape=" + shape + " layout=" + layout);
  }

  private void compute(String method, float[] left, float[] right) {
    fill(method, left, right);
    run(method);
    peer.fetch();
  }

  /** Lays the operands, given row by row, as the parameter says. */
  private void fill(String method, float[] left, float[] right) {
    a = transposedA ? Products.transpose(left, m, k) : left;
    b = transposedB ? Products.transpose(right, k, n) : right;
    c = new float[m * n];
    Arrays.fill(c, Float.NaN);
    aRows = rows(left, m, k);
    bRows = rows(right, k, n);
    cRows = rows(c, m, n);
    aView = transposedA ? FloatMatrix.of(a, k, m).transpose() : FloatMatrix.of(a, m, k);
    bView = transposedB ? FloatMatrix.of(b, n, k).transpose() : FloatMatrix.of(b, k, n);
    packed = PackedMatrix.of(bView);
    cView = FloatMatrix.of(c, m, n);
    peer = PeerOperation.gemm(method, m, k, n, left, right, c, transposedA, transposedB);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Gemm.gemm(1, aView, bView, 0, cView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    Gemm.gemm(1, aView, bView, 0, cView, workers);
  }

  /** The kernel with B packed beforehand, as for weights that serve many calls. */
  @Benchmark
  public void lanewisePacked() {
    Gemm.gemm(1, aView, packed, 0, cView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Gemm.gemm(1, aView, bView, 0, cView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** ojAlgo on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void ojalgo() {
    peer.run();
  }

  /** Three loops, i-j-k, on flat arrays. */
  @Benchmark
  public void naive() {
    if (transposedA) {
      naiveTransposedA(m, k, n, a, b, c);
    } else if (transposedB) {
      naiveTransposedB(m, k, n, a, b, c);
    } else {
      naive(m, k, n, a, b, c);
    }
  }

  private static void naive(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }

  private static void naiveTransposedA(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[p * m + i] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }

  private static void naiveTransposedB(int m, int k, int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[j * k + p];
        }
        c[i * n + j] = sum;
      }
    }
  }

  /** Three loops, i-k-j, on rows; four rows of C and two of B at a time to save memory accesses. */
  @Benchmark
  public void autovec() {
    autovec(aRows, bRows, cRows);
  }

  private static void autovec(float[][] a, float[][] b, float[][] c) {
    for (float[] row : c) {
      Arrays.fill(row, 0);
    }
    int i = 0;
    for (; i + 4 <= c.length; i += 4) {
      int p = 0;
      for (; p + 2 <= b.length; p += 2) {
        addToFourRows(
            a[i][p],
            a[i][p + 1],
            a[i + 1][p],
            a[i + 1][p + 1],
            a[i + 2][p],
            a[i + 2][p + 1],
            a[i + 3][p],
            a[i + 3][p + 1],
            b[p],
            b[p + 1],
            c[i],
            c[i + 1],
            c[i + 2],
            c[i + 3]);
      }
      for (; p < b.length; p++) {
        for (int row = i; row < i + 4; row++) {
          addToRow(a[row][p], b[p], c[row]);
        }
      }
    }
    for (; i < c.length; i++) {
      for (int p = 0; p < b.length; p++) {
        addToRow(a[i][p], b[p], c[i]);
      }
    }
  }

  private static void addToFourRows(
      float a00,
      float a01,
      float a10,
      float a11,
      float a20,
      float a21,
      float a30,
      float a31,
      float[] b0,
      float[] b1,
      float[] c0,
      float[] c1,
      float[] c2,
      float[] c3) {
    for (int j = 0; j < c0.length; j++) {
      c0[j] = Math.fma(a01, b1[j], Math.fma(a00, b0[j], c0[j]));
      c1[j] = Math.fma(a11, b1[j], Math.fma(a10, b0[j], c1[j]));
      c2[j] = Math.fma(a21, b1[j], Math.fma(a20, b0[j], c2[j]));
      c3[j] = Math.fma(a31, b1[j], Math.fma(a30, b0[j], c3[j]));
    }
  }

  private static void addToRow(float a, float[] b, float[] c) {
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
