package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.Blocks.TILE_COLUMNS;
import static dev.lanewise.kernels.internal.Blocks.TILE_ROWS;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Copies blocks of A and B into panels that the micro-kernel reads from front to back. Absent rows
 * and columns of the last panel are zeros.
 */
final class Packing {
  private Packing() {}

  /** Panels of TILE_ROWS rows of alpha·A, column by column. */
  static void rows(
      int mc, int kc, float alpha, float[] a, int ao, int ars, int acs, float[] packed) {
    for (int i = 0; i < mc; i += TILE_ROWS) {
      int rows = Math.min(TILE_ROWS, mc - i);
      int panel = i * kc;
      if (rows < TILE_ROWS) {
        Arrays.fill(packed, panel, panel + kc * TILE_ROWS, 0f);
      }
      for (int r = 0; r < rows; r++) {
        int row = ao + (i + r) * ars;
        if (acs == 1) {
          for (int p = 0; p < kc; p++) {
            packed[panel + p * TILE_ROWS + r] = alpha * a[row + p];
          }
        } else {
          for (int p = 0; p < kc; p++) {
            packed[panel + p * TILE_ROWS + r] = alpha * a[row + p * acs];
          }
        }
      }
    }
  }

  /** Panels of TILE_COLUMNS columns of B, row by row. */
  static void columns(int kc, int nc, float[] b, int bo, int brs, int bcs, float[] packed) {
    for (int j = 0; j < nc; j += TILE_COLUMNS) {
      int columns = Math.min(TILE_COLUMNS, nc - j);
      int panel = j * kc;
      if (columns == TILE_COLUMNS && bcs == 1) {
        for (int p = 0; p < kc; p++) {
          int from = bo + p * brs + j;
          int to = panel + p * TILE_COLUMNS;
          FloatVector.fromArray(FLOAT, b, from).intoArray(packed, to);
          FloatVector.fromArray(FLOAT, b, from + LANES).intoArray(packed, to + LANES);
        }
      } else {
        for (int p = 0; p < kc; p++) {
          int to = panel + p * TILE_COLUMNS;
          for (int q = 0; q < columns; q++) {
            packed[to + q] = b[bo + p * brs + (j + q) * bcs];
          }
          Arrays.fill(packed, to + columns, to + TILE_COLUMNS, 0f);
        }
      }
    }
  }
}
