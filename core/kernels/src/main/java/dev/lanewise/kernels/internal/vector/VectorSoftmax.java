package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;

/** {@link ScalarSoftmax} for rows of unit column stride. */
public final class VectorSoftmax {
  private VectorSoftmax() {}

  /** As {@link ScalarSoftmax#forward}. */
  public static void forward(int m, int n, float[] x, int xo, int xrs, float[] y, int yo, int yrs) {
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    for (int i = 0; i < m; i++) {
      int yi = yo + i * yrs;
      float sum =
          exponentials(n, VectorMaximum.max(x, xo + i * xrs, n), x, xo + i * xrs, y, yi, lanes);
      multiply(n, 1f / sum, y, yi);
    }
    Scratch.give(lanes);
  }

  /** y = e^(x - max); returns the sum. */
  static float exponentials(int n, float max, float[] x, int xo, float[] y, int yo, float[] lanes) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector shifted = FloatVector.fromArray(FLOAT, x, xo + j).sub(max);
      VectorMath.expOfNonPositive(shifted).intoArray(y, yo + j);
    }
    ScalarSoftmax.exponentials(n - j, max, x, xo + j, 1, y, yo + j, 1);
    return VectorReduce.sum(y, yo, n, lanes);
  }

  private static void multiply(int n, float factor, float[] y, int yo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector.fromArray(FLOAT, y, yo + j).mul(factor).intoArray(y, yo + j);
    }
    for (; j < n; j++) {
      y[yo + j] *= factor;
    }
  }

  /** As {@link ScalarSoftmax#backward}. */
  public static void backward(
      int m,
      int n,
      float[] y,
      int yo,
      int yrs,
      float[] dy,
      int po,
      int prs,
      float[] dx,
      int dxo,
      int dxrs) {
    float[] lanes = Scratch.floats(ScalarReduce.WORK);
    for (int i = 0; i < m; i++) {
      int yi = yo + i * yrs;
      int pi = po + i * prs;
      float s = VectorReduce.dot(1f, dy, pi, y, yi, n, lanes);
      backwardRow(n, s, y, yi, dy, pi, dx, dxo + i * dxrs);
    }
    Scratch.give(lanes);
  }

  private static void backwardRow(
      int n, float s, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector centred = FloatVector.fromArray(FLOAT, dy, po + j).sub(s);
      FloatVector.fromArray(FLOAT, y, yo + j).mul(centred).intoArray(dx, dxo + j);
    }
    ScalarSoftmax.backwardRow(n - j, s, y, yo + j, 1, dy, po + j, 1, dx, dxo + j, 1);
  }
}
