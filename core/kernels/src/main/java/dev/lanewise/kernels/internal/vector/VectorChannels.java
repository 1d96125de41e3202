package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.scalar.ScalarChannels;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ScalarChannels} on vectors. */
public final class VectorChannels {
  private static final int VIRTUAL = ScalarReduce.LANES;

  private VectorChannels() {}

  /** As {@link ScalarChannels#normalise}. */
  public static void normalise(
      int n,
      float high,
      float scale,
      float shift,
      float least,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    FloatVector h = FloatVector.broadcast(FLOAT, high);
    FloatVector a = FloatVector.broadcast(FLOAT, scale);
    FloatVector b = FloatVector.broadcast(FLOAT, shift);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector z = fromArray(FLOAT, x, xo + j).sub(h).fma(a, b);
      z.blend(0f, z.lt(least)).intoArray(y, yo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector z = fromArray(FLOAT, x, xo + whole, mask).sub(h).fma(a, b);
      z.blend(0f, z.lt(least)).intoArray(y, yo + whole, mask);
    }
  }

  /** As {@link ScalarChannels#gradientSums}. */
  public static void gradientSums(
      int n,
      float high,
      float scale,
      float shift,
      float most,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] lanes,
      float[] out) {
    int turns = n - n % VIRTUAL;
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      addFour(turns, high, scale, shift, most, x, xo + l, d, po + l, lanes, l);
    }
    for (int i = turns, l = 0; i < n; i += LANES, l += LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(i, n);
      FloatVector t = fromArray(FLOAT, x, xo + i, mask).sub(high, mask);
      FloatVector z =
          t.fma(FloatVector.broadcast(FLOAT, scale), FloatVector.broadcast(FLOAT, shift));
      FloatVector e = fromArray(FLOAT, d, po + i, mask);
      e = e.blend(0f, z.compare(VectorOperators.LE, most));
      fromArray(FLOAT, lanes, l).add(e).intoArray(lanes, l, mask);
      e.fma(t, fromArray(FLOAT, lanes, VIRTUAL + l)).intoArray(lanes, VIRTUAL + l, mask);
    }
    out[0] = VectorReduce.fold(lanes, 0);
    out[1] = VectorReduce.fold(lanes, VIRTUAL);
  }

  /** Both sums in four vectors of lanes each, over whole turns of the lanes. */
  private static void addFour(
      int n,
      float high,
      float scale,
      float shift,
      float most,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] lanes,
      int lane) {
    FloatVector h = FloatVector.broadcast(FLOAT, high);
    FloatVector a = FloatVector.broadcast(FLOAT, scale);
    FloatVector b = FloatVector.broadcast(FLOAT, shift);
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector q0 = s0;
    FloatVector q1 = s0;
    FloatVector q2 = s0;
    FloatVector q3 = s0;
    for (int i = 0; i < n; i += VIRTUAL) {
      int o = xo + i;
      int p = po + i;
      FloatVector t0 = fromArray(FLOAT, x, o).sub(h);
      FloatVector t1 = fromArray(FLOAT, x, o + LANES).sub(h);
      FloatVector t2 = fromArray(FLOAT, x, o + 2 * LANES).sub(h);
      FloatVector t3 = fromArray(FLOAT, x, o + 3 * LANES).sub(h);
      FloatVector d0 = fromArray(FLOAT, d, p);
      FloatVector d1 = fromArray(FLOAT, d, p + LANES);
      FloatVector d2 = fromArray(FLOAT, d, p + 2 * LANES);
      FloatVector d3 = fromArray(FLOAT, d, p + 3 * LANES);
      d0 = d0.blend(0f, t0.fma(a, b).compare(VectorOperators.LE, most));
      d1 = d1.blend(0f, t1.fma(a, b).compare(VectorOperators.LE, most));
      d2 = d2.blend(0f, t2.fma(a, b).compare(VectorOperators.LE, most));
      d3 = d3.blend(0f, t3.fma(a, b).compare(VectorOperators.LE, most));
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      s2 = s2.add(d2);
      s3 = s3.add(d3);
      q0 = d0.fma(t0, q0);
      q1 = d1.fma(t1, q1);
      q2 = d2.fma(t2, q2);
      q3 = d3.fma(t3, q3);
    }
    VectorReduce.store(s0, s1, s2, s3, lanes, lane);
    VectorReduce.store(q0, q1, q2, q3, lanes, VIRTUAL + lane);
  }

  /** As {@link ScalarChannels#backward}. */
  public static void backward(
      int n,
      float high,
      float scale,
      float shift,
      float most,
      float slope,
      float offset,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] dx,
      int dxo) {
    FloatVector h = FloatVector.broadcast(FLOAT, high);
    FloatVector a = FloatVector.broadcast(FLOAT, scale);
    FloatVector b = FloatVector.broadcast(FLOAT, shift);
    FloatVector k = FloatVector.broadcast(FLOAT, slope);
    FloatVector c = FloatVector.broadcast(FLOAT, offset);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector t = fromArray(FLOAT, x, xo + j).sub(h);
      FloatVector e = fromArray(FLOAT, d, po + j);
      e = e.blend(0f, t.fma(a, b).compare(VectorOperators.LE, most));
      e.fma(a, t.fma(k, c)).intoArray(dx, dxo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector t = fromArray(FLOAT, x, xo + whole, mask).sub(h);
      FloatVector e = fromArray(FLOAT, d, po + whole, mask);
      e = e.blend(0f, t.fma(a, b).compare(VectorOperators.LE, most));
      e.fma(a, t.fma(k, c)).intoArray(dx, dxo + whole, mask);
    }
  }

  /** As {@link ScalarChannels#constantBackward}. */
  public static void constantBackward(
      int n,
      float high,
      float scale,
      float shift,
      float most,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] dx,
      int dxo) {
    FloatVector h = FloatVector.broadcast(FLOAT, high);
    FloatVector a = FloatVector.broadcast(FLOAT, scale);
    FloatVector b = FloatVector.broadcast(FLOAT, shift);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector z = fromArray(FLOAT, x, xo + j).sub(h).fma(a, b);
      FloatVector e = fromArray(FLOAT, d, po + j);
      e.blend(0f, z.compare(VectorOperators.LE, most)).mul(a).intoArray(dx, dxo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector z = fromArray(FLOAT, x, xo + whole, mask).sub(h).fma(a, b);
      FloatVector e = fromArray(FLOAT, d, po + whole, mask);
      e.blend(0f, z.compare(VectorOperators.LE, most)).mul(a).intoArray(dx, dxo + whole, mask);
    }
  }
}
