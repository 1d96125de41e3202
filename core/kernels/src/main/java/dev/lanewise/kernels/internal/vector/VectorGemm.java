package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.DEPTH;
import static dev.lanewise.kernels.internal.Blocks.ROWS;
import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;

/**
 * The packed, blocked matrix product, in the five loops of F. Van Zee and R. van de Geijn, BLIS
 * (2015).
 *
 * <p>Each element keeps its one chain over k: a block of k leaves the partial sums in C and the
 * next block takes them up. Packing pads rows and columns, whose results are dropped, and never k.
 */
public final class VectorGemm {
  private VectorGemm() {}

  /** As {@link ScalarGemm#gemm}. */
  public static void gemm(
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
      int ccs) {
    if (alpha == 0f || k == 0) {
      ScalarGemm.scale(m, n, beta, c, co, crs, ccs);
      return;
    }
    if (n == 1) {
      gemv(m, k, alpha, a, ao, ars, acs, b, bo, brs, beta, c, co, crs);
      return;
    }
    int depth = Math.min(k, DEPTH);
    float[] packedB = Scratch.floats(depth * roundUp(Math.min(n, COLUMNS), TILE_COLUMNS));
    float[] packedA = Scratch.floats(depth * roundUp(Math.min(m, ROWS), TILE_ROWS));
    float[] tile = Scratch.floats(TILE_ROWS * TILE_COLUMNS);
    // LOOP 5: columns of B and C
    for (int j = 0; j < n; j += COLUMNS) {
      int nc = Math.min(COLUMNS, n - j);
      // LOOP 4: depth
      for (int p = 0; p < k; p += DEPTH) {
        int kc = Math.min(DEPTH, k - p);
        float carry = p == 0 ? beta : 1f;
        Packing.columns(kc, nc, b, bo + p * brs + j * bcs, brs, bcs, packedB);
        // LOOP 3: rows of A and C
        for (int i = 0; i < m; i += ROWS) {
          int mc = Math.min(ROWS, m - i);
          Packing.rows(mc, kc, alpha, a, ao + i * ars + p * acs, ars, acs, packedA);
          block(mc, nc, kc, packedA, packedB, carry, c, co + i * crs + j * ccs, crs, ccs, tile);
        }
      }
    }
    Scratch.give(packedB);
    Scratch.give(packedA);
    Scratch.give(tile);
  }

  private static void block(
      int mc,
      int nc,
      int kc,
      float[] packedA,
      float[] packedB,
      float beta,
      float[] c,
      int co,
      int crs,
      int ccs,
      float[] tile) {
    // LOOP 2: a panel of B, which stays in L1
    for (int j = 0; j < nc; j += TILE_COLUMNS) {
      int columns = Math.min(TILE_COLUMNS, nc - j);
      // LOOP 1: a panel of A
      for (int i = 0; i < mc; i += TILE_ROWS) {
        int rows = Math.min(TILE_ROWS, mc - i);
        int ct = co + i * crs + j * ccs;
        if (rows == TILE_ROWS && columns == TILE_COLUMNS && ccs == 1) {
          microKernel(kc, packedA, i * kc, packedB, j * kc, beta, c, ct, crs);
        } else {
          if (beta != 0f) {
            copy(rows, columns, c, ct, crs, ccs, tile, 0, TILE_COLUMNS, 1);
          }
          microKernel(kc, packedA, i * kc, packedB, j * kc, beta, tile, 0, TILE_COLUMNS);
          copy(rows, columns, tile, 0, TILE_COLUMNS, 1, c, ct, crs, ccs);
        }
      }
    }
  }

  private static void microKernel(
      int kc, float[] a, int ao, float[] b, int bo, float beta, float[] c, int co, int crs) {
    switch (TILE_ROWS) {
      case 4 -> MicroKernel4x2.run(kc, a, ao, b, bo, beta, c, co, crs);
      case 6 -> MicroKernel6x2.run(kc, a, ao, b, bo, beta, c, co, crs);
      case 12 -> MicroKernel12x2.run(kc, a, ao, b, bo, beta, c, co, crs);
      default -> throw new AssertionError(TILE_ROWS);
    }
  }

  private static void copy(
      int rows,
      int columns,
      float[] from,
      int fo,
      int frs,
      int fcs,
      float[] to,
      int to0,
      int trs,
      int tcs) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[to0 + i * trs + j * tcs] = from[fo + i * frs + j * fcs];
      }
    }
  }

  /** n = 1: a row reduction over k for each row of A. */
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
      float beta,
      float[] c,
      int co,
      int crs) {
    if (acs != 1) {
      ScalarGemm.gemm(m, 1, k, alpha, a, ao, ars, acs, b, bo, brs, 1, beta, c, co, crs, 1);
      return;
    }
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    float[] column = Scratch.floats(k);
    copy(1, k, b, bo, 0, brs, column, 0, 0, 1);
    for (int i = 0; i < m; i++) {
      int index = co + i * crs;
      float dot = VectorReduce.dot(alpha, a, ao + i * ars, column, 0, k, lanes);
      c[index] = (beta == 0f ? 0f : beta * c[index]) + dot;
    }
    Scratch.give(lanes);
    Scratch.give(column);
  }

  private static int roundUp(int size, int multiple) {
    return (size + multiple - 1) / multiple * multiple;
  }
}
