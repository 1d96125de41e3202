package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;

import jdk.incubator.vector.FloatVector;

/** Copies of parts of a factor, row by row, multiplied by alpha if it is that factor's. */
final class Packing {
  /** Columns that are read side by side. */
  private static final int STREAMS = 8;

  private Packing() {}

  /**
   * A panel for each tile of columns, one behind the other; a panel's rows of whole vectors follow
   * each other. What the last vector of a row lacks is undefined: its lanes of C are dropped.
   */
  static void panels(
      int rows,
      int columns,
      float factor,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] packed,
      int o) {
    for (int j = 0, width; j < columns; j += width) {
      width = MicroKernels.columns(columns - j);
      panel(rows, width, factor, x, xo + j * xcs, xrs, xcs, packed, o + j * rows);
    }
  }

  /** One panel. */
  static void panel(
      int rows, int columns, float factor, float[] x, int xo, int xrs, int xcs, float[] to, int o) {
    int stride = wholeVectors(columns);
    if (xcs == 1) {
      for (int p = 0; p < rows; p++) {
        int from = xo + p * xrs;
        int at = o + p * stride;
        // What lies behind the columns may change meanwhile, and never reaches C.
        if (from <= x.length - stride) {
          for (int j = 0; j < stride; j += LANES) {
            FloatVector.fromArray(FLOAT, x, from + j).mul(factor).intoArray(to, at + j);
          }
        } else {
          row(columns, factor, x, from, to, at);
        }
      }
      return;
    }
    rows(rows, columns, factor, x, xo, xrs, xcs, to, o, stride);
  }

  /** Rows that begin {@code stride} elements apart. */
  static void rows(
      int rows,
      int columns,
      float factor,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] to,
      int o,
      int stride) {
    if (xcs == 1) {
      for (int i = 0; i < rows; i++) {
        row(columns, factor, x, xo + i * xrs, to, o + i * stride);
      }
      return;
    }
    int across = 0;
    if (xrs == 1 && LANES == Transpose.SIZE) {
      across = columns / LANES * LANES;
      int down = rows / LANES * LANES;
      for (int j = 0; j < across; j += LANES) {
        for (int i = 0; i < down; i += LANES) {
          Transpose.block(factor, x, xo + i + j * xcs, xcs, to, o + i * stride + j, stride);
        }
      }
      scattered(rows - down, across, factor, x, xo + down, xrs, xcs, to, o + down * stride, stride);
    }
    int left = columns - across;
    scattered(rows, left, factor, x, xo + across * xcs, xrs, xcs, to, o + across, stride);
  }

  private static void scattered(
      int rows,
      int columns,
      float factor,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] to,
      int o,
      int stride) {
    int j = 0;
    for (; j <= columns - STREAMS; j += STREAMS) {
      eightColumns(rows, factor, x, xo + j * xcs, xrs, xcs, to, o + j, stride);
    }
    for (; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        to[o + i * stride + j] = factor * x[xo + i * xrs + j * xcs];
      }
    }
  }

  private static void row(int columns, float factor, float[] x, int xo, float[] to, int o) {
    int j = 0;
    for (; j <= columns - LANES; j += LANES) {
      FloatVector.fromArray(FLOAT, x, xo + j).mul(factor).intoArray(to, o + j);
    }
    for (; j < columns; j++) {
      to[o + j] = factor * x[xo + j];
    }
  }

  /** Reads eight columns side by side, and writes parts of rows. */
  private static void eightColumns(
      int rows, float factor, float[] x, int xo, int xrs, int xcs, float[] to, int o, int stride) {
    int x1 = xo + xcs;
    int x2 = x1 + xcs;
    int x3 = x2 + xcs;
    int x4 = x3 + xcs;
    int x5 = x4 + xcs;
    int x6 = x5 + xcs;
    int x7 = x6 + xcs;
    for (int i = 0; i < rows; i++) {
      int down = i * xrs;
      int at = o + i * stride;
      to[at] = factor * x[xo + down];
      to[at + 1] = factor * x[x1 + down];
      to[at + 2] = factor * x[x2 + down];
      to[at + 3] = factor * x[x3 + down];
      to[at + 4] = factor * x[x4 + down];
      to[at + 5] = factor * x[x5 + down];
      to[at + 6] = factor * x[x6 + down];
      to[at + 7] = factor * x[x7 + down];
    }
  }
}
