package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import jdk.incubator.vector.FloatVector;

/**
 * What follows a product, on a part of C that is in the nearest cache.
 *
 * <p>A loop for each kind of bias and one rule for all results: where C2 has to choose between two
 * vectors it may box them.
 */
final class VectorEpilogue {
  private VectorEpilogue() {}

  /** As {@link ScalarGemm#finish}, for contiguous rows of C. */
  static void finish(
      int m, int n, FloatEpilogue e, int row, int column, float[] c, int co, int crs) {
    if (e == null) {
      return;
    }
    float[] bias = e.bias;
    float least = e.rectified ? 0f : Float.NEGATIVE_INFINITY; // nothing is below the latter
    for (int i = 0; i < m; i++) {
      int to = co + i * crs;
      int from = bias == null ? 0 : e.offset + (row + i) * e.rowStride + column * e.columnStride;
      int whole = bias == null || e.columnStride <= 1 ? n - n % LANES : 0;
      if (bias == null) {
        for (int j = 0; j < whole; j += LANES) {
          FloatVector x = FloatVector.fromArray(FLOAT, c, to + j);
          x.blend(0f, x.lt(least)).intoArray(c, to + j);
        }
      } else if (e.columnStride == 0) {
        for (int j = 0; j < whole; j += LANES) {
          FloatVector x = FloatVector.fromArray(FLOAT, c, to + j).add(bias[from]);
          x.blend(0f, x.lt(least)).intoArray(c, to + j);
        }
      } else {
        for (int j = 0; j < whole; j += LANES) {
          FloatVector summand = FloatVector.fromArray(FLOAT, bias, from + j);
          FloatVector x = FloatVector.fromArray(FLOAT, c, to + j).add(summand);
          x.blend(0f, x.lt(least)).intoArray(c, to + j);
        }
      }
      ScalarGemm.finish(1, n - whole, e, row + i, column + whole, c, to + whole, 0, 1);
    }
  }
}
