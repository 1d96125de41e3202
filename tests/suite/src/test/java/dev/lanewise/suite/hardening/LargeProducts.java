package dev.lanewise.suite.hardening;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatFactor;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import java.util.Arrays;

/** Products of small matrices far out in a long array, and of matrices that are long themselves. */
final class LargeProducts {
  private static final int M = 37;
  private static final int N = 31;

  /** Room for the columns of one operand, beside those of another. */
  private static final int ROOM = 40;

  private LargeProducts() {}

  /** Views at the end of the array, and such as have their rows all over it. */
  static long farViews(int longest) {
    float[] array = new float[longest];
    FloatMatrix a = matrix(M, M, 1);
    FloatMatrix b = matrix(M, N, 2);
    int stride = (longest - 3 * ROOM) / (M - 1);
    long checked = 0;
    FloatMatrix[] wide = new FloatMatrix[3];
    for (int p = 0; p < 3; p++) {
      int at = longest - (M - 1) * stride - (3 - p) * ROOM;
      wide[p] = FloatMatrix.of(array, at, M, p == 0 ? M : N, stride, 1);
    }
    checked += check(copy(a, wide[0]), copy(b, wide[1]), wide[2]);
    checked += checkColumn(a, wide[0]);
    for (int turn = 0; turn < 3; turn++) {
      int[] places = {0, longest / 2, longest - M * M};
      FloatMatrix farA = FloatMatrix.of(array, places[turn], M, M, M, 1);
      FloatMatrix farB = FloatMatrix.of(array, places[(turn + 1) % 3], M, N, N, 1);
      FloatMatrix farC = FloatMatrix.of(array, places[(turn + 2) % 3], M, N, N, 1);
      checked += check(copy(a, farA), copy(b, farB), farC);
    }
    // Columns all over the array: each operand by turns, the others elsewhere.
    FloatMatrix tallA = FloatMatrix.of(array, longest - 36 * stride - M, M, M, 1, stride);
    checked += check(copy(a, tallA), b, FloatMatrix.zeros(M, N));
    FloatMatrix tallC = FloatMatrix.of(array, longest - 36 * stride - M, M, N, 1, stride);
    checked += check(a, b, tallC);
    FloatMatrix tallB = FloatMatrix.of(array, longest - 36 * stride - M, M, N, 1, stride);
    checked += check(a, copy(b, tallB), FloatMatrix.zeros(M, N));
    return checked + batches(array);
  }

  private static FloatMatrix matrix(int rows, int columns, int seed) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      x.set(i / columns, i % columns, Terrain.value(1000L * seed + i));
    }
    return x;
  }

  private static FloatMatrix copy(FloatMatrix from, FloatMatrix to) {
    for (int i = 0; i < from.rows(); i++) {
      for (int j = 0; j < from.columns(); j++) {
        to.set(i, j, from.get(i, j));
      }
    }
    return to;
  }

  /** With a single column, of a matrix and of what is far out the same. */
  private static long checkColumn(FloatMatrix a, FloatMatrix far) {
    FloatMatrix column = matrix(M, 1, 3);
    FloatMatrix expected = FloatMatrix.zeros(M, 1);
    Gemm.gemm(1, a, column, 0, expected);
    FloatMatrix c = FloatMatrix.zeros(M, 1);
    Gemm.gemm(1, far, column, 0, c);
    return equal(expected, c);
  }

  /** Against the product of copies: plain, packed, with an epilogue, on threads. */
  private static long check(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    FloatMatrix denseA = copy(a, FloatMatrix.zeros(M, M));
    FloatMatrix denseB = copy(b, FloatMatrix.zeros(M, N));
    FloatMatrix expected = FloatMatrix.zeros(M, N);
    Gemm.gemm(1, denseA, denseB, 0, expected);
    long checked = 0;
    for (FloatFactor factor : new FloatFactor[] {b, PackedMatrix.of(b)}) {
      copy(FloatMatrix.of(new float[] {Float.NaN}, 1, 1).broadcast(M, N), c);
      Gemm.gemm(1, a, factor, 0, c);
      checked += equal(expected, c);
    }
    // The bias is a row of B, unless C's rows lie on both sides of it.
    boolean interleaved = b.rowStride() > ROOM;
    FloatSpan bias = (interleaved ? denseB : b).row(M - 1);
    Epilogue epilogue = Epilogue.biasRelu(denseB.row(M - 1));
    Gemm.gemm(2, denseA, denseB, 0, expected, epilogue);
    try (Workers workers = Workers.of(2)) {
      Gemm.gemm(2, a, b, 0, c, Epilogue.biasRelu(bias), workers);
    }
    return checked + equal(expected, c);
  }

  private static long equal(FloatMatrix expected, FloatMatrix actual) {
    for (int i = 0; i < M; i++) {
      for (int j = 0; j < expected.columns(); j++) {
        Terrain.equal(expected.get(i, j), actual.get(i, j), actual.toString(), i * N + j);
      }
    }
    return (long) M * expected.columns();
  }

  private static long batches(float[] array) {
    int size = 3;
    int stride = (array.length - M * M) / (size - 1);
    int at = array.length - (size - 1) * stride - M * M;
    FloatBatch farA = FloatBatch.of(array, at, size, stride, M, M, M, 1);
    FloatMatrix a = matrix(M, M, 3);
    FloatMatrix b = matrix(M, N, 4);
    FloatMatrix expected = FloatMatrix.zeros(M, N);
    Gemm.gemm(1, a, b, 0, expected);
    for (int p = 0; p < size; p++) {
      copy(a, farA.get(p));
    }
    FloatBatch nearB = FloatBatch.of(b.array(), 0, size, 0, M, N, N, 1);
    FloatBatch nearC = FloatBatch.of(new float[size * M * N], size, M, N);
    Gemm.gemm(1, farA, nearB, 0, nearC);
    FloatBatch nearA = FloatBatch.of(a.array(), 0, size, 0, M, M, M, 1);
    FloatBatch farC = FloatBatch.of(array, at, size, stride, M, N, N, 1);
    long checked = 0;
    for (int p = 0; p < size; p++) {
      checked += equal(expected, nearC.get(p));
    }
    Gemm.gemm(1, nearA, nearB, 0, farC);
    for (int p = 0; p < size; p++) {
      checked += equal(expected, farC.get(p));
    }
    return checked;
  }

  /** More than 2^30 rows, columns and terms of a sum, for a length of 2^31 - 9. */
  static long longExtents(int longest) {
    int more = longest / 2 + 4096;
    int half = longest / 2;
    float[] x = new float[more];
    Terrain.fill(x);
    float[] c = new float[longest];
    FloatMatrix row = FloatMatrix.of(x, 1, more);
    FloatMatrix column = row.transpose();
    FloatMatrix pair = FloatMatrix.of(new float[] {1.7f, -0.3f}, 1, 2);
    long checked = 0;

    FloatMatrix endOfC = FloatMatrix.of(c, longest - more, more, 1, 1, 1);
    Gemm.gemm(1, column, pair.columns(0, 1), 0, endOfC);
    for (int i = 0; i < more; i++, checked++) {
      Terrain.equal(0f + x[i] * 1.7f, c[longest - more + i], "column times number", i);
    }
    Gemm.gemm(1, column.rows(more - half, more), pair, 0, FloatMatrix.of(c, half, 2));
    for (int i = 0; i < 2 * half; i++, checked++) {
      float expected = 0f + x[more - half + i / 2] * pair.get(0, i % 2);
      Terrain.equal(expected, c[i], "column times row", i);
    }
    FloatMatrix wide = FloatMatrix.of(c, 2, half);
    try (Workers workers = Workers.of(2)) {
      Gemm.gemm(1, pair.transpose(), row.columns(more - half, more), 0, wide, workers);
    }
    for (int i = 0; i < 2 * half; i++, checked++) {
      float expected = 0f + x[more - half + i % half] * pair.get(0, i / half);
      Terrain.equal(expected, c[i], "column times long row", i);
    }
    return checked + longSums(row, c);
  }

  private static long longSums(FloatMatrix row, float[] c) {
    int half = c.length / 2;
    int more = row.columns();
    float[] x = row.array();
    FloatMatrix result = FloatMatrix.zeros(1, 2);
    double dot = 0;
    double absolute = 0;
    for (int p = 0; p < more; p++) {
      double term = (double) x[p] * c[c.length - more + p];
      dot += term;
      absolute += Math.abs(term);
    }
    FloatMatrix column = FloatMatrix.of(c, c.length - more, more, 1, 1, 1);
    Gemm.gemm(1, row, column, 0, result.columns(0, 1));
    Terrain.near(dot, result.get(0, 0), 100 * U * absolute, "row times column", more);

    // Terms that are not 0 lie at few places, so that the chain can be followed.
    Arrays.fill(x, 0f);
    float[] expected = new float[2];
    int[] places = Terrain.places(half);
    for (int p : places) {
      x[p] = 1f;
      expected[0] += c[2 * p];
      expected[1] += c[2 * p + 1];
    }
    Gemm.gemm(1, row.columns(0, half), FloatMatrix.of(c, half, 2), 0, result);
    Terrain.equal(expected[0], result.get(0, 0), "chain", half);
    Terrain.equal(expected[1], result.get(0, 1), "chain", half);
    return places.length + 1L;
  }
}
