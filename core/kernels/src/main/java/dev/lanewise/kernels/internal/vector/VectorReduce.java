package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Reductions of contiguous rows, in the order of {@link ScalarReduce}. */
public final class VectorReduce {
  private static final int VIRTUAL = ScalarReduce.LANES;
  private static final int LANES = Species.LANES;

  /** Lane l with lane l + 8, l + 4, l + 2 and l + 1, as far as a vector has them. */
  static final VectorShuffle<Float> BY_8 = by(8);

  static final VectorShuffle<Float> BY_4 = by(4);
  static final VectorShuffle<Float> BY_2 = by(2);
  static final VectorShuffle<Float> BY_1 = by(1);

  private VectorReduce() {}

  private static VectorShuffle<Float> by(int distance) {
    return VectorShuffle.fromOp(FLOAT, lane -> (lane + distance) % LANES);
  }

  /** Σ x. The lanes are work space. */
  public static float sum(float[] x, int xo, int n, float[] lanes) {
    if (n > BLOCK) {
      int left = ScalarReduce.leftPart(n);
      return sum(x, xo, left, lanes) + sum(x, xo + left, n - left, lanes);
    }
    if (VIRTUAL == 4 * LANES) {
      return sumOfFour(x, xo, n, lanes, 0);
    }
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      sumOfFour(x, xo + l, n - l, lanes, l);
    }
    return fold(lanes);
  }

  /**
   * Sums of four vectors of lanes, kept in registers, over n elements or what is left of them. An
   * absent element is +0, which changes no sum that began with +0.
   *
   * <p>Where the four are all lanes they fold here, to the sum of the row, which takes a quarter
   * off rows of 100 (Zen 5); else they go to the work space. The fold stands in {@link #fold}
   * again: a function of vectors would be called with boxed ones where C2 stops inlining.
   */
  private static float sumOfFour(float[] x, int xo, int n, float[] lanes, int lane) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += VIRTUAL) {
      s0 = s0.add(FloatVector.fromArray(FLOAT, x, xo + i));
      s1 = s1.add(FloatVector.fromArray(FLOAT, x, xo + i + LANES));
      s2 = s2.add(FloatVector.fromArray(FLOAT, x, xo + i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(FLOAT, x, xo + i + 3 * LANES));
    }
    int rest = n - i;
    if (rest > 0) {
      s0 = s0.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(0, rest)));
    }
    if (rest > LANES) {
      i += LANES;
      s1 = s1.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(LANES, rest)));
    }
    if (rest > 2 * LANES) {
      i += LANES;
      s2 = s2.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(2 * LANES, rest)));
    }
    if (rest > 3 * LANES) {
      i += LANES;
      s3 = s3.add(FloatVector.fromArray(FLOAT, x, xo + i, FLOAT.indexInRange(3 * LANES, rest)));
    }
    if (VIRTUAL > 4 * LANES) {
      store(s0, s1, s2, s3, lanes, lane);
      return 0f;
    }
    FloatVector v = s0.add(s2).add(s1.add(s3));
    if (LANES > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LANES > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /** Puts four vectors of lanes into the work space. */
  static void store(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] lanes, int lane) {
    s0.intoArray(lanes, lane);
    s1.intoArray(lanes, lane + LANES);
    s2.intoArray(lanes, lane + 2 * LANES);
    s3.intoArray(lanes, lane + 3 * LANES);
  }

  /** Adds a vector to the lanes from l on. */
  static void add(FloatVector v, float[] lanes, int l) {
    FloatVector.fromArray(FLOAT, lanes, l).add(v).intoArray(lanes, l);
  }

  /** Adds the elements of a mask to the lanes from l on; others keep their sums. */
  static void add(FloatVector v, VectorMask<Float> mask, float[] lanes, int l) {
    FloatVector.fromArray(FLOAT, lanes, l).add(v, mask).intoArray(lanes, l);
  }

  /** Σ x² of at most one block, as {@link ScalarReduce#dot} with alpha = 1. */
  public static float sumOfSquares(float[] x, int xo, int n, float[] lanes) {
    if (VIRTUAL == 4 * LANES) {
      return squaresOfFour(x, xo, n, lanes, 0);
    }
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      squaresOfFour(x, xo + l, n - l, lanes, l);
    }
    return fold(lanes);
  }

  /** As {@link #sumOfFour}, of squares. */
  private static float squaresOfFour(float[] x, int xo, int n, float[] lanes, int lane) {
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += VIRTUAL) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector x1 = FloatVector.fromArray(FLOAT, x, xo + i + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOAT, x, xo + i + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOAT, x, xo + i + 3 * LANES);
      s0 = x0.fma(x0, s0);
      s1 = x1.fma(x1, s1);
      s2 = x2.fma(x2, s2);
      s3 = x3.fma(x3, s3);
    }
    int rest = n - i;
    int o = xo + i;
    if (rest > 0) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, o, FLOAT.indexInRange(0, rest));
      s0 = v.fma(v, s0);
    }
    if (rest > LANES) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, o + LANES, FLOAT.indexInRange(LANES, rest));
      s1 = v.fma(v, s1);
    }
    if (rest > 2 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(2 * LANES, rest);
      FloatVector v = FloatVector.fromArray(FLOAT, x, o + 2 * LANES, mask);
      s2 = v.fma(v, s2);
    }
    if (rest > 3 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(3 * LANES, rest);
      FloatVector v = FloatVector.fromArray(FLOAT, x, o + 3 * LANES, mask);
      s3 = v.fma(v, s3);
    }
    if (VIRTUAL > 4 * LANES) {
      store(s0, s1, s2, s3, lanes, lane);
      return 0f;
    }
    FloatVector v = s0.add(s2).add(s1.add(s3));
    if (LANES > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LANES > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /** Σ (alpha·x)·y. */
  public static float dot(float alpha, float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
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
    store(s0, s1, s2, s3, lanes, lane);
  }

  private static void multiplyAdd(
      float alpha, float[] x, int xo, float[] y, int yo, float[] lanes, int l) {
    FloatVector scaled = FloatVector.fromArray(FLOAT, x, xo).mul(alpha);
    scaled
        .fma(FloatVector.fromArray(FLOAT, y, yo), FloatVector.fromArray(FLOAT, lanes, l))
        .intoArray(lanes, l);
  }

  /** Folds the virtual lanes; they are overwritten. */
  static float fold(float[] lanes) {
    return fold(lanes, 0);
  }

  /** Folds the virtual lanes that begin here; they are overwritten. */
  static float fold(float[] lanes, int from) {
    int half = VIRTUAL / 2;
    for (; half > LANES; half /= 2) {
      for (int l = from; l < from + half; l += LANES) {
        FloatVector upper = FloatVector.fromArray(FLOAT, lanes, l + half);
        FloatVector.fromArray(FLOAT, lanes, l).add(upper).intoArray(lanes, l);
      }
    }
    FloatVector upper = FloatVector.fromArray(FLOAT, lanes, from + LANES);
    FloatVector v = FloatVector.fromArray(FLOAT, lanes, from).add(upper);
    if (LANES > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LANES > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }
}
