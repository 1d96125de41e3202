package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.bench.peer.Threads;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.Freivalds;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Arrays;
import java.util.SplittableRandom;
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
 * <p>Peers hold the operands in the memory and the layout that suit them best.
 *
 * <p>{@code autovec}: its two loops over a row are vectorised with fused multiply-adds. C2 in JDK
 * 25 vectorises neither the inner product of {@code naive}, whose order it keeps, nor i-k-j on flat
 * arrays, whose offsets it cannot tell apart.
 */
public class GemmBenchmark extends OperationBenchmark {
  private static final long SEED = 42;

  /** M×K×N. */
  @Param({"512x512x512", "64x64x128", "128x784x512"})
  public String shape;

  /** How A and B lie for kernel, definition, naive loops and native peers: N row by row, T not. */
  @Param({"NN", "NT", "TN"})
  public String layout = "NN";

  private int m;
  private int k;
  private int n;
  private boolean transposedA;
  private boolean transposedB;
  private float[] a;
  private float[] b;
  private float[] c;
  private Workers workers;
  private float[][] aRows;
  private float[][] bRows;
  private float[][] cRows;
  private FloatMatrix aView;
  private FloatMatrix bView;
  private FloatMatrix cView;
  private PeerOperation peer;

  /**
   * Checks a product of small integers, which is exact, by Freivalds' test of every row; and four
   * rows of a product of normally distributed values within {@link GemmOracle#errorBound}.
   */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 3);
    m = extents.extent(0);
    k = extents.extent(1);
    n = extents.extent(2);
    transposedA = layout.charAt(0) == 'T';
    transposedB = layout.charAt(1) == 'T';
    workers = Workers.of(method.equals("lanewiseParallel") ? Threads.of(method) : 1);
    float[] left = integers(SEED, m * k);
    float[] right = integers(SEED + 1, k * n);
    fill(method, left, right);
    run(method);
    peer.fetch();
    Freivalds.check(
        label(method),
        m,
        n,
        k,
        1,
        Elements.widen(left),
        Elements.widen(right),
        0,
        null,
        result(method, c, cRows),
        SEED);
    left = normal(SEED, m * k, 0, 1);
    right = normal(SEED + 1, k * n, 0, 1);
    fill(method, left, right);
    run(method);
    peer.fetch();
    Accuracy accuracy = new Accuracy(label(method));
    for (int row : new int[] {0, m / 3, 2 * m / 3, m - 1}) {
      checkRow(accuracy, row, left, right, result(method, c, cRows));
    }
  }

  /** Lays the operands, given row by row, as the parameter says. */
  private void fill(String method, float[] left, float[] right) {
    a = transposedA ? transpose(left, m, k) : left;
    b = transposedB ? transpose(right, k, n) : right;
    c = new float[m * n];
    Arrays.fill(c, Float.NaN);
    aRows = rows(left, m, k);
    bRows = rows(right, k, n);
    cRows = rows(c, m, n);
    aView = transposedA ? FloatMatrix.of(a, k, m).transpose() : FloatMatrix.of(a, m, k);
    bView = transposedB ? FloatMatrix.of(b, n, k).transpose() : FloatMatrix.of(b, k, n);
    cView = FloatMatrix.of(c, m, n);
    peer = PeerOperation.gemm(method, m, k, n, left, right, c, transposedA, transposedB);
  }

  private void checkRow(Accuracy accuracy, int row, float[] a, float[] b, Elements product) {
    double[] left = Elements.widen(1, k, (i, j) -> a[row * k + j]);
    double[] right = Elements.widen(b);
    accuracy.check(
        1,
        n,
        (i, j) -> product.at(row, j),
        GemmOracle.gemm(1, n, k, 1, left, right, 0, null),
        Bound.componentwise(GemmOracle.errorBound(1, n, k, 1, left, right, 0, null)),
        "shape=" + shape + " layout=" + layout + " row=" + row);
  }

  private static float[] transpose(float[] x, int rows, int columns) {
    float[] transposed = new float[x.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = x[i * columns + j];
      }
    }
    return transposed;
  }

  /** From -2 to 2. */
  private static float[] integers(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(-2, 3);
    }
    return values;
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

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Gemm.gemm(1, aView, bView, 0, cView);
  }

  /** OpenBLAS on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblas() {
    peer.run();
  }

  /** OpenBLAS on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblasParallel() {
    peer.run();
  }

  /** MKL on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void mkl() {
    peer.run();
  }

  /** MKL on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void mklParallel() {
    peer.run();
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** VectorBLAS of netlib, which has one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void vectorblas() {
    peer.run();
  }

  /** EJML on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void ejml() {
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
