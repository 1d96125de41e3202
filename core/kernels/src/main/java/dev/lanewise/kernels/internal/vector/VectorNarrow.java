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
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.VectorMath.LIFTED_ROUND;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax and cross-entropy of short rows, a row in each lane: as many rows as a vector has lanes
 * are transposed, so that maxima and sums need no shuffles and exponentials no tails.
 *
 * <p>The steps of a row are those of {@link ScalarSoftmax}. A sum's virtual lanes hold an element
 * or +0 each, and adding +0 to an exponential changes nothing.
 */
public final class VectorNarrow {
  /** The most columns that rows may have: those of a block of {@link Transpose}. */
  public static final int COLUMNS = 16;

  /** Work space: elements by columns, their sums, two more operands, and three numbers a row. */
  private static final int SQUARE = COLUMNS * LANES;

  private static final int SUMS = SQUARE;
  private static final int TURNED = 2 * SQUARE;
  private static final int SLOPES = 3 * SQUARE + COLUMNS;
  private static final int MAX = 4 * SQUARE + COLUMNS;
  private static final int SUM = MAX + LANES;
  private static final int LOG = SUM + LANES;
  private static final int WORK = LOG + LANES;

  private VectorNarrow() {}

  /** Softmax of the first rows; returns how many, all but less than a vector has lanes. */
  public static int forward(
      int m, int n, float scale, float[] x, int xo, int xrs, float[] y, int yo, int yrs) {
    float[] work = Scratch.floats(WORK);
    int i = 0;
    for (; i <= m - LANES; i += LANES) {
      load(n, x, xo + i * xrs, xrs, work, 0);
      exponentials(n, scale, work);
      FloatVector factor = FloatVector.broadcast(FLOAT, 1f).div(fromArray(FLOAT, work, SUM));
      for (int j = 0; j < n * LANES; j += LANES) {
        fromArray(FLOAT, work, j).mul(factor).intoArray(work, j);
      }
      store(n, work, y, yo + i * yrs, yrs);
    }
    Scratch.give(work);
    return i;
  }

  /** Logarithms of softmax of the first rows; returns how many. */
  public static int logForward(
      int m, int n, float scale, float[] x, int xo, int xrs, float[] y, int yo, int yrs) {
    float[] work = Scratch.floats(WORK);
    int i = 0;
    for (; i <= m - LANES; i += LANES) {
      load(n, x, xo + i * xrs, xrs, work, 0);
      System.arraycopy(work, 0, work, TURNED, n * LANES);
      exponentials(n, scale, work);
      VectorActivation.forward(ActivationFunction.LOG, 0f, LANES, work, SUM, work, LOG);
      FloatVector max = fromArray(FLOAT, work, MAX);
      FloatVector log = fromArray(FLOAT, work, LOG);
      for (int j = 0; j < n * LANES; j += LANES) {
        fromArray(FLOAT, work, TURNED + j).sub(max).mul(scale).sub(log).intoArray(work, j);
      }
      store(n, work, y, yo + i * yrs, yrs);
    }
    Scratch.give(work);
    return i;
  }

  /** The backward pass of softmax of the first rows; returns how many. */
  public static int backward(
      int m,
      int n,
      float scale,
      float[] y,
      int yo,
      int yrs,
      float[] dy,
      int po,
      int prs,
      float[] dx,
      int dxo,
      int dxrs) {
    float[] work = Scratch.floats(WORK);
    FloatVector zero = FloatVector.zero(FLOAT);
    int i = 0;
    for (; i <= m - LANES; i += LANES) {
      load(n, y, yo + i * yrs, yrs, work, TURNED);
      load(n, dy, po + i * prs, prs, work, SLOPES);
      for (int j = 0; j < n * LANES; j += LANES) {
        FloatVector slope = fromArray(FLOAT, work, SLOPES + j);
        slope.fma(fromArray(FLOAT, work, TURNED + j), zero).intoArray(work, j);
      }
      sums(n, work);
      FloatVector s = fromArray(FLOAT, work, SUM);
      for (int j = 0; j < n * LANES; j += LANES) {
        FloatVector centred = fromArray(FLOAT, work, SLOPES + j).sub(s);
        fromArray(FLOAT, work, TURNED + j).mul(centred).mul(scale).intoArray(work, j);
      }
      store(n, work, dx, dxo + i * dxrs, dxrs);
    }
    Scratch.give(work);
    return i;
  }

  /**
   * Losses of the first rows against labels, with their gradient times the scale unless g is null;
   * returns how many.
   */
  public static int labelled(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int[] labels,
      int lo,
      float[] losses,
      int losseso,
      float scale,
      float[] g,
      int go,
      int grs) {
    float[] work = Scratch.floats(WORK);
    int i = 0;
    for (; i <= m - LANES; i += LANES) {
      load(n, x, xo + i * xrs, xrs, work, 0);
      for (int r = 0; r < LANES; r++) {
        losses[losseso + i + r] = work[labels[lo + i + r] * LANES + r];
      }
      exponentials(n, 1f, work);
      VectorActivation.forward(ActivationFunction.LOG, 0f, LANES, work, SUM, work, LOG);
      fromArray(FLOAT, work, MAX)
          .sub(fromArray(FLOAT, losses, losseso + i))
          .add(fromArray(FLOAT, work, LOG))
          .intoArray(losses, losseso + i);
      if (g != null) {
        gradient(n, scale, labels, lo + i, work);
        store(n, work, g, go + i * grs, grs);
      }
    }
    Scratch.give(work);
    return i;
  }

  private static void gradient(int n, float scale, int[] labels, int lo, float[] work) {
    FloatVector factor = FloatVector.broadcast(FLOAT, 1f).div(fromArray(FLOAT, work, SUM));
    factor.intoArray(work, LOG);
    FloatVector zero = FloatVector.broadcast(FLOAT, -0f);
    for (int r = 0; r < LANES; r++) { // what follows keeps all but the labels' targets
      int at = labels[lo + r] * LANES + r;
      work[TURNED + r] = ScalarMath.fma(work[at], work[LOG + r], -1f) * scale;
    }
    for (int j = 0; j < n * LANES; j += LANES) {
      fromArray(FLOAT, work, j).fma(factor, zero).mul(scale).intoArray(work, j);
    }
    for (int r = 0; r < LANES; r++) {
      work[labels[lo + r] * LANES + r] = work[TURNED + r];
    }
  }

  /** Exponentials in place of logits, with the maximum and the sum of each row. */
  private static void exponentials(int n, float scale, float[] work) {
    FloatVector max = fromArray(FLOAT, work, 0);
    for (int j = LANES; j < n * LANES; j += LANES) { // NaN, which this may lose, comes by the sum
      FloatVector x = fromArray(FLOAT, work, j);
      max = max.blend(x, max.lt(x));
    }
    max.intoArray(work, MAX);
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    for (int j = 0; j < n * LANES; j += LANES) {
      FloatVector t = fromArray(FLOAT, work, j).sub(max).mul(scale);
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
      e.mul(power.reinterpretAsFloats()).mul(LOWER).intoArray(work, j);
    }
    sums(n, work);
  }

  /** Folds column l with column l + half, as the virtual lanes of {@link ScalarReduce} do. */
  private static void sums(int n, float[] work) {
    int half = Math.max(Integer.highestOneBit(n - 1), 1);
    for (int l = 0; l < half; l++) {
      FloatVector sum = fromArray(FLOAT, work, l * LANES);
      if (l + half < n) {
        sum = sum.add(fromArray(FLOAT, work, (l + half) * LANES));
      }
      sum.intoArray(work, SUMS + l * LANES);
    }
    for (half /= 2; half >= 1; half /= 2) {
      for (int l = 0; l < half * LANES; l += LANES) {
        fromArray(FLOAT, work, SUMS + l)
            .add(fromArray(FLOAT, work, SUMS + l + half * LANES))
            .intoArray(work, SUMS + l);
      }
    }
    fromArray(FLOAT, work, SUMS).intoArray(work, SUM);
  }

  /** Column j of the rows to the vector j of a part of the work space. */
  private static void load(int n, float[] x, int xo, int xrs, float[] work, int to) {
    if (LANES == Transpose.SIZE && xo + (LANES - 1) * xrs <= x.length - COLUMNS) {
      Transpose.block(1f, x, xo, xrs, work, to, LANES); // reads behind rows, which does no harm
      return;
    }
    for (int r = 0; r < LANES; r++) {
      for (int j = 0; j < n; j++) {
        work[to + j * LANES + r] = x[xo + r * xrs + j];
      }
    }
  }

  /** The first vectors of the work space back to rows. */
  private static void store(int n, float[] work, float[] y, int yo, int yrs) {
    if (LANES == Transpose.SIZE) {
      Transpose.block(1f, work, 0, LANES, work, TURNED, n); // a row's surplus, then the next row
      if (yrs == n) {
        System.arraycopy(work, TURNED, y, yo, LANES * n);
      } else {
        for (int r = 0; r < LANES; r++) {
          System.arraycopy(work, TURNED + r * n, y, yo + r * yrs, n);
        }
      }
      return;
    }
    for (int r = 0; r < LANES; r++) {
      for (int j = 0; j < n; j++) {
        y[yo + r * yrs + j] = work[j * LANES + r];
      }
    }
  }
}
