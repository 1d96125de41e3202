package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.FloatPanels;
import dev.lanewise.kernels.internal.Scratch;

/**
 * C ← alpha·A·B + beta·C: per element one chain of fused multiply-adds in the order of k.
 *
 * <p>c = beta == 0 ? +0 : beta·C[i][j], then c = fma(alpha·A[i][p], B[p][j], c) for p = 0, 1, ...,
 * k-1. Only a product with a single column (n = 1) follows the order of a row reduction over k. An
 * epilogue follows. The loops run i-p-j, along rows of B and C.
 */
public final class ScalarGemm {
  private ScalarGemm() {}

  /**
   * A block of C, of any strides.
   *
   * @param single whether C as a whole has a single column
   * @param e what follows, or null
   * @param row the block's first row in C, as the epilogue counts them
   * @param column the block's first column
   */
  public static void gemm(
      boolean single,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int brs,
      int bcs,
      float beta,
      float[] c,
      int co,
      int crs,
      int ccs,
      FloatEpilogue e,
      int row,
      int column) {
    scale(m, n, beta, c, co, crs, ccs);
    if (alpha != 0f && k > 0) {
      if (single) {
        gemv(m, k, alpha, a, ao, ars, acs, b, bo, brs, c, co, crs);
      } else {
        addProducts(m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, c, co, crs, ccs);
      }
    }
    finish(m, n, e, row, column, c, co, crs, ccs);
  }

  /** What follows the product for a block of C; nothing if e is null. */
  public static void finish(
      int m, int n, FloatEpilogue e, int row, int column, float[] c, int co, int crs, int ccs) {
    if (e == null) {
      return;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int index = co + i * crs + j * ccs;
        float x = c[index];
        if (e.bias != null) {
          x += e.bias[e.offset + (row + i) * e.rowStride + (column + j) * e.columnStride];
        }
        c[index] = e.rectified && x < 0f ? 0f : x;
      }
    }
  }

  /** A copy of a right factor, row by row. */
  public static FloatPanels pack(int k, int n, float[] b, int bo, int brs, int bcs) {
    float[] rows = new float[k * n];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        rows[p * n + j] = b[bo + p * brs + j * bcs];
      }
    }
    return new FloatPanels(k, n, k, n, rows);
  }

  private static void addProducts(
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int brs,
      int bcs,
      float[] c,
      int co,
      int crs,
      int ccs) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float factor = alpha * a[ao + i * ars + p * acs];
        addScaledRow(n, factor, b, bo + p * brs, bcs, c, co + i * crs, ccs);
      }
    }
  }

  /** C ← beta·C, which is +0 for beta = 0 and then does not read C. */
  public static void scale(int m, int n, float beta, float[] c, int co, int crs, int ccs) {
    if (beta == 1f) {
      return;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int index = co + i * crs + j * ccs;
        c[index] = beta == 0f ? 0f : beta * c[index];
      }
    }
  }

  private static void gemv(
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
      float[] c,
      int co,
      int crs) {
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    for (int i = 0; i < m; i++) {
      c[co + i * crs] += ScalarReduce.dot(alpha, a, ao + i * ars, acs, b, bo, brs, k, lanes);
    }
    Scratch.give(lanes);
  }

  private static void addScaledRow(
      int n, float factor, float[] b, int bo, int bcs, float[] c, int co, int ccs) {
    if (bcs == 1 && ccs == 1) { // constant strides let the compiler drop the range checks
      for (int j = 0; j < n; j++) {
        c[co + j] = fma(factor, b[bo + j], c[co + j]);
      }
    } else {
      for (int j = 0; j < n; j++) {
        c[co + j * ccs] = fma(factor, b[bo + j * bcs], c[co + j * ccs]);
      }
    }
  }
}
