package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.DEPTH;
import static dev.lanewise.kernels.internal.Blocks.FEW_ROWS;
import static dev.lanewise.kernels.internal.Blocks.PACKING_ROWS;
import static dev.lanewise.kernels.internal.Blocks.ROWS;
import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;
import static dev.lanewise.kernels.internal.Blocks.UNPACKED;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;

import dev.lanewise.kernels.internal.Blocks;
import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.FloatPanels;
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
    if (alpha == 0f || k == 0) {
      ScalarGemm.scale(m, n, beta, c, co, crs, ccs);
      ScalarGemm.finish(m, n, e, row, column, c, co, crs, ccs);
    } else if (single) {
      VectorGemv.gemv(m, k, alpha, a, ao, ars, acs, b, bo, brs, beta, c, co, crs);
      ScalarGemm.finish(m, n, e, row, column, c, co, crs, ccs);
    } else if (ccs == 1) {
      rows(m, n, k, alpha, a, ao, ars, acs, 1f, b, bo, brs, bcs, beta, c, co, crs, e, row, column);
    } else if (crs == 1 || m == 1) {
      // Cᵀ ← Bᵀ·Aᵀ
      FloatEpilogue et = e == null ? null : e.transposed;
      rows(n, m, k, 1f, b, bo, bcs, brs, alpha, a, ao, acs, ars, beta, c, co, ccs, et, column, row);
    } else {
      scattered(
          m, n, k, alpha, a, ao, ars, acs, null, b, bo, brs, bcs, beta, c, co, crs, ccs, e, row,
          column);
    }
  }

  /**
   * A block of C with a packed right factor of several columns: those from {@code from} on, where a
   * block of its columns begins.
   */
  public static void packed(
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      FloatPanels b,
      int from,
      float beta,
      float[] c,
      int co,
      int crs,
      int ccs,
      FloatEpilogue e,
      int row,
      int column) {
    if (alpha == 0f || k == 0) {
      ScalarGemm.scale(m, n, beta, c, co, crs, ccs);
      ScalarGemm.finish(m, n, e, row, column, c, co, crs, ccs);
    } else if (ccs == 1) {
      rows(m, n, k, alpha, a, ao, ars, acs, b, from, beta, c, co, crs, e, row, column);
    } else {
      scattered(
          m, n, k, alpha, a, ao, ars, acs, b, null, from, 0, 1, beta, c, co, crs, ccs, e, row,
          column);
    }
  }

  /** The elements of a packed right factor, with those that its last vectors lack. */
  public static long packedSize(int k, int n) {
    return n <= 1 ? (long) k * n : k * (((long) n + LANES - 1) / LANES * LANES);
  }

  /** Packs a right factor; one of a single column lies as a row reduction reads it. */
  public static FloatPanels pack(int k, int n, float[] b, int bo, int brs, int bcs) {
    if (n <= 1 || k == 0) {
      return ScalarGemm.pack(k, n, b, bo, brs, bcs);
    }
    int depth = Blocks.even(k, DEPTH, 1);
    int width = Blocks.even(n, COLUMNS, TILE_COLUMNS);
    float[] panels = new float[(int) packedSize(k, n)];
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(width, n - j);
      for (int p = 0, kc; p < k; p += kc) {
        kc = Math.min(depth, k - p);
        int at = j * k + p * wholeVectors(nc);
        Packing.panels(kc, nc, 1f, b, bo + j * bcs + p * brs, brs, bcs, panels, at);
      }
    }
    return new FloatPanels(k, n, depth, width, panels);
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
      int crs,
      FloatEpilogue e,
      int row,
      int column) {
    if (m == 1 && bcs == 1 && alphaB == 1f) {
      VectorGemv.row(n, k, alphaA, a, ao, acs, b, bo, brs, beta, c, co);
      VectorEpilogue.finish(1, n, e, row, column, c, co, crs);
      return;
    }
    if (acs == 1 && alphaA == 1f && bcs == 1 && alphaB == 1f && isSmall(m, n, k)) {
      MacroKernel.unpacked(
          m, n, k, a, ao, ars, b, bo, brs, null, 0, beta, c, co, crs, 0, e, row, column);
      return;
    }
    boolean packA = acs != 1 || alphaA != 1f;
    boolean packB = bcs != 1 || alphaB != 1f || (m > FEW_ROWS && (long) k * n > UNPACKED);
    int depth = Blocks.even(k, DEPTH, 1);
    int width = Blocks.even(n, Blocks.columns(depth), TILE_COLUMNS);
    boolean tilesPack = packB && bcs == 1 && alphaB == 1f && m >= TILE_ROWS && m <= PACKING_ROWS;
    int forA = packA ? sizeOfRows(m, depth) : 0;
    int forB = packB ? depth * (width + LANES) : n % LANES != 0 ? depth * TILE_COLUMNS : 0;
    float[] work = work(forA + forB + sizeOfCopy(m, n));
    // LOOP 5: columns of B and C
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(width, n - j);
      // LOOP 4: depth
      for (int p = 0, kc; p < k; p += kc) {
        kc = Math.min(depth, k - p);
        float carry = p == 0 ? beta : 1f;
        FloatEpilogue last = p + kc == k ? e : null;
        int ap = ao + p * acs;
        int bp = bo + p * brs + j * bcs;
        if (packB) {
          int done = tilesPack ? MicroKernels.wholeTiles(nc) * TILE_COLUMNS : 0;
          int to = forA + done * kc;
          Packing.panels(kc, nc - done, alphaB, b, bp + done * bcs, brs, bcs, work, to);
        } else if (nc % LANES != 0) {
          int tile = MicroKernels.lastTile(nc);
          Packing.panel(kc, nc - tile, 1f, b, bp + tile, brs, 1, work, forA);
        }
        MacroKernel.run(
            m,
            nc,
            kc,
            packA,
            alphaA,
            a,
            ap,
            ars,
            acs,
            packB ? work : null,
            forA,
            packB && !tilesPack ? null : b,
            bp,
            brs,
            work,
            forA,
            forA + forB,
            carry,
            c,
            co + j,
            crs,
            last,
            row,
            column + j);
      }
    }
    give(work);
  }

  /** C has contiguous rows, B is packed. */
  private static void rows(
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      FloatPanels b,
      int from,
      float beta,
      float[] c,
      int co,
      int crs,
      FloatEpilogue e,
      int row,
      int column) {
    boolean packA = acs != 1 || alpha != 1f;
    int forA = packA ? sizeOfRows(m, b.depth()) : 0;
    float[] work = work(forA + sizeOfCopy(m, n));
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(b.width(), n - j);
      for (int p = 0, kc; p < k; p += kc) {
        kc = Math.min(b.depth(), k - p);
        MacroKernel.run(
            m,
            nc,
            kc,
            packA,
            alpha,
            a,
            ao + p * acs,
            ars,
            acs,
            b.array(),
            (from + j) * k + p * wholeVectors(nc),
            null,
            0,
            0,
            work,
            0,
            forA,
            p == 0 ? beta : 1f,
            c,
            co + j,
            crs,
            p + kc == k ? e : null,
            row,
            column + j);
      }
    }
    give(work);
  }

  /** Whether a product is one block of whole vectors, for which nothing need be copied. */
  private static boolean isSmall(int m, int n, int k) {
    return n % LANES == 0 && n <= COLUMNS && k <= DEPTH && m <= ROWS && (long) k * n <= UNPACKED;
  }

  /** Rows of A that begin a cache line more apart do not collide in the nearest cache. */
  private static int sizeOfRows(int m, int depth) {
    return Math.min(m, ROWS) * (depth + LANES);
  }

  private static int sizeOfCopy(int m, int n) {
    return n % LANES != 0 ? Math.min(m, ROWS) * TILE_COLUMNS : 0;
  }

  private static float[] work(int size) {
    return size > 0 ? Scratch.floats(size) : null;
  }

  private static void give(float[] work) {
    if (work != null) {
      Scratch.give(work);
    }
  }

  /** C has no contiguous rows: block by block in a copy. B is packed, or lies at b. */
  private static void scattered(
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      FloatPanels packed,
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
    int height = Math.min(m, ROWS);
    int width = packed != null ? packed.width() : Math.min(n, COLUMNS);
    float[] block = Scratch.floats(height * width);
    for (int j = 0, nc; j < n; j += nc) {
      nc = Math.min(width, n - j);
      int bj = bo + j * bcs;
      for (int i = 0, mc; i < m; i += mc) {
        mc = Math.min(height, m - i);
        int ai = ao + i * ars;
        int at = co + i * crs + j * ccs;
        int r = row + i;
        int s = column + j;
        if (beta != 0f) {
          copy(mc, nc, c, at, crs, ccs, block, 0, width, 1);
        }
        if (packed != null) {
          rows(mc, nc, k, alpha, a, ai, ars, acs, packed, bj, beta, block, 0, width, e, r, s);
        } else {
          rows(
              mc, nc, k, alpha, a, ai, ars, acs, 1f, b, bj, brs, bcs, beta, block, 0, width, e, r,
              s);
        }
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
