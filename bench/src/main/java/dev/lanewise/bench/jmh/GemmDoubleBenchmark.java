package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.testkit.Elements;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * C ← A·B in double with A M×K and B K×N: 2·M·K·N floating-point operations, each in a lane of 64
 * bits, so that the multiply-add peak is half of that of floats.
 *
 * <p>Operands, layouts, {@code autovec} and what would fool it are as in {@link GemmBenchmark}; a
 * matrix takes twice the memory.
 */
public class GemmDoubleBenchmark extends ProductBenchmark {
  /** M×K×N. */
  @Param({"512x512x512", "256x256x256"})
  public String shape;

  private double[] a;
  private double[] b;
  private double[] c;
  private double[][] aRows;
  private double[][] bRows;
  private double[][] cRows;
  private DoubleMatrix aView;
  private DoubleMatrix bView;
  private DoubleMatrix cView;

  /**
   * Checks a product of small integers, which is exact, by Freivalds' test of every row; and some
   * elements of a product of normally distributed values against exact ones.
   */
  @Override
  public void prepare(String method) {
    read(shape, method);
    double[] left = Elements.widen(Products.integers(Products.SEED, m * k));
    double[] right = Elements.widen(Products.integers(Products.SEED + 1, k * n));
    Products.checkIntegers(label(method), m, k, n, left, right, compute(method, left, right));
    left = normal(Products.SEED, m * k);
    right = normal(Products.SEED + 1, k * n);
    Products.checkElements(
        label(method),
        m,
        k,
        n,
        left,
        right,
        compute(method, left, right),
        "shape=" + shape + " layout=" + layout);
  }

  /** Row by row. */
  private double[] compute(String method, double[] left, double[] right) {
    fill(method, left, right);
    run(method);
    peer.fetch();
    return method.equals("autovec")
        ? Arrays.stream(cRows).flatMapToDouble(Arrays::stream).toArray()
        : c;
  }

  private static double[] normal(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    return DoubleStream.generate(random::nextGaussian).limit(length).toArray();
  }

  /** Lays the operands, given row by row, as the parameter says. */
  private void fill(String method, double[] left, double[] right) {
    a = transposedA ? Products.transpose(left, m, k) : left;
    b = transposedB ? Products.transpose(right, k, n) : right;
    c = new double[m * n];
    Arrays.fill(c, Float.NaN);
    aRows = Products.rows(left, k);
    bRows = Products.rows(right, n);
    cRows = Products.rows(c, n);
    aView = transposedA ? DoubleMatrix.of(a, k, m).transpose() : DoubleMatrix.of(a, m, k);
    bView = transposedB ? DoubleMatrix.of(b, n, k).transpose() : DoubleMatrix.of(b, k, n);
    cView = DoubleMatrix.of(c, m, n);
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

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Gemm.gemm(1, aView, bView, 0, cView);
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

  private static void naive(int m, int k, int n, double[] a, double[] b, double[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }

  private static void naiveTransposedA(int m, int k, int n, double[] a, double[] b, double[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[p * m + i] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }

  private static void naiveTransposedB(int m, int k, int n, double[] a, double[] b, double[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
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

  private static void autovec(double[][] a, double[][] b, double[][] c) {
    for (double[] row : c) {
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
      double a00,
      double a01,
      double a10,
      double a11,
      double a20,
      double a21,
      double a30,
      double a31,
      double[] b0,
      double[] b1,
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3) {
    for (int j = 0; j < c0.length; j++) {
      c0[j] = Math.fma(a01, b1[j], Math.fma(a00, b0[j], c0[j]));
      c1[j] = Math.fma(a11, b1[j], Math.fma(a10, b0[j], c1[j]));
      c2[j] = Math.fma(a21, b1[j], Math.fma(a20, b0[j], c2[j]));
      c3[j] = Math.fma(a31, b1[j], Math.fma(a30, b0[j], c3[j]));
    }
  }

  private static void addToRow(double a, double[] b, double[] c) {
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
