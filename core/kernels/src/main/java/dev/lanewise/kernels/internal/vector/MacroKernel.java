package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.ROWS;
import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;

import dev.lanewise.kernels.internal.FloatEpilogue;

/** The inner three of the five loops of a product: C ← beta·C + A·B for a block of B. */
final class MacroKernel {
  private MacroKernel() {}

  /**
   * All rows of a block of columns, from panels of B or from B where it lies.
   *
   * @param panels panels of B at {@code po}, or null
   * @param b B where it lies; beside panels, those of whole tiles are filled from it by the first
   *     row of tiles, and null if they are filled
   * @param work a copy of rows of A at 0, and others at {@code panel} and {@code copy}
   * @param panel where the last tile of B is, if B lies where it is and this tile fills no vector
   * @param copy where there is place for a copy of a tile of C
   */
  static void run(
      int m,
      int nc,
      int kc,
      boolean packA,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] panels,
      int po,
      float[] b,
      int bo,
      int brs,
      float[] work,
      int panel,
      int copy,
      float beta,
      float[] c,
      int co,
      int crs,
      FloatEpilogue e,
      int row,
      int column) {
    // LOOP 3: rows of A and C
    for (int i = 0, mc; i < m; i += mc) {
      mc = Math.min(ROWS, m - i);
      int ap = ao + i * ars;
      int cp = co + i * crs;
      float[] left = a;
      int at = ap;
      int stride = ars;
      if (packA) {
        left = work;
        at = 0;
        stride = kc + LANES;
        Packing.rows(mc, kc, alpha, a, ap, ars, acs, work, 0, stride);
      }
      if (panels != null) {
        float[] source = i == 0 ? b : null;
        packed(
            mc, nc, kc, left, at, stride, panels, po, source, bo, brs, beta, c, cp, crs, work, copy,
            e, row + i, column);
      } else {
        unpacked(
            mc, nc, kc, left, at, stride, b, bo, brs, work, panel, beta, c, cp, crs, copy, e,
            row + i, column);
      }
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
      float[] panels,
      int po,
      float[] b,
      int bo,
      int brs,
      float beta,
      float[] c,
      int co,
      int crs,
      float[] work,
      int copy,
      FloatEpilogue e,
      int row,
      int column) {
    int tiles = MicroKernels.wholeTiles(columns);
    int whole = tiles > 0 ? rows / TILE_ROWS * TILE_ROWS : 0;
    // LOOP 2: tiles of rows; LOOP 1, in the micro-kernel: tiles of columns
    for (int i = 0; i < whole; i += TILE_ROWS) {
      int ai = ao + i * ars;
      int ci = co + i * crs;
      if (i == 0 && b != null) {
        MicroKernels.packingRow(tiles, depth, a, ai, ars, b, bo, brs, panels, po, beta, c, ci, crs);
      } else {
        MicroKernels.row(tiles, depth, a, ai, ars, panels, po, beta, c, ci, crs);
      }
      VectorEpilogue.finish(TILE_ROWS, tiles * TILE_COLUMNS, e, row + i, column, c, ci, crs);
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
          panels,
          po + j * depth,
          wholeVectors(nr),
          beta,
          c,
          co + done * crs + j,
          crs,
          work,
          copy,
          e,
          row + done,
          column + j);
    }
  }

  /** A block of C from B where it lies, but for a copy of a last tile of part of a vector. */
  static void unpacked(
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
      int copy,
      FloatEpilogue e,
      int row,
      int column) {
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
          whole ? brs : wholeVectors(nr),
          beta,
          c,
          co + j,
          crs,
          work,
          copy,
          e,
          row,
          column + j);
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
      int copy,
      FloatEpilogue e,
      int row,
      int column) {
    if (columns % LANES == 0) {
      MicroKernels.column(rows, columns, depth, a, ao, ars, b, bo, brs, beta, c, co, crs);
      VectorEpilogue.finish(rows, columns, e, row, column, c, co, crs);
      return;
    }
    // On a copy of C, of which only the lanes that C has come back.
    int width = wholeVectors(columns);
    if (beta != 0f) {
      MicroKernels.copy(rows, columns, c, co, crs, work, copy, width);
    }
    MicroKernels.column(rows, columns, depth, a, ao, ars, b, bo, brs, beta, work, copy, width);
    MicroKernels.copy(rows, columns, work, copy, width, c, co, crs);
    VectorEpilogue.finish(rows, columns, e, row, column, c, co, crs);
  }
}
