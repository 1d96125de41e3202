package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The sums of {@link ScalarBatchNorm#gradientSums}, for rows of unit column stride. */
public final class VectorBatchNormSums {
  private VectorBatchNormSums() {}

  /** As {@link ScalarBatchNorm#gradientSums}. */
  public static void gradientSums(
      boolean rectified,
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] scale,
      float[] shift,
      int co,
      double[] sumD,
      double[] sumDt) {
    Arrays.fill(sumD, 0, n, 0.0);
    Arrays.fill(sumDt, 0, n, 0.0);
    int plane = VectorColumns.plane(n);
    float[] s = Scratch.floats(2 * plane);
    int whole = n - n % LANES;
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      Arrays.fill(s, 0, whole, 0f);
      Arrays.fill(s, plane, plane + whole, 0f);
      int r = 0;
      for (; r + GROUP <= rows; r += GROUP) {
        int xr = xi + r * xrs;
        int pr = pi + r * prs;
        if (rectified) {
          rectifiedGroup(whole, x, xr, xrs, d, pr, prs, high, scale, shift, co, s, plane);
        } else {
          group(whole, x, xr, xrs, d, pr, prs, high, co, s, plane);
        }
      }
      float most = rectified ? 0f : Float.NaN; // nothing is at most the latter
      for (; r < rows; r++) {
        row(whole, x, xi + r * xrs, d, pi + r * prs, high, scale, shift, co, most, s, plane);
      }
      if (whole < n) {
        rest(
            rows,
            n - whole,
            x,
            xi + whole,
            xrs,
            d,
            pi + whole,
            prs,
            high,
            scale,
            shift,
            co + whole,
            most,
            s,
            whole,
            plane);
      }
      ScalarColumns.add(n, s, 0, sumD);
      ScalarColumns.add(n, s, plane, sumDt);
    }
    Scratch.give(s);
  }

  private static void group(
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      int co,
      float[] s,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector h = fromArray(FLOAT, high, co + j);
      FloatVector d0 = fromArray(FLOAT, d, p);
      FloatVector d1 = fromArray(FLOAT, d, p + prs);
      FloatVector d2 = fromArray(FLOAT, d, p + 2 * prs);
      FloatVector d3 = fromArray(FLOAT, d, p + 3 * prs);
      FloatVector sum = d0.add(d1).add(d2.add(d3));
      FloatVector q0 = d0.mul(fromArray(FLOAT, x, o).sub(h));
      q0 = d1.fma(fromArray(FLOAT, x, o + xrs).sub(h), q0);
      FloatVector q1 = d2.mul(fromArray(FLOAT, x, o + 2 * xrs).sub(h));
      q1 = d3.fma(fromArray(FLOAT, x, o + 3 * xrs).sub(h), q1);
      fromArray(FLOAT, s, j).add(sum).intoArray(s, j);
      fromArray(FLOAT, s, j + plane).add(q0.add(q1)).intoArray(s, j + plane);
    }
  }

  private static void rectifiedGroup(
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] scale,
      float[] shift,
      int co,
      float[] s,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector h = fromArray(FLOAT, high, co + j);
      FloatVector a = fromArray(FLOAT, scale, co + j);
      FloatVector b = fromArray(FLOAT, shift, co + j);
      FloatVector t0 = fromArray(FLOAT, x, o).sub(h);
      FloatVector t1 = fromArray(FLOAT, x, o + xrs).sub(h);
      FloatVector t2 = fromArray(FLOAT, x, o + 2 * xrs).sub(h);
      FloatVector t3 = fromArray(FLOAT, x, o + 3 * xrs).sub(h);
      FloatVector d0 =
          fromArray(FLOAT, d, p).blend(0f, t0.fma(a, b).compare(VectorOperators.LE, 0f));
      FloatVector d1 =
          fromArray(FLOAT, d, p + prs).blend(0f, t1.fma(a, b).compare(VectorOperators.LE, 0f));
      FloatVector d2 =
          fromArray(FLOAT, d, p + 2 * prs).blend(0f, t2.fma(a, b).compare(VectorOperators.LE, 0f));
      FloatVector d3 =
          fromArray(FLOAT, d, p + 3 * prs).blend(0f, t3.fma(a, b).compare(VectorOperators.LE, 0f));
      FloatVector q = d1.fma(t1, d0.mul(t0)).add(d3.fma(t3, d2.mul(t2)));
      fromArray(FLOAT, s, j).add(d0.add(d1).add(d2.add(d3))).intoArray(s, j);
      fromArray(FLOAT, s, j + plane).add(q).intoArray(s, j + plane);
    }
  }

  private static void row(
      int whole,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] high,
      float[] scale,
      float[] shift,
      int co,
      float most,
      float[] s,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      FloatVector a = fromArray(FLOAT, scale, co + j);
      FloatVector b = fromArray(FLOAT, shift, co + j);
      FloatVector t = fromArray(FLOAT, x, xo + j).sub(fromArray(FLOAT, high, co + j));
      FloatVector e = fromArray(FLOAT, d, po + j);
      e = e.blend(0f, t.fma(a, b).compare(VectorOperators.LE, most));
      fromArray(FLOAT, s, j).add(e).intoArray(s, j);
      e.fma(t, fromArray(FLOAT, s, j + plane)).intoArray(s, j + plane);
    }
  }

  /** The columns behind whole vectors, with their sums in registers. */
  private static void rest(
      int rows,
      int rest,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] scale,
      float[] shift,
      int co,
      float most,
      float[] s,
      int so,
      int plane) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    FloatVector h = fromArray(FLOAT, high, co, mask);
    FloatVector a = fromArray(FLOAT, scale, co, mask);
    FloatVector b = fromArray(FLOAT, shift, co, mask);
    FloatVector sum = FloatVector.zero(FLOAT);
    FloatVector products = sum;
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int o = xo + i * xrs;
      int p = po + i * prs;
      FloatVector t0 = fromArray(FLOAT, x, o, mask).sub(h);
      FloatVector t1 = fromArray(FLOAT, x, o + xrs, mask).sub(h);
      FloatVector t2 = fromArray(FLOAT, x, o + 2 * xrs, mask).sub(h);
      FloatVector t3 = fromArray(FLOAT, x, o + 3 * xrs, mask).sub(h);
      FloatVector d0 = fromArray(FLOAT, d, p, mask);
      FloatVector d1 = fromArray(FLOAT, d, p + prs, mask);
      FloatVector d2 = fromArray(FLOAT, d, p + 2 * prs, mask);
      FloatVector d3 = fromArray(FLOAT, d, p + 3 * prs, mask);
      d0 = d0.blend(0f, t0.fma(a, b).compare(VectorOperators.LE, most));
      d1 = d1.blend(0f, t1.fma(a, b).compare(VectorOperators.LE, most));
      d2 = d2.blend(0f, t2.fma(a, b).compare(VectorOperators.LE, most));
      d3 = d3.blend(0f, t3.fma(a, b).compare(VectorOperators.LE, most));
      sum = sum.add(d0.add(d1).add(d2.add(d3)));
      products = products.add(d1.fma(t1, d0.mul(t0)).add(d3.fma(t3, d2.mul(t2))));
    }
    for (; i < rows; i++) {
      FloatVector t = fromArray(FLOAT, x, xo + i * xrs, mask).sub(h);
      FloatVector e = fromArray(FLOAT, d, po + i * prs, mask);
      e = e.blend(0f, t.fma(a, b).compare(VectorOperators.LE, most));
      sum = sum.add(e);
      products = e.fma(t, products);
    }
    sum.intoArray(s, so);
    products.intoArray(s, so + plane);
  }
}
