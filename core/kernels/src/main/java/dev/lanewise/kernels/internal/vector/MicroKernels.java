package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.HIGH_TILE_ROWS;
import static dev.lanewise.kernels.internal.Blocks.SMALL_TILE_ROWS;
import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The micro-kernels of the product, named by rows and vectors, and which of them serve a part of C.
 *
 * <p>A micro-kernel computes C ← beta·C + A·B for so many tiles of C, beta = 0 not reading C; each
 * element is one chain of fused multiply-adds in the order of the depth. A tile's part of C stays
 * in registers over the whole depth. {@code a}, {@code b} and {@code c} are followed by the first
 * element's index, the row stride, and the distance from a tile to the next: so tiles may follow
 * each other down a column, with the same B, or along a row, with the same A. Rows of A are
 * contiguous, rows of B and C in whole vectors, so that they are read where they lie or from a
 * packed copy alike. {@code lastRow} is that of the last tile: the rows that it lacks repeat this
 * one, and compute and store the same values again.
 */
final class MicroKernels {
  private MicroKernels() {}

  /** How many of the columns that are left the next tile takes: whole vectors but for the last. */
  static int columns(int left) {
    if (left <= TILE_COLUMNS) {
      return left;
    }
    // Five or six vectors are better halved.
    return TILE_COLUMNS == 4 * LANES && left <= 6 * LANES ? 3 * LANES : TILE_COLUMNS;
  }

  /** How many tiles of TILE_COLUMNS so many columns begin with. */
  static int wholeTiles(int columns) {
    int j = 0;
    while (columns(columns - j) == TILE_COLUMNS) {
      j += TILE_COLUMNS;
    }
    return j / TILE_COLUMNS;
  }

  /** Where the last tile of so many columns begins. */
  static int lastTile(int columns) {
    int j = 0;
    for (int nr = columns(columns); j + nr < columns; nr = columns(columns - j)) {
      j += nr;
    }
    return j;
  }

  /** The most rows of a tile of so many vectors. */
  private static int rows(int vectors) {
    return vectors <= 2 ? HIGH_TILE_ROWS : TILE_ROWS;
  }

  /** A column of tiles: C ← beta·C + A·B for any rows and at most TILE_COLUMNS columns. */
  static void column(
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
      int crs) {
    int vectors = wholeVectors(columns) / LANES;
    int height = rows(vectors);
    int rest = rows % height;
    if (rest > SMALL_TILE_ROWS || height == SMALL_TILE_ROWS) {
      rest = 0;
    } else if (rest > 0 && rest + height <= 2 * SMALL_TILE_ROWS && rows > height) {
      rest += height; // two small tiles rather than a large one and most of a small one
    }
    int whole = rows - rest;
    if (whole > 0) {
      int tiles = (whole - 1) / height + 1;
      int last = whole - 1 - (tiles - 1) * height;
      large(
          vectors,
          tiles,
          last,
          depth,
          a,
          ao,
          ars,
          height * ars,
          b,
          bo,
          brs,
          0,
          beta,
          c,
          co,
          crs,
          height * crs);
    }
    if (rest > 0) {
      int tiles = (rest - 1) / SMALL_TILE_ROWS + 1;
      int last = rest - 1 - (tiles - 1) * SMALL_TILE_ROWS;
      small(
          vectors,
          tiles,
          last,
          depth,
          a,
          ao + whole * ars,
          ars,
          SMALL_TILE_ROWS * ars,
          b,
          bo,
          brs,
          0,
          beta,
          c,
          co + whole * crs,
          crs,
          SMALL_TILE_ROWS * crs);
    }
  }

  /** A row of whole tiles of TILE_ROWS by TILE_COLUMNS, B in panels one behind the other. */
  static void row(
      int tiles,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] panels,
      int bo,
      float beta,
      float[] c,
      int co,
      int crs) {
    large(
        TILE_COLUMNS / LANES,
        tiles,
        TILE_ROWS - 1,
        depth,
        a,
        ao,
        ars,
        0,
        panels,
        bo,
        TILE_COLUMNS,
        depth * TILE_COLUMNS,
        beta,
        c,
        co,
        crs,
        TILE_COLUMNS);
  }

  /**
   * The first such row, which reads B where it lies and fills the panels. Only for tiles of 6 rows.
   */
  static void packingRow(
      int tiles,
      int depth,
      float[] a,
      int ao,
      int ars,
      float[] b,
      int bo,
      int brs,
      float[] panels,
      int po,
      float beta,
      float[] c,
      int co,
      int crs) {
    MicroKernel6x4Packing.run(tiles, depth, a, ao, ars, b, bo, brs, panels, po, beta, c, co, crs);
  }

  /** Copies rows of which the last vector is not filled. */
  static void copy(int rows, int columns, float[] x, int xo, int xrs, float[] y, int yo, int yrs) {
    int filled = columns / LANES * LANES;
    VectorMask<Float> mask = FLOAT.indexInRange(filled, columns);
    for (int i = 0; i < rows; i++) {
      int from = xo + i * xrs;
      int to = yo + i * yrs;
      for (int j = 0; j < filled; j += LANES) {
        FloatVector.fromArray(FLOAT, x, from + j).intoArray(y, to + j);
      }
      FloatVector.fromArray(FLOAT, x, from + filled, mask).intoArray(y, to + filled, mask);
    }
  }

  private static void large(
      int vectors,
      int tiles,
      int last,
      int depth,
      float[] a,
      int ao,
      int ars,
      int as,
      float[] b,
      int bo,
      int brs,
      int bs,
      float beta,
      float[] c,
      int co,
      int crs,
      int cs) {
    if (TILE_ROWS == SMALL_TILE_ROWS) {
      small(vectors, tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      return;
    }
    switch (vectors) {
      case 1 ->
          MicroKernel8x1.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      case 2 ->
          MicroKernel8x2.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      case 3 ->
          MicroKernel6x3.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      default ->
          MicroKernel6x4.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
    }
  }

  private static void small(
      int vectors,
      int tiles,
      int last,
      int depth,
      float[] a,
      int ao,
      int ars,
      int as,
      float[] b,
      int bo,
      int brs,
      int bs,
      float beta,
      float[] c,
      int co,
      int crs,
      int cs) {
    switch (vectors) {
      case 1 ->
          MicroKernel4x1.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      case 2 ->
          MicroKernel4x2.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      case 3 ->
          MicroKernel4x3.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
      default ->
          MicroKernel4x4.run(
              tiles, last, depth, a, ao, ars, as, b, bo, brs, bs, beta, c, co, crs, cs);
    }
  }
}
