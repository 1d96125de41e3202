package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.WORK;

import dev.lanewise.kernels.internal.Scratch;

/** Softmax of every row and its backward pass. */
public final class ScalarSoftmax {
  private ScalarSoftmax() {}

  /** y = e^(x - max) / Σ e^(x - max), the division as a product with the sum's reciprocal. */
  public static void forward(
      int m, int n, float[] x, int xo, int xrs, int xcs, float[] y, int yo, int yrs, int ycs) {
    float[] lanes = Scratch.floats(WORK);
    for (int i = 0; i < m; i++) {
      int yi = yo + i * yrs;
      float max = max(n, x, xo + i * xrs, xcs);
      exponentials(n, max, x, xo + i * xrs, xcs, y, yi, ycs);
      float reciprocal = 1f / ScalarReduce.sum(y, yi, ycs, n, lanes);
      for (int j = 0; j < n; j++) {
        y[yi + j * ycs] *= reciprocal;
      }
    }
    Scratch.give(lanes);
  }

  /** The largest element; any NaN gives NaN, and -infinity stands for no element. */
  static float max(int n, float[] x, int xo, int xs) {
    float max = Float.NEGATIVE_INFINITY;
    float max1 = max;
    float max2 = max;
    float max3 = max;
    int j = 0;
    for (; j <= n - 4; j += 4) { // the order is free, and one chain alone would wait for itself
      max = Math.max(max, x[xo + j * xs]);
      max1 = Math.max(max1, x[xo + (j + 1) * xs]);
      max2 = Math.max(max2, x[xo + (j + 2) * xs]);
      max3 = Math.max(max3, x[xo + (j + 3) * xs]);
    }
    for (; j < n; j++) {
      max = Math.max(max, x[xo + j * xs]);
    }
    return Math.max(Math.max(max, max1), Math.max(max2, max3));
  }

  /** y = e^(x - max). */
  public static void exponentials(
      int n, float max, float[] x, int xo, int xs, float[] y, int yo, int ys) {
    if (xs == 1 && ys == 1) { // constant strides let the compiler drop the range checks
      for (int j = 0; j < n; j++) {
        y[yo + j] = ScalarMath.exp(x[xo + j] - max);
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      y[yo + j * ys] = ScalarMath.exp(x[xo + j * xs] - max);
    }
  }

  /** dx = y·(dy - Σ dy·y). */
  public static void backward(
      int m,
      int n,
      float[] y,
      int yo,
      int yrs,
      int ycs,
      float[] dy,
      int po,
      int prs,
      int pcs,
      float[] dx,
      int dxo,
      int dxrs,
      int dxcs) {
    float[] lanes = Scratch.floats(WORK);
    for (int i = 0; i < m; i++) {
      int yi = yo + i * yrs;
      int pi = po + i * prs;
      float s = ScalarReduce.dot(1f, dy, pi, pcs, y, yi, ycs, n, lanes);
      backwardRow(n, s, y, yi, ycs, dy, pi, pcs, dx, dxo + i * dxrs, dxcs);
    }
    Scratch.give(lanes);
  }

  /** dx = y·(dy - s) for one row. */
  public static void backwardRow(
      int n,
      float s,
      float[] y,
      int yo,
      int ys,
      float[] dy,
      int po,
      int ps,
      float[] dx,
      int dxo,
      int dxs) {
    if (ys == 1 && ps == 1 && dxs == 1 && yo == po && yo == dxo) {
      for (int i = yo; i < yo + n; i++) { // one index for all arrays, which C2 vectorises
        dx[i] = y[i] * (dy[i] - s);
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      dx[dxo + j * dxs] = y[yo + j * ys] * (dy[po + j * ps] - s);
    }
  }
}
