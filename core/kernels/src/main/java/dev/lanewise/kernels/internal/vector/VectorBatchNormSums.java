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
    float[] s = Scratch.floats(2L * plane);
    float[] a = Scratch.floats(CHUNK * LANES);
    float[] b = Scratch.floats(CHUNK * LANES);
    float[] c = Scratch.floats(3 * LANES);
    int whole = n - n % LANES;
    int rest = n - whole;
    if (rest > 0) {
      Arrays.fill(c, 0, 3 * LANES, 0f);
      System.arraycopy(high, co + whole, c, 0, rest);
      System.arraycopy(scale, co + whole, c, LANES, rest);
      System.arraycopy(shift, co + whole, c, 2 * LANES, rest);
    }
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      chunk(
          rectified, rows, whole, x, xi, xrs, d, pi, prs, high, co, scale, co, shift, co, s, 0,
          plane);
      if (rest > 0) {
        VectorColumns.copyRest(rows, rest, x, xi + whole, xrs, a);
        VectorColumns.copyRest(rows, rest, d, pi + whole, prs, b);
        chunk(
            rectified, rows, LANES, a, 0, LANES, b, 0, LANES, c, 0, c, LANES, c, 2 * LANES, s,
            whole, plane);
      }
      ScalarColumns.add(n, s, 0, sumD);
      ScalarColumns.add(n, s, plane, sumDt);
    }
    Scratch.give(s);
    Scratch.give(a);
    Scratch.give(b);
    Scratch.give(c);
  }

  /** The sums of one chunk, which begin at so and so + plane. */
  private static void chunk(
      boolean rectified,
      int rows,
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      int ho,
      float[] scale,
      int ao,
      float[] shift,
      int bo,
      float[] s,
      int so,
      int plane) {
    Arrays.fill(s, so, so + whole, 0f);
    Arrays.fill(s, so + plane, so + plane + whole, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      if (rectified) {
        rectifiedGroup(whole, x, xi, xrs, d, pi, prs, high, ho, scale, ao, shift, bo, s, so, plane);
      } else {
        group(whole, x, xi, xrs, d, pi, prs, high, ho, s, so, plane);
      }
    }
    float most = rectified ? 0f : Float.NaN; // nothing is at most the latter
    for (; i < rows; i++) {
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      row(whole, x, xi, d, pi, high, ho, scale, ao, shift, bo, most, s, so, plane);
    }
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
      int ho,
      float[] s,
      int so,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector h = fromArray(FLOAT, high, ho + j);
      FloatVector d0 = fromArray(FLOAT, d, p);
      FloatVector d1 = fromArray(FLOAT, d, p + prs);
      FloatVector d2 = fromArray(FLOAT, d, p + 2 * prs);
      FloatVector d3 = fromArray(FLOAT, d, p + 3 * prs);
      FloatVector sum = d0.add(d1).add(d2.add(d3));
      FloatVector q0 = d0.mul(fromArray(FLOAT, x, o).sub(h));
      q0 = d1.fma(fromArray(FLOAT, x, o + xrs).sub(h), q0);
      FloatVector q1 = d2.mul(fromArray(FLOAT, x, o + 2 * xrs).sub(h));
      q1 = d3.fma(fromArray(FLOAT, x, o + 3 * xrs).sub(h), q1);
      fromArray(FLOAT, s, so + j).add(sum).intoArray(s, so + j);
      fromArray(FLOAT, s, so + plane + j).add(q0.add(q1)).intoArray(s, so + plane + j);
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
      int ho,
      float[] scale,
      int ao,
      float[] shift,
      int bo,
      float[] s,
      int so,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector h = fromArray(FLOAT, high, ho + j);
      FloatVector a = fromArray(FLOAT, scale, ao + j);
      FloatVector b = fromArray(FLOAT, shift, bo + j);
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
      fromArray(FLOAT, s, so + j).add(d0.add(d1).add(d2.add(d3))).intoArray(s, so + j);
      fromArray(FLOAT, s, so + plane + j).add(q).intoArray(s, so + plane + j);
    }
  }

  private static void row(
      int whole,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] high,
      int ho,
      float[] scale,
      int ao,
      float[] shift,
      int bo,
      float most,
      float[] s,
      int so,
      int plane) {
    for (int j = 0; j < whole; j += LANES) {
      FloatVector a = fromArray(FLOAT, scale, ao + j);
      FloatVector b = fromArray(FLOAT, shift, bo + j);
      FloatVector t = fromArray(FLOAT, x, xo + j).sub(fromArray(FLOAT, high, ho + j));
      FloatVector e = fromArray(FLOAT, d, po + j);
      e = e.blend(0f, t.fma(a, b).compare(VectorOperators.LE, most));
      fromArray(FLOAT, s, so + j).add(e).intoArray(s, so + j);
      e.fma(t, fromArray(FLOAT, s, so + plane + j)).intoArray(s, so + plane + j);
    }
  }
}
