package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_8;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_9;
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
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.leftPart;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.VectorMath.LIFTED_ROUND;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarFunctions;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarSoftmax} on vectors. What is left of a row behind whole vectors is masked. */
public final class VectorSoftmax {
  private static final int VIRTUAL = ScalarReduce.LANES;

  private VectorSoftmax() {}

  /**
   * As {@link ScalarSoftmax#exponentials}, where {@code least} is the row's least element or NaN.
   * On the way, as the exponentials leave time to load, it looks at another row of x, from {@code
   * next} on unless that is negative, and puts its maximum and its least element or NaN into {@code
   * extremes}.
   *
   * <p>The loops call the Vector API alone: several of them become parts of one compilation, in
   * which C2 would no longer inline functions of our own.
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
      float[] lanes,
      int next,
      float[] extremes) {
    return exponentials(n, least, max, scale, x, xo, y, yo, true, lanes, next, extremes);
  }

  /** The exponentials of all blocks are kept, or each takes the place of the one before. */
  private static float exponentials(
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
    int whole = n - n % LANES;
    if (whole > 0 && (least - max) * scale >= -VectorMath.EXP_NORMAL) {
      normalExponentials(n, max, scale, x, xo, y, yo, next < 0 ? xo : next, extremes);
    } else {
      if (next >= 0) {
        VectorMaximum.extremes(x, next, n, extremes);
      }
      anyExponentials(whole, max, scale, x, xo, y, yo);
    }
    if (whole < n) {
      lastExponentials(n - whole, max, scale, x, xo + whole, y, yo + whole);
    }
    return VectorReduce.sum(y, yo, n, lanes);
  }

  /**
   * As {@link ScalarSoftmax#sumOfExponentials}; {@code least}, {@code next} and {@code extremes} as
   * for {@link #exponentials}.
   */
  public static float sumOfExponentials(
      int n,
      float least,
      float max,
      float scale,
      float[] x,
      int xo,
      float[] lanes,
      int next,
      float[] extremes) {
    float[] work = Scratch.floats(Math.min(n, BLOCK));
    float sum = exponentials(n, least, max, scale, x, xo, work, 0, false, lanes, next, extremes);
    Scratch.give(work);
    return sum;
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

  /** As {@link VectorMath#expOfNonPositive}, for a whole number of vectors. */
  private static void anyExponentials(
      int n, float max, float scale, float[] x, int xo, float[] y, int yo) {
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    for (int j = 0; j < n; j += LANES) {
      FloatVector t = fromArray(FLOAT, x, xo + j).sub(max).mul(scale);
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
      e.intoArray(y, yo + j);
    }
  }

  /** As {@link VectorMath#expOfNonPositive}, for less than a vector. */
  private static void lastExponentials(
      int n, float max, float scale, float[] x, int xo, float[] y, int yo) {
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    VectorMask<Float> rest = FLOAT.indexInRange(0, n);
    FloatVector t = fromArray(FLOAT, x, xo, rest).sub(max).mul(scale);
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
    e.intoArray(y, yo, rest);
  }

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

  /** As {@link ScalarSoftmax#sumOfDifferences}. */
  public static float sumOfDifferences(int n, float max, float[] x, int xo, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sumOfDifferences(left, max, x, xo, lanes)
          + sumOfDifferences(n - left, max, x, xo + left, lanes);
    }
    FloatVector most = FloatVector.broadcast(FLOAT, max);
    clear(lanes);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorReduce.add(most.sub(fromArray(FLOAT, x, xo + i)), lanes, i % VIRTUAL);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOAT.indexInRange(i, n);
      VectorReduce.add(most.sub(fromArray(FLOAT, x, xo + i, rest)), rest, lanes, i % VIRTUAL);
    }
    return VectorReduce.fold(lanes);
  }

  /** As {@link ScalarSoftmax#sumOfTargets}. */
  public static float sumOfTargets(
      int n, float max, float[] x, int xo, float[] t, int to, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sumOfTargets(left, max, x, xo, t, to, lanes)
          + sumOfTargets(n - left, max, x, xo + left, t, to + left, lanes);
    }
    FloatVector most = FloatVector.broadcast(FLOAT, max);
    clear(lanes);
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> rest = FLOAT.indexInRange(i, n);
      FloatVector target = fromArray(FLOAT, t, to + i, rest);
      FloatVector difference = most.sub(fromArray(FLOAT, x, xo + i, rest));
      FloatVector sum = fromArray(FLOAT, lanes, i % VIRTUAL);
      VectorMask<Float> taken = target.compare(VectorOperators.NE, 0f);
      sum.blend(target.fma(difference, sum), taken).intoArray(lanes, i % VIRTUAL);
    }
    return VectorReduce.fold(lanes);
  }

  private static void clear(float[] lanes) {
    FloatVector zero = FloatVector.zero(FLOAT);
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      VectorReduce.store(zero, zero, zero, zero, lanes, l);
    }
  }

  /** As {@link ScalarSoftmax#smooth}. */
  public static void smooth(int n, float keep, float rest, float[] t, int to) {
    FloatVector keeps = FloatVector.broadcast(FLOAT, keep);
    FloatVector rests = FloatVector.broadcast(FLOAT, rest);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      fromArray(FLOAT, t, to + j).fma(keeps, rests).intoArray(t, to + j);
    }
    ScalarSoftmax.smooth(n - j, keep, rest, t, to + j);
  }

  /** As {@link ScalarSoftmax#gradient}. */
  public static void gradient(int n, float factor, float target, float weight, float[] g, int go) {
    if (n < LANES) {
      ScalarSoftmax.gradient(n, factor, target, weight, g, go);
      return;
    }
    FloatVector factors = FloatVector.broadcast(FLOAT, factor);
    FloatVector minus = FloatVector.broadcast(FLOAT, -target);
    int end = go + n - LANES;
    FloatVector last = fromArray(FLOAT, g, end).fma(factors, minus).mul(weight);
    for (int j = go; j < end; j += LANES) {
      fromArray(FLOAT, g, j).fma(factors, minus).mul(weight).intoArray(g, j);
    }
    last.intoArray(g, end);
  }

  /** As {@link ScalarSoftmax#gradientOfTargets}. */
  public static void gradientOfTargets(
      int n, float factor, float weight, float[] t, int to, float[] g, int go) {
    FloatVector factors = FloatVector.broadcast(FLOAT, factor);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector minus = fromArray(FLOAT, t, to + j).neg();
      fromArray(FLOAT, g, go + j).fma(factors, minus).mul(weight).intoArray(g, go + j);
    }
    ScalarSoftmax.gradientOfTargets(n - j, factor, weight, t, to + j, g, go + j);
  }

  /**
   * As {@link ScalarSoftmax#binaryLosses} and then, unless g is null, {@link
   * ScalarSoftmax#binaryGradient}, from the same exponentials.
   */
  public static void binaryLosses(
      int n,
      float weight,
      float[] x,
      int xo,
      float[] t,
      int to,
      float[] losses,
      int lo,
      float[] g,
      int go) {
    float[] e = Scratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int block = Math.min(BLOCK, n - i);
      int whole = block - block % LANES;
      for (int j = 0; j < whole; j += LANES) {
        fromArray(FLOAT, x, xo + i + j).abs().neg().intoArray(e, j);
      }
      VectorActivation.forward(ActivationFunction.EXP, 0f, whole, e, 0, e, 0);
      binaryLosses(whole, x, xo + i, t, to + i, e, losses, lo + i);
      int at = i + whole;
      int rest = block - whole;
      ScalarSoftmax.binaryLosses(rest, x, xo + at, t, to + at, losses, lo + at);
      if (g != null) {
        binaryGradient(whole, weight, x, xo + i, t, to + i, e, g, go + i);
        ScalarSoftmax.binaryGradient(rest, weight, x, xo + at, t, to + at, g, go + at);
      }
    }
    Scratch.give(e);
  }

  /** As {@link ScalarFunctions#binaryLoss}, from e^-|x|, for a whole number of vectors. */
  private static void binaryLosses(
      int n, float[] xs, int xo, float[] t, int to, float[] es, float[] losses, int lo) {
    for (int j = 0; j < n; j += LANES) {
      FloatVector x = fromArray(FLOAT, xs, xo + j);
      FloatVector target = fromArray(FLOAT, t, to + j);
      FloatVector other = FloatVector.broadcast(FLOAT, 1f).sub(target);
      FloatVector weight = target.blend(other, x.compare(VectorOperators.GT, 0f));
      FloatVector linear = x.abs().mul(weight).blend(0f, weight.eq(0f));
      FloatVector e = fromArray(FLOAT, es, j);
      FloatVector p = e.fma(LOG1P_9, LOG1P_8);
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_7));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_6));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_5));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_4));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_3));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_2));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_1));
      p = p.fma(e, FloatVector.broadcast(FLOAT, LOG1P_0));
      p.fma(e, linear).intoArray(losses, lo + j);
    }
  }

  /** As {@link ScalarSoftmax#binaryGradient}, from e^-|x|, for a whole number of vectors. */
  private static void binaryGradient(
      int n, float weight, float[] xs, int xo, float[] t, int to, float[] es, float[] g, int go) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int j = 0; j < n; j += LANES) {
      FloatVector e = fromArray(FLOAT, es, j);
      FloatVector sigmoid = one.blend(e, fromArray(FLOAT, xs, xo + j).lt(0f)).div(e.add(1f));
      sigmoid.sub(fromArray(FLOAT, t, to + j)).mul(weight).intoArray(g, go + j);
    }
  }
}
