package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;

/** The steps of {@link ScalarSoftmax} behind the exponentials, on vectors. */
public final class VectorSoftmax {
  private VectorSoftmax() {}

  /** As {@link ScalarSoftmax#multiply}. */
  public static void multiply(int n, float factor, float[] y, int yo) {
    if (n < LANES) {
      ScalarSoftmax.multiply(n, factor, y, yo);
      return;
    }
    int end = yo + n - LANES;
    FloatVector last = fromArray(FLOAT, y, end).mul(factor); // read before the loop changes it
    for (int j = yo; j < end; j += LANES) {
      fromArray(FLOAT, y, j).mul(factor).intoArray(y, j);
    }
    last.intoArray(y, end);
  }

  /** As {@link ScalarSoftmax#logarithms}. */
  public static void logarithms(
      int n, float max, float scale, float logSum, float[] x, int xo, float[] y, int yo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      fromArray(FLOAT, x, xo + j).sub(max).mul(scale).sub(logSum).intoArray(y, yo + j);
    }
    ScalarSoftmax.logarithms(n - j, max, scale, logSum, x, xo + j, y, yo + j);
  }

  /** As {@link ScalarSoftmax#backward}. */
  public static void backward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector centred = fromArray(FLOAT, dy, po + j).sub(s);
      fromArray(FLOAT, y, yo + j).mul(centred).mul(scale).intoArray(dx, dxo + j);
    }
    ScalarSoftmax.backward(n - j, s, scale, y, yo + j, dy, po + j, dx, dxo + j);
  }

  /** As {@link ScalarSoftmax#logBackward}. */
  public static void logBackward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    float[] e = Scratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      VectorActivation.forward(ActivationFunction.EXP, 0f, block, y, yo + i, e, 0);
      logBackward(block, s, scale, e, dy, po + i, dx, dxo + i);
    }
    Scratch.give(e);
  }

  private static void logBackward(
      int n, float s, float scale, float[] e, float[] dy, int po, float[] dx, int dxo) {
    FloatVector minus = FloatVector.broadcast(FLOAT, -s);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      fromArray(FLOAT, e, j)
          .fma(minus, fromArray(FLOAT, dy, po + j))
          .mul(scale)
          .intoArray(dx, dxo + j);
    }
    for (; j < n; j++) {
      dx[dxo + j] = ScalarMath.fma(e[j], -s, dy[po + j]) * scale;
    }
  }

  /** As {@link ScalarSoftmax#logSumExpBackward}. */
  public static void logSumExpBackward(
      int n, float scale, float logSum, float factor, float[] x, int xo, float[] dx, int dxo) {
    FloatVector scales = FloatVector.broadcast(FLOAT, scale);
    FloatVector shift = FloatVector.broadcast(FLOAT, -logSum);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      fromArray(FLOAT, x, xo + j).fma(scales, shift).intoArray(dx, dxo + j);
    }
    for (; j < n; j++) {
      dx[dxo + j] = ScalarMath.fma(x[xo + j], scale, -logSum);
    }
    VectorActivation.forward(ActivationFunction.EXP, 0f, n, dx, dxo, dx, dxo);
    multiply(n, factor, dx, dxo);
  }
}
