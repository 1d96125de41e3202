package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Reductions of contiguous rows, in the order of {@link ScalarReduce}. */
final class VectorReduce {
  private static final int VIRTUAL = ScalarReduce.LANES;
  private static final int LANES = Species.LANES;

  private VectorReduce() {}

  /** Σ x. The lanes are work space. */
  static float sum(float[] x, int xo, int n, float[] lanes) {
    if (n > BLOCK) {
      int left = ScalarReduce.leftPart(n);
      return sum(x, xo, left, lanes) + sum(x, xo + left, n - left, lanes);
    }
    Arrays.fill(lanes, 0, VIRTUAL, 0f);
    int i = 0;
    for (; i <= n - VIRTUAL; i += VIRTUAL) {
      for (int l = 0; l < VIRTUAL; l += LANES) {
        FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i + l);
        FloatVector.fromArray(FLOAT, lanes, l).add(v).intoArray(lanes, l);
      }
    }
    int l = 0;
    for (; i <= n - LANES; i += LANES, l += LANES) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector.fromArray(FLOAT, lanes, l).add(v).intoArray(lanes, l);
    }
    for (; i < n; i++, l++) {
      lanes[l] += x[xo + i];
    }
    return fold(lanes);
  }

  /** Σ (alpha·x)·y. */
  static float dot(float alpha, float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
    if (n > BLOCK) {
      int left = ScalarReduce.leftPart(n);
      return dot(alpha, x, xo, y, yo, left, lanes)
          + dot(alpha, x, xo + left, y, yo + left, n - left, lanes);
    }
    int i = n - n % VIRTUAL;
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      addProductsToFour(alpha, x, xo + l, y, yo + l, i, lanes, l);
    }
    int l = 0;
    for (; i <= n - LANES; i += LANES, l += LANES) {
      multiplyAdd(alpha, x, xo + i, y, yo + i, lanes, l);
    }
    ScalarReduce.addProducts(alpha, x, xo + i, 1, y, yo + i, 1, n - i, lanes, l);
    return fold(lanes);
  }

  /** The products of four vectors of lanes, kept in registers, over whole turns of the lanes. */
  private static void addProductsToFour(
      float alpha, float[] x, int xo, float[] y, int yo, int n, float[] lanes, int lane) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = FloatVector.zero(FLOAT);
    FloatVector s2 = FloatVector.zero(FLOAT);
    FloatVector s3 = FloatVector.zero(FLOAT);
    for (int i = 0; i < n; i += VIRTUAL) {
      int xi = xo + i;
      int yi = yo + i;
      FloatVector x0 = FloatVector.fromArray(FLOAT, x, xi).mul(alpha);
      FloatVector x1 = FloatVector.fromArray(FLOAT, x, xi + LANES).mul(alpha);
      FloatVector x2 = FloatVector.fromArray(FLOAT, x, xi + 2 * LANES).mul(alpha);
      FloatVector x3 = FloatVector.fromArray(FLOAT, x, xi + 3 * LANES).mul(alpha);
      s0 = x0.fma(FloatVector.fromArray(FLOAT, y, yi), s0);
      s1 = x1.fma(FloatVector.fromArray(FLOAT, y, yi + LANES), s1);
      s2 = x2.fma(FloatVector.fromArray(FLOAT, y, yi + 2 * LANES), s2);
      s3 = x3.fma(FloatVector.fromArray(FLOAT, y, yi + 3 * LANES), s3);
    }
    s0.intoArray(lanes, lane);
    s1.intoArray(lanes, lane + LANES);
    s2.intoArray(lanes, lane + 2 * LANES);
    s3.intoArray(lanes, lane + 3 * LANES);
  }

  private static void multiplyAdd(
      float alpha, float[] x, int xo, float[] y, int yo, float[] lanes, int l) {
    FloatVector scaled = FloatVector.fromArray(FLOAT, x, xo).mul(alpha);
    scaled
        .fma(FloatVector.fromArray(FLOAT, y, yo), FloatVector.fromArray(FLOAT, lanes, l))
        .intoArray(lanes, l);
  }

  private static float fold(float[] lanes) {
    int half = VIRTUAL / 2;
    for (; half >= LANES; half /= 2) {
      for (int l = 0; l < half; l += LANES) {
        FloatVector upper = FloatVector.fromArray(FLOAT, lanes, l + half);
        FloatVector.fromArray(FLOAT, lanes, l).add(upper).intoArray(lanes, l);
      }
    }
    return ScalarReduce.fold(lanes, half);
  }
}
