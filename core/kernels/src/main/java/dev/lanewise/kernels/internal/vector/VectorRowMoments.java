package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarRowMoments;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ScalarRowMoments} on vectors.
 *
 * <p>Each pass is one long method, with what is left behind whole turns of the lanes: C2 compiles
 * those one by one, where it would put short ones into their caller until it stops inlining and
 * makes objects of vectors.
 */
public final class VectorRowMoments {
  private static final int VIRTUAL = ScalarReduce.LANES;

  private VectorRowMoments() {}

  /** As {@link ScalarRowMoments#block}. */
  public static void block(int n, float[] x, int xo, float[] lanes, float[] out) {
    float first = x[xo];
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      addDifferences(n - l, first, x, xo + l, lanes, l, out);
    }
    float sum = VIRTUAL == 4 * LANES ? out[1] : VectorReduce.fold(lanes, 0);
    float pivot = ScalarRowMoments.pivot(first, sum, n);
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      addSquares(n - l, pivot, x, xo + l, lanes, l, out);
    }
    out[0] = pivot;
    if (VIRTUAL > 4 * LANES) {
      out[1] = VectorReduce.fold(lanes, 0);
      out[2] = VectorReduce.fold(lanes, VIRTUAL);
    }
  }

  /** Σ (x - first) in four vectors of lanes, folded into out[1] if they are all; absent is +0. */
  private static void addDifferences(
      int n, float first, float[] x, int xo, float[] lanes, int lane, float[] out) {
    FloatVector p = FloatVector.broadcast(FLOAT, first);
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += VIRTUAL) {
      s0 = s0.add(fromArray(FLOAT, x, xo + i).sub(p));
      s1 = s1.add(fromArray(FLOAT, x, xo + i + LANES).sub(p));
      s2 = s2.add(fromArray(FLOAT, x, xo + i + 2 * LANES).sub(p));
      s3 = s3.add(fromArray(FLOAT, x, xo + i + 3 * LANES).sub(p));
    }
    int rest = n - i;
    int o = xo + i;
    if (rest > 0) {
      VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
      s0 = s0.add(fromArray(FLOAT, x, o, mask).sub(p, mask));
    }
    if (rest > LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(LANES, rest);
      s1 = s1.add(fromArray(FLOAT, x, o + LANES, mask).sub(p, mask));
    }
    if (rest > 2 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(2 * LANES, rest);
      s2 = s2.add(fromArray(FLOAT, x, o + 2 * LANES, mask).sub(p, mask));
    }
    if (rest > 3 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(3 * LANES, rest);
      s3 = s3.add(fromArray(FLOAT, x, o + 3 * LANES, mask).sub(p, mask));
    }
    if (VIRTUAL > 4 * LANES) {
      VectorReduce.store(s0, s1, s2, s3, lanes, lane);
      return;
    }
    FloatVector s = s0.add(s2).add(s1.add(s3));
    if (LANES > 8) {
      s = s.add(s.rearrange(VectorReduce.BY_8));
    }
    if (LANES > 4) {
      s = s.add(s.rearrange(VectorReduce.BY_4));
    }
    if (LANES > 2) {
      s = s.add(s.rearrange(VectorReduce.BY_2));
    }
    out[1] = s.add(s.rearrange(VectorReduce.BY_1)).lane(0);
  }

  /** Σ (x - pivot) and Σ (x - pivot)² alike, into out[1] and out[2]. */
  private static void addSquares(
      int n, float pivot, float[] x, int xo, float[] lanes, int lane, float[] out) {
    FloatVector p = FloatVector.broadcast(FLOAT, pivot);
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector q0 = s0;
    FloatVector q1 = s0;
    FloatVector q2 = s0;
    FloatVector q3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += VIRTUAL) {
      FloatVector d0 = fromArray(FLOAT, x, xo + i).sub(p);
      FloatVector d1 = fromArray(FLOAT, x, xo + i + LANES).sub(p);
      FloatVector d2 = fromArray(FLOAT, x, xo + i + 2 * LANES).sub(p);
      FloatVector d3 = fromArray(FLOAT, x, xo + i + 3 * LANES).sub(p);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      s2 = s2.add(d2);
      s3 = s3.add(d3);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
      q2 = d2.fma(d2, q2);
      q3 = d3.fma(d3, q3);
    }
    int rest = n - i;
    int o = xo + i;
    if (rest > 0) {
      VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
      FloatVector d = fromArray(FLOAT, x, o, mask).sub(p, mask);
      s0 = s0.add(d);
      q0 = d.fma(d, q0);
    }
    if (rest > LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(LANES, rest);
      FloatVector d = fromArray(FLOAT, x, o + LANES, mask).sub(p, mask);
      s1 = s1.add(d);
      q1 = d.fma(d, q1);
    }
    if (rest > 2 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(2 * LANES, rest);
      FloatVector d = fromArray(FLOAT, x, o + 2 * LANES, mask).sub(p, mask);
      s2 = s2.add(d);
      q2 = d.fma(d, q2);
    }
    if (rest > 3 * LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(3 * LANES, rest);
      FloatVector d = fromArray(FLOAT, x, o + 3 * LANES, mask).sub(p, mask);
      s3 = s3.add(d);
      q3 = d.fma(d, q3);
    }
    if (VIRTUAL > 4 * LANES) {
      VectorReduce.store(s0, s1, s2, s3, lanes, lane);
      VectorReduce.store(q0, q1, q2, q3, lanes, VIRTUAL + lane);
      return;
    }
    FloatVector s = s0.add(s2).add(s1.add(s3));
    FloatVector q = q0.add(q2).add(q1.add(q3));
    if (LANES > 8) {
      s = s.add(s.rearrange(VectorReduce.BY_8));
      q = q.add(q.rearrange(VectorReduce.BY_8));
    }
    if (LANES > 4) {
      s = s.add(s.rearrange(VectorReduce.BY_4));
      q = q.add(q.rearrange(VectorReduce.BY_4));
    }
    if (LANES > 2) {
      s = s.add(s.rearrange(VectorReduce.BY_2));
      q = q.add(q.rearrange(VectorReduce.BY_2));
    }
    out[1] = s.add(s.rearrange(VectorReduce.BY_1)).lane(0);
    out[2] = q.add(q.rearrange(VectorReduce.BY_1)).lane(0);
  }
}
