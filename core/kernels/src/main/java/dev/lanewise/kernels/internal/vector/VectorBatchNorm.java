package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.VectorColumns.load;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link ScalarBatchNorm} for rows of unit column stride. */
public final class VectorBatchNorm {
  private VectorBatchNorm() {}

  /** As {@link ScalarBatchNorm#normalise}. */
  public static void normalise(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] high,
      float[] low,
      float[] scale,
      float[] shift,
      float[] y,
      int yo,
      int yrs) {
    int bound = n - n % LANES;
    ScalarBatchNorm.normalise(m, bound, n, x, xo, xrs, 1, high, low, scale, shift, y, yo, yrs, 1);
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows share each coefficient's load
      int xi = xo + i * xrs;
      int yi = yo + i * yrs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector h = load(high, j);
        FloatVector l = load(low, j);
        FloatVector a = load(scale, j);
        FloatVector b = load(shift, j);
        load(x, xi + j).sub(h).sub(l).fma(a, b).intoArray(y, yi + j);
        load(x, xi + j + xrs).sub(h).sub(l).fma(a, b).intoArray(y, yi + j + yrs);
        load(x, xi + j + 2 * xrs).sub(h).sub(l).fma(a, b).intoArray(y, yi + j + 2 * yrs);
        load(x, xi + j + 3 * xrs).sub(h).sub(l).fma(a, b).intoArray(y, yi + j + 3 * yrs);
      }
    }
    for (; i < m; i++) {
      int xi = xo + i * xrs;
      int yi = yo + i * yrs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector t = load(x, xi + j).sub(load(high, j)).sub(load(low, j));
        t.fma(load(scale, j), load(shift, j)).intoArray(y, yi + j);
      }
    }
  }

  /** As {@link ScalarBatchNorm#gradientSums}. */
  public static void gradientSums(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] low,
      double[] sumD,
      double[] sumDt) {
    Arrays.fill(sumD, 0, n, 0.0);
    Arrays.fill(sumDt, 0, n, 0.0);
    float[] s = Scratch.floats(n);
    for (int i = 0; i < m; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      VectorColumns.chunkSums(rows, n, d, po + i * prs, prs, s);
      ScalarColumns.add(n, s, sumD);
      chunkProducts(rows, n, x, xo + i * xrs, xrs, d, po + i * prs, prs, high, low, s);
      ScalarColumns.add(n, s, sumDt);
    }
    Scratch.give(s);
  }

  private static void chunkProducts(
      int rows,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] low,
      float[] s) {
    int bound = n - n % LANES;
    ScalarBatchNorm.chunkProducts(rows, bound, n, x, xo, xrs, 1, d, po, prs, 1, high, low, s);
    Arrays.fill(s, 0, bound, 0f);
    int i = 0;
    for (; i + GROUP <= rows; i += GROUP) {
      groupProducts(bound, x, xo + i * xrs, xrs, d, po + i * prs, prs, high, low, s);
    }
    for (; i < rows; i++) {
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector t = load(x, xi + j).sub(load(high, j)).sub(load(low, j));
        load(d, pi + j).fma(t, load(s, j)).intoArray(s, j);
      }
    }
  }

  private static void groupProducts(
      int bound,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] low,
      float[] s) {
    for (int j = 0; j < bound; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector h = load(high, j);
      FloatVector l = load(low, j);
      FloatVector q0 = load(d, p).mul(load(x, o).sub(h).sub(l));
      FloatVector q01 = load(d, p + prs).fma(load(x, o + xrs).sub(h).sub(l), q0);
      FloatVector q2 = load(d, p + 2 * prs).mul(load(x, o + 2 * xrs).sub(h).sub(l));
      FloatVector q23 = load(d, p + 3 * prs).fma(load(x, o + 3 * xrs).sub(h).sub(l), q2);
      FloatVector q4 = load(d, p + 4 * prs).mul(load(x, o + 4 * xrs).sub(h).sub(l));
      FloatVector q45 = load(d, p + 5 * prs).fma(load(x, o + 5 * xrs).sub(h).sub(l), q4);
      FloatVector q6 = load(d, p + 6 * prs).mul(load(x, o + 6 * xrs).sub(h).sub(l));
      FloatVector q67 = load(d, p + 7 * prs).fma(load(x, o + 7 * xrs).sub(h).sub(l), q6);
      load(s, j).add(q01.add(q23).add(q45.add(q67))).intoArray(s, j);
    }
  }

  /** As {@link ScalarBatchNorm#backward}. */
  public static void backward(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] high,
      float[] low,
      float[] scale,
      float[] meanD,
      float[] slope,
      float[] dx,
      int dxo,
      int dxrs) {
    int bound = n - n % LANES;
    ScalarBatchNorm.backward(
        m, bound, n, x, xo, xrs, 1, d, po, prs, 1, high, low, scale, meanD, slope, dx, dxo, dxrs,
        1);
    for (int i = 0; i < m; i++) {
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      int dxi = dxo + i * dxrs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector t = load(x, xi + j).sub(load(high, j)).sub(load(low, j));
        FloatVector centred = load(d, pi + j).sub(load(meanD, j));
        FloatVector bracket = t.neg().fma(load(slope, j), centred);
        load(scale, j).mul(bracket).intoArray(dx, dxi + j);
      }
    }
  }
}
