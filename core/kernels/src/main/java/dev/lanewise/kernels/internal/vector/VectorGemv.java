package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Products with a single row or a single column, which read a matrix once. */
final class VectorGemv {
  /** Rows of B that are read side by side. */
  private static final int ROWS = 8;

  /** Fewer than 2^19 blocks fold in 19 steps or fewer. */
  private static final int FOLDS = 20;

  private VectorGemv() {}

  /** n = 1: a row reduction over k for each row of A. */
  static void gemv(
      int m,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co,
      int crs) {
    if (acs != 1) {
      if (ars == 1 && m >= LANES) {
        columns(m, k, alpha, a, ao, acs, b, bo, brs, beta, c, co, crs);
      } else {
        ScalarGemm.gemm(
            true, m, 1, k, alpha, a, ao, ars, acs, b, bo, brs, 1, beta, c, co, crs, 1, null, 0, 0);
      }
      return;
    }
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    float[] column = b;
    int first = bo;
    if (brs != 1) {
      column = Scratch.floats(k);
      first = 0;
      Packing.rows(1, k, 1f, b, bo, 0, brs, column, 0, 0);
    }
    for (int i = 0; i < m; i++) {
      int index = co + i * crs;
      float dot = VectorReduce.dot(alpha, a, ao + i * ars, column, first, k, lanes);
      c[index] = (beta == 0f ? 0f : beta * c[index]) + dot;
    }
    Scratch.give(lanes);
    if (brs != 1) {
      Scratch.give(column);
    }
  }

  /** n = 1, and A has contiguous columns: row reductions of as many rows as a vector has lanes. */
  private static void columns(
      int m,
      int k,
      float alpha,
      float[] a,
      int ao,
      int acs,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co,
      int crs) {
    // Behind the virtual lanes, the sums of the parts of each fold that is under way.
    float[] work = Scratch.floats((ScalarReduce.LANES + FOLDS) * LANES);
    int sums = ScalarReduce.LANES * LANES;
    for (int i = 0; i < m; i += LANES) {
      int first = Math.min(i, m - LANES); // the last vector repeats rows of the one before
      reduce(k, alpha, a, ao + first, acs, b, bo, brs, work, sums);
      for (int row = i; row < Math.min(m, first + LANES); row++) {
        int index = co + row * crs;
        c[index] = (beta == 0f ? 0f : beta * c[index]) + work[sums + row - first];
      }
    }
    Scratch.give(work);
  }

  /** The vector at {@code to} ← Σ_p (alpha·A[.., p])·b[p] in the order of {@link ScalarReduce}. */
  private static void reduce(
      int k,
      float alpha,
      float[] a,
      int ao,
      int acs,
      float[] b,
      int bo,
      int brs,
      float[] work,
      int to) {
    if (k > ScalarReduce.BLOCK) {
      int left = ScalarReduce.leftPart(k);
      reduce(left, alpha, a, ao, acs, b, bo, brs, work, to);
      reduce(k - left, alpha, a, ao + left * acs, acs, b, bo + left * brs, brs, work, to + LANES);
      FloatVector right = FloatVector.fromArray(FLOAT, work, to + LANES);
      FloatVector.fromArray(FLOAT, work, to).add(right).intoArray(work, to);
      return;
    }
    Arrays.fill(work, 0, ScalarReduce.LANES * LANES, 0f);
    for (int p = 0; p < k; p++) {
      int lane = p % ScalarReduce.LANES * LANES;
      FloatVector x = FloatVector.fromArray(FLOAT, a, ao + p * acs).mul(alpha);
      FloatVector y = FloatVector.broadcast(FLOAT, b[bo + p * brs]);
      x.fma(y, FloatVector.fromArray(FLOAT, work, lane)).intoArray(work, lane);
    }
    for (int half = ScalarReduce.LANES / 2; half >= 1; half /= 2) {
      for (int l = 0; l < half * LANES; l += LANES) {
        FloatVector upper = FloatVector.fromArray(FLOAT, work, l + half * LANES);
        FloatVector.fromArray(FLOAT, work, l).add(upper).intoArray(work, l);
      }
    }
    FloatVector.fromArray(FLOAT, work, 0).intoArray(work, to);
  }

  /** m = 1, and B and C have contiguous rows: B is read row by row, eight at a time. */
  static void row(
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int acs,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co) {
    int p = 0;
    float carry = beta;
    for (; p <= k - ROWS; p += ROWS) {
      eightRows(n, alpha, a, ao + p * acs, acs, b, bo + p * brs, brs, carry, c, co);
      carry = 1f;
    }
    for (; p < k; p++) {
      oneRow(n, alpha * a[ao + p * acs], b, bo + p * brs, carry, c, co);
      carry = 1f;
    }
  }

  private static void eightRows(
      int n,
      float alpha,
      float[] a,
      int ao,
      int acs,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co) {
    float a0 = alpha * a[ao];
    float a1 = alpha * a[ao + acs];
    float a2 = alpha * a[ao + 2 * acs];
    float a3 = alpha * a[ao + 3 * acs];
    float a4 = alpha * a[ao + 4 * acs];
    float a5 = alpha * a[ao + 5 * acs];
    float a6 = alpha * a[ao + 6 * acs];
    float a7 = alpha * a[ao + 7 * acs];
    int b1 = bo + brs;
    int b2 = b1 + brs;
    int b3 = b2 + brs;
    int b4 = b3 + brs;
    int b5 = b4 + brs;
    int b6 = b5 + brs;
    int b7 = b6 + brs;
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector x =
          beta == 0f ? FloatVector.zero(FLOAT) : FloatVector.fromArray(FLOAT, c, co + j).mul(beta);
      x = FloatVector.broadcast(FLOAT, a0).fma(FloatVector.fromArray(FLOAT, b, bo + j), x);
      x = FloatVector.broadcast(FLOAT, a1).fma(FloatVector.fromArray(FLOAT, b, b1 + j), x);
      x = FloatVector.broadcast(FLOAT, a2).fma(FloatVector.fromArray(FLOAT, b, b2 + j), x);
      x = FloatVector.broadcast(FLOAT, a3).fma(FloatVector.fromArray(FLOAT, b, b3 + j), x);
      x = FloatVector.broadcast(FLOAT, a4).fma(FloatVector.fromArray(FLOAT, b, b4 + j), x);
      x = FloatVector.broadcast(FLOAT, a5).fma(FloatVector.fromArray(FLOAT, b, b5 + j), x);
      x = FloatVector.broadcast(FLOAT, a6).fma(FloatVector.fromArray(FLOAT, b, b6 + j), x);
      x = FloatVector.broadcast(FLOAT, a7).fma(FloatVector.fromArray(FLOAT, b, b7 + j), x);
      x.intoArray(c, co + j);
    }
    for (; j < n; j++) {
      float x = beta == 0f ? 0f : beta * c[co + j];
      x = ScalarMath.fma(a0, b[bo + j], x);
      x = ScalarMath.fma(a1, b[b1 + j], x);
      x = ScalarMath.fma(a2, b[b2 + j], x);
      x = ScalarMath.fma(a3, b[b3 + j], x);
      x = ScalarMath.fma(a4, b[b4 + j], x);
      x = ScalarMath.fma(a5, b[b5 + j], x);
      x = ScalarMath.fma(a6, b[b6 + j], x);
      c[co + j] = ScalarMath.fma(a7, b[b7 + j], x);
    }
  }

  private static void oneRow(
      int n, float factor, float[] b, int bo, float beta, float[] c, int co) {
    FloatVector scale = FloatVector.broadcast(FLOAT, factor);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector x =
          beta == 0f ? FloatVector.zero(FLOAT) : FloatVector.fromArray(FLOAT, c, co + j).mul(beta);
      scale.fma(FloatVector.fromArray(FLOAT, b, bo + j), x).intoArray(c, co + j);
    }
    for (; j < n; j++) {
      c[co + j] = ScalarMath.fma(factor, b[bo + j], beta == 0f ? 0f : beta * c[co + j]);
    }
  }
}
