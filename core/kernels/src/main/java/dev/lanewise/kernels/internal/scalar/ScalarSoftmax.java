package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.LANES;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.leftPart;

import java.util.Arrays;

/**
 * The steps of softmax, its logarithm and cross-entropy along a contiguous row.
 *
 * <p>Exponentials are those of (x - max)·scale, scale being the reciprocal of a temperature.
 */
public final class ScalarSoftmax {
  private ScalarSoftmax() {}

  /** y = e^((x - max)·scale); returns Σ y in the order of a row reduction. */
  public static float exponentials(
      int n, float max, float scale, float[] x, int xo, float[] y, int yo, float[] lanes) {
    for (int j = 0; j < n; j++) {
      y[yo + j] = ScalarMath.exp((x[xo + j] - max) * scale);
    }
    return ScalarReduce.sum(y, yo, 1, n, lanes);
  }

  /** Σ e^((x - max)·scale) in the order of a row reduction. */
  public static float sumOfExponentials(
      int n, float max, float scale, float[] x, int xo, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sumOfExponentials(left, max, scale, x, xo, lanes)
          + sumOfExponentials(n - left, max, scale, x, xo + left, lanes);
    }
    Arrays.fill(lanes, 0, LANES, 0f);
    for (int i = 0; i < n; i++) {
      lanes[i % LANES] += ScalarMath.exp((x[xo + i] - max) * scale);
    }
    return ScalarReduce.fold(lanes, LANES / 2);
  }

  /** y = y·factor. */
  public static void multiply(int n, float factor, float[] y, int yo) {
    for (int j = 0; j < n; j++) {
      y[yo + j] *= factor;
    }
  }

  /** y = (x - max)·scale - logSum. */
  public static void logarithms(
      int n, float max, float scale, float logSum, float[] x, int xo, float[] y, int yo) {
    for (int j = 0; j < n; j++) {
      y[yo + j] = (x[xo + j] - max) * scale - logSum;
    }
  }

  /** dx = y·(dy - s)·scale. */
  public static void backward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    if (yo == po && yo == dxo) {
      for (int i = yo; i < yo + n; i++) { // one index for all arrays, which C2 vectorises
        dx[i] = y[i] * (dy[i] - s) * scale;
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      dx[dxo + j] = y[yo + j] * (dy[po + j] - s) * scale;
    }
  }

  /** dx = (dy - e^y·s)·scale. */
  public static void logBackward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    for (int j = 0; j < n; j++) {
      dx[dxo + j] = fma(-ScalarMath.exp(y[yo + j]), s, dy[po + j]) * scale;
    }
  }

  /** dx = e^(x·scale - logSum)·factor. */
  public static void logSumExpBackward(
      int n, float scale, float logSum, float factor, float[] x, int xo, float[] dx, int dxo) {
    for (int j = 0; j < n; j++) {
      dx[dxo + j] = ScalarMath.exp(fma(x[xo + j], scale, -logSum)) * factor;
    }
  }

  /** Σ (max - x) in the order of a row reduction. */
  public static float sumOfDifferences(int n, float max, float[] x, int xo, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sumOfDifferences(left, max, x, xo, lanes)
          + sumOfDifferences(n - left, max, x, xo + left, lanes);
    }
    Arrays.fill(lanes, 0, LANES, 0f);
    for (int i = 0; i < n; i++) {
      lanes[i % LANES] += max - x[xo + i];
    }
    return ScalarReduce.fold(lanes, LANES / 2);
  }

  /** Σ t·(max - x) in the order of a row reduction, without the elements where t is 0. */
  public static float sumOfTargets(
      int n, float max, float[] x, int xo, float[] t, int to, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sumOfTargets(left, max, x, xo, t, to, lanes)
          + sumOfTargets(n - left, max, x, xo + left, t, to + left, lanes);
    }
    Arrays.fill(lanes, 0, LANES, 0f);
    for (int i = 0; i < n; i++) {
      float target = t[to + i];
      if (target != 0f) {
        lanes[i % LANES] = fma(target, max - x[xo + i], lanes[i % LANES]);
      }
    }
    return ScalarReduce.fold(lanes, LANES / 2);
  }

  /** t = keep·t + rest. */
  public static void smooth(int n, float keep, float rest, float[] t, int to) {
    for (int j = 0; j < n; j++) {
      t[to + j] = fma(keep, t[to + j], rest);
    }
  }

  /** g = (g·factor - target)·weight, g holding exponentials. */
  public static void gradient(int n, float factor, float target, float weight, float[] g, int go) {
    for (int j = 0; j < n; j++) {
      g[go + j] = fma(g[go + j], factor, -target) * weight;
    }
  }

  /** g = (g·factor - t)·weight, g holding exponentials. */
  public static void gradientOfTargets(
      int n, float factor, float weight, float[] t, int to, float[] g, int go) {
    for (int j = 0; j < n; j++) {
      g[go + j] = fma(g[go + j], factor, -t[to + j]) * weight;
    }
  }

  /**
   * losses = |x|·(x > 0 ? 1 - t : t) + log(1 + e^-|x|), the cross-entropy of two classes from the
   * logit of one.
   */
  public static void binaryLosses(
      int n, float[] x, int xo, float[] t, int to, float[] losses, int lo) {
    for (int j = 0; j < n; j++) {
      losses[lo + j] = ScalarFunctions.binaryLoss(x[xo + j], t[to + j]);
    }
  }

  /** g = (sigmoid(x) - t)·weight. */
  public static void binaryGradient(
      int n, float weight, float[] x, int xo, float[] t, int to, float[] g, int go) {
    for (int j = 0; j < n; j++) {
      g[go + j] = (ScalarFunctions.sigmoid(x[xo + j]) - t[to + j]) * weight;
    }
  }
}
