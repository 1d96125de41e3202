package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import jdk.incubator.vector.FloatVector;

/** What follows a product, on a part of C that is in the nearest cache. */
final class VectorEpilogue {
  private VectorEpilogue() {}

  /** As {@link ScalarGemm#finish}, for contiguous rows of C. */
  static void finish(
      int m, int n, FloatEpilogue e, int row, int column, float[] c, int co, int crs) {
    if (e == null) {
      return;
    }
    float[] bias = e.bias;
    for (int i = 0; i < m; i++) {
      int to = co + i * crs;
      int from = bias == null ? 0 : e.offset + (row + i) * e.rowStride + column * e.columnStride;
      int j = 0;
      if (bias == null) {
        for (; j <= n - LANES; j += LANES) {
          rectify(FloatVector.fromArray(FLOAT, c, to + j)).intoArray(c, to + j);
        }
      } else if (e.columnStride <= 1) {
        for (; j <= n - LANES; j += LANES) {
          FloatVector summand =
              e.columnStride == 0
                  ? FloatVector.broadcast(FLOAT, bias[from])
                  : FloatVector.fromArray(FLOAT, bias, from + j);
          FloatVector x = FloatVector.fromArray(FLOAT, c, to + j).add(summand);
          (e.rectified ? rectify(x) : x).intoArray(c, to + j);
        }
      }
      ScalarGemm.finish(1, n - j, e, row + i, column + j, c, to + j, 0, 1);
    }
  }

  private static FloatVector rectify(FloatVector x) {
    return x.blend(0f, x.lt(0f));
  }
}
