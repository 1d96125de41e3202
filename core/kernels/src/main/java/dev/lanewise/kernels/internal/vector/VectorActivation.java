package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarActivation} for rows of unit column stride. */
public final class VectorActivation {
  private VectorActivation() {}

  /** As {@link ScalarActivation#relu}. */
  public static void relu(int m, int n, float[] x, int xo, int xrs, float[] y, int yo, int yrs) {
    if (xrs == n && yrs == n) { // dense: one long row
      reluRow(m * n, x, xo, y, yo);
      return;
    }
    for (int i = 0; i < m; i++) {
      reluRow(n, x, xo + i * xrs, y, yo + i * yrs);
    }
  }

  private static void reluRow(int n, float[] x, int xo, float[] y, int yo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + j);
      v.blend(0f, v.lt(0f)).intoArray(y, yo + j);
    }
    ScalarActivation.relu(1, n - j, x, xo + j, 0, 1, y, yo + j, 0, 1);
  }

  /** As {@link ScalarActivation#reluBackward}. */
  public static void reluBackward(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] dy,
      int po,
      int prs,
      float[] dx,
      int dxo,
      int dxrs) {
    if (xrs == n && prs == n && dxrs == n) { // dense: one long row
      reluBackwardRow(m * n, x, xo, dy, po, dx, dxo);
      return;
    }
    for (int i = 0; i < m; i++) {
      reluBackwardRow(n, x, xo + i * xrs, dy, po + i * prs, dx, dxo + i * dxrs);
    }
  }

  private static void reluBackwardRow(
      int n, float[] x, int xo, float[] dy, int po, float[] dx, int dxo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      VectorMask<Float> flat =
          FloatVector.fromArray(FLOAT, x, xo + j).compare(VectorOperators.LE, 0f);
      FloatVector.fromArray(FLOAT, dy, po + j).blend(0f, flat).intoArray(dx, dxo + j);
    }
    ScalarActivation.reluBackward(1, n - j, x, xo + j, 0, 1, dy, po + j, 0, 1, dx, dxo + j, 0, 1);
  }
}
