package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.DEPTH;
import static dev.lanewise.kernels.internal.Blocks.FEW_ROWS;
import static dev.lanewise.kernels.internal.Blocks.ROWS;
import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;
import static dev.lanewise.kernels.internal.Blocks.UNPACKED;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.Blocks;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;

/**
 * The blocked matrix product, in the five loops of F. Van Zee and R. van de Geijn, BLIS (2015),
 * with a block of B in the second cache.
 *
 * <p>Each element keeps its one chain over k: a block of k leaves the partial sums in C and the
 * next block takes them up.
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
    } else if (n == 1) {
      VectorGemv.gemv(m, k, alpha, a, ao, ars, acs, b, bo, brs, beta, c, co, crs);
    } else {
      chains(m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, beta, c, co, crs, ccs);
    }
  }

  /** As {@link ScalarGemm#chains}. */
  public static void chains(
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
    if (ccs == 1) {
      rows(m, n, k, alpha, a, ao, ars, acs, 1f, b, bo, brs, bcs, beta, c, co, crs);
    } else if (crs == 1 || m == 1) {
      // Cᵀ ← Bᵀ·Aᵀ
      rows(n, m, k, 1f, b, bo, bcs, brs, alpha, a, ao, acs, ars, beta, c, co, ccs);
    } else {
      scattered(m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, beta, c, co, crs, ccs);
    }
  }

  /** C has contiguous rows. */
  private static void rows(
      int m,
      int n,
      int k,
      float alphaA,
      float[] a,
      int ao,
      int ars,
      int acs,
      float alphaB,
      float[] b,
      int bo,
      int brs,
      int bcs,
      float beta,
      float[] c,
      int co,
      int crs) {
    if (m == 1 && bcs == 1 && alphaB == 1f) {
      VectorGemv.row(n, k, alphaA, a, ao, acs, b, bo, brs, beta, c, co);
      return;
    }
    boolean packA = acs != 1 || alphaA != 1f;
    boolean packB = bcs != 1 || alphaB != 1f || (m > FEW_ROWS && (long) k * n > UNPACKED);
    boolean partial = n % LANES != 0;
    int height = Math.min(m, ROWS);
    int depth = Blocks.even(k, DEPTH, 1);
    int width = Blocks.even(n, COLUMNS, TILE_COLUMNS);
    // Rows of A that begin a cache line more apart do not collide in the nearest cache.
    int padded = depth + LANES;
    int forA = packA ? height * padded : 0;
    int forB = packB ? depth * (width + LANES) : partial ? depth * TILE_COLUMNS : 0;
    int forC = partial ? height * TILE_COLUMNS : 0;
    float[] work = forA + forB + forC > 0 ? Scratch.floats(forA + forB + forC) : null;
    // LOOP 5: columns of B and C
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(width, n - j);
      // LOOP 4: depth
      for (int p = 0, kc; p < k; p += kc) {
        kc = Math.min(depth, k - p);
        float carry = p == 0 ? beta : 1f;
        int bp = bo + p * brs + j * bcs;
        if (packB) {
          Packing.panels(kc, nc, alphaB, b, bp, brs, bcs, work, forA);
        }
        // LOOP 3: rows of A and C
        for (int i = 0, mc; i < m; i += mc) {
          mc = Math.min(height, m - i);
          int ap = ao + i * ars + p * acs;
          int cp = co + i * crs + j;
          float[] left = packA ? work : a;
          int at = packA ? 0 : ap;
          int stride = packA ? padded : ars;
          if (packA) {
            Packing.rows(mc, kc, alphaA, a, ap, ars, acs, work, 0, padded);
          }
          if (packB) {
            packed(mc, nc, kc, left, at, stride, work, forA, carry, c, cp, crs, forA + forB);
          } else {
            if (i == 0 && partial && j + nc == n) {
              int last = MicroKernels.lastTile(nc);
              Packing.panel(kc, nc - last, 1f, b, bp + last, brs, 1, work, forA);
            }
            unpacked(
                mc,
                nc,
                kc,
                left,
                at,
                stride,
                b,
                bp,
                brs,
                work,
                forA,
                carry,
                c,
                cp,
                crs,
                forA + forB);
          }
        }
      }
    }
    if (work != null) {
      Scratch.give(work);
    }
  }

  /** A block of C from panels of B: rows of whole tiles, and columns of the others. */
  private static void packed(
      int rows,
      int columns,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] work,
      int panels,
      float beta,
      float[] c,
      int co,
      int crs,
      int copy) {
    int tiles = MicroKernels.wholeTiles(columns);
    int whole = tiles > 0 ? rows / TILE_ROWS * TILE_ROWS : 0;
    // LOOP 2: tiles of rows; LOOP 1, in the micro-kernel: tiles of columns
    for (int i = 0; i < whole; i += TILE_ROWS) {
      MicroKernels.row(
          tiles, depth, a, ao + i * ars, ars, work, panels, beta, c, co + i * crs, crs);
    }
    for (int j = 0, nr; j < columns; j += nr) {
      nr = MicroKernels.columns(columns - j);
      int done = j < tiles * TILE_COLUMNS ? whole : 0;
      tiles(
          rows - done,
          nr,
          depth,
          a,
          ao + done * ars,
          ars,
          work,
          panels + j * depth,
          MicroKernels.wholeVectors(nr),
          beta,
          c,
          co + done * crs + j,
          crs,
          work,
          copy);
    }
  }

  /** A block of C from B where it lies, but for a copy of a last tile of part of a vector. */
  private static void unpacked(
      int rows,
      int columns,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] b,
      int bo,
      int brs,
      float[] work,
      int panel,
      float beta,
      float[] c,
      int co,
      int crs,
      int copy) {
    // LOOP 2: tiles of columns; LOOP 1, in the micro-kernel: tiles of rows
    for (int j = 0, nr; j < columns; j += nr) {
      nr = MicroKernels.columns(columns - j);
      boolean whole = nr % LANES == 0;
      tiles(
          rows,
          nr,
          depth,
          a,
          ao,
          ars,
          whole ? b : work,
          whole ? bo + j : panel,
          whole ? brs : MicroKernels.wholeVectors(nr),
          beta,
          c,
          co + j,
          crs,
          work,
          copy);
    }
  }

  /** A column of tiles, of which the last vector need not be filled. */
  private static void tiles(
      int rows,
      int columns,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co,
      int crs,
      float[] work,
      int copy) {
    if (columns % LANES == 0) {
      MicroKernels.column(rows, columns, depth, a, ao, ars, b, bo, brs, beta, c, co, crs);
      return;
    }
    // On a copy of C, of which only the lanes that C has come back.
    int width = MicroKernels.wholeVectors(columns);
    if (beta != 0f) {
      MicroKernels.copy(rows, columns, c, co, crs, work, copy, width);
    }
    MicroKernels.column(rows, columns, depth, a, ao, ars, b, bo, brs, beta, work, copy, width);
    MicroKernels.copy(rows, columns, work, copy, width, c, co, crs);
  }

  /** C has neither contiguous rows nor contiguous columns: block by block in a copy. */
  private static void scattered(
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
    int height = Math.min(m, ROWS);
    int width = Math.min(n, COLUMNS);
    float[] block = Scratch.floats(height * width);
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(width, n - j);
      for (int i = 0, mc; i < m; i += mc) {
        mc = Math.min(height, m - i);
        int at = co + i * crs + j * ccs;
        if (beta != 0f) {
          copy(mc, nc, c, at, crs, ccs, block, 0, width, 1);
        }
        rows(
            mc,
            nc,
            k,
            alpha,
            a,
            ao + i * ars,
            ars,
            acs,
            1f,
            b,
            bo + j * bcs,
            brs,
            bcs,
            beta,
            block,
            0,
            width);
        copy(mc, nc, block, 0, width, 1, c, at, crs, ccs);
      }
    }
    Scratch.give(block);
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
}
