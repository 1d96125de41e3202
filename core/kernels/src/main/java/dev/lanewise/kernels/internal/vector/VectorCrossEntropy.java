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
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.leftPart;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarFunctions;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The steps of {@link ScalarSoftmax} that losses alone take, on vectors. */
public final class VectorCrossEntropy {
  private static final int VIRTUAL = ScalarReduce.LANES;

  private VectorCrossEntropy() {}

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
