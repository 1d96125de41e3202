package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_0;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_1;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_2;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_3;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_4;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_5;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LIFTED_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOWER;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.VectorMath.LIFTED_ROUND;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponentials of {@link ScalarSoftmax} on vectors.
 *
 * <p>On the way, as exponentials leave time to load, they look at another row of x, from {@code
 * next} on unless that is negative, and put its maximum and its least element or NaN into {@code
 * extremes}. {@code least} is the least element of the row itself, or NaN.
 *
 * <p>The loops call the Vector API alone: several of them become parts of one compilation, in which
 * C2 would no longer inline functions of our own.
 */
public final class VectorExponentials {
  private VectorExponentials() {}

  /**
   * As {@link ScalarSoftmax#exponentials}; or as {@link ScalarSoftmax#sumOfExponentials}, where
   * they are not kept: y then has room for a block, and each takes the place of the one before.
   */
  public static float exponentials(
      int n,
      float least,
      float max,
      float scale,
      float[] x,
      int xo,
      float[] y,
      int yo,
      boolean kept,
      float[] lanes,
      int next,
      float[] extremes) {
    if (n <= BLOCK) {
      return block(n, least, max, scale, x, xo, y, yo, lanes, next, extremes);
    }
    return blocks(n, least, max, scale, x, xo, y, yo, kept, lanes, next, extremes);
  }

  /** A loop and no recursion, of which C2 would make one large part of several copies. */
  private static float blocks(
      int n,
      float least,
      float max,
      float scale,
      float[] x,
      int xo,
      float[] y,
      int yo,
      boolean kept,
      float[] lanes,
      int next,
      float[] extremes) {
    int count = (n - 1) / BLOCK + 1;
    float[] sums = Scratch.floats(count);
    float most = Float.NEGATIVE_INFINITY;
    float fewest = Float.POSITIVE_INFINITY;
    for (int b = 0; b < count; b++) {
      int i = b * BLOCK;
      int length = Math.min(BLOCK, n - i);
      int to = kept ? yo + i : yo;
      int at = next < 0 ? next : next + i;
      sums[b] = block(length, least, max, scale, x, xo + i, y, to, lanes, at, extremes);
      most = Math.max(most, extremes[0]);
      fewest = Math.min(fewest, extremes[1]);
    }
    extremes[0] = most;
    extremes[1] = fewest;
    float sum = ScalarReduce.foldBlocks(sums, 0, count);
    Scratch.give(sums);
    return sum;
  }

  private static float block(
      int n,
      float least,
      float max,
      float scale,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] lanes,
      int next,
      float[] extremes) {
    int done = 0;
    if (n >= LANES && (least - max) * scale >= -VectorMath.EXP_NORMAL) {
      normalExponentials(n, max, scale, x, xo, y, yo, next < 0 ? xo : next, extremes);
      done = n - n % LANES;
    } else if (next >= 0) {
      VectorMaximum.extremes(x, next, n, extremes);
    }
    anyExponentials(n - done, max, scale, x, xo + done, y, yo + done);
    return VectorReduce.sum(y, yo, n, lanes);
  }

  /**
   * As {@link VectorMath#exp} where all results are normal, for the whole vectors of n elements:
   * the exponent is added to the bits. The extremes are those of the n elements from {@code next}
   * on.
   */
  private static void normalExponentials(
      int n,
      float max,
      float scale,
      float[] x,
      int xo,
      float[] y,
      int yo,
      int next,
      float[] extremes) {
    FloatVector round = FloatVector.broadcast(FLOAT, ROUND);
    IntVector largest = fromArray(FLOAT, x, next + n - LANES).reinterpretAsInts();
    IntVector smallest = largest;
    IntVector unsigned = largest;
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector t = fromArray(FLOAT, x, xo + j).sub(max).mul(scale);
      FloatVector shifted = t.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
      FloatVector k = shifted.sub(round);
      FloatVector r = k.fma(FloatVector.broadcast(FLOAT, -LN2_HIGH), t);
      r = k.fma(FloatVector.broadcast(FLOAT, -LN2_LOW), r);
      FloatVector square = r.mul(r);
      FloatVector q = square.fma(FloatVector.broadcast(FLOAT, EXP_5), r.fma(EXP_4, EXP_3));
      q = q.fma(square, r.fma(EXP_2, EXP_1)).fma(r, FloatVector.broadcast(FLOAT, EXP_0));
      FloatVector e = q.fma(square, r).add(1f);
      IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      e.reinterpretAsInts().add(exponent).reinterpretAsFloats().intoArray(y, yo + j);
      IntVector bits = fromArray(FLOAT, x, next + j).reinterpretAsInts();
      largest = largest.max(bits);
      smallest = smallest.min(bits);
      unsigned = unsigned.lanewise(VectorOperators.UMAX, bits);
    }
    int most = largest.reduceLanes(VectorOperators.MAX);
    int fewest = smallest.reduceLanes(VectorOperators.MIN);
    int highest =
        unsigned.lanewise(VectorOperators.XOR, Integer.MIN_VALUE).reduceLanes(VectorOperators.MAX)
            ^ Integer.MIN_VALUE; // the unsigned order as a signed one
    VectorMaximum.extremes(most, fewest, highest, extremes);
  }

  /** As {@link VectorMath#expOfNonPositive}; the mask takes what is less than a vector, too. */
  private static void anyExponentials(
      int n, float max, float scale, float[] x, int xo, float[] y, int yo) {
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> rest = FLOAT.indexInRange(j, n);
      FloatVector t = fromArray(FLOAT, x, xo + j, rest).sub(max).mul(scale);
      t = t.blend(LIFTED_LOWEST, t.lt(LIFTED_LOWEST));
      FloatVector shifted = t.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
      FloatVector k = shifted.sub(round);
      FloatVector r = k.fma(FloatVector.broadcast(FLOAT, -LN2_HIGH), t);
      r = k.fma(FloatVector.broadcast(FLOAT, -LN2_LOW), r);
      FloatVector square = r.mul(r);
      FloatVector q = square.fma(FloatVector.broadcast(FLOAT, EXP_5), r.fma(EXP_4, EXP_3));
      q = q.fma(square, r.fma(EXP_2, EXP_1)).fma(r, FloatVector.broadcast(FLOAT, EXP_0));
      FloatVector e = q.fma(square, r).add(1f);
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      e = e.mul(power.reinterpretAsFloats()).mul(LOWER);
      e.intoArray(y, yo + j, rest);
    }
  }
}
