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
        FloatVector h = fromArray(FLOAT, high, j);
        FloatVector l = fromArray(FLOAT, low, j);
        FloatVector a = fromArray(FLOAT, scale, j);
        FloatVector b = fromArray(FLOAT, shift, j);
        fromArray(FLOAT, x, xi + j).sub(h).sub(l).fma(a, b).intoArray(y, yi + j);
        fromArray(FLOAT, x, xi + j + xrs).sub(h).sub(l).fma(a, b).intoArray(y, yi + j + yrs);
        fromArray(FLOAT, x, xi + j + 2 * xrs)
            .sub(h)
            .sub(l)
            .fma(a, b)
            .intoArray(y, yi + j + 2 * yrs);
        fromArray(FLOAT, x, xi + j + 3 * xrs)
            .sub(h)
            .sub(l)
            .fma(a, b)
            .intoArray(y, yi + j + 3 * yrs);
      }
    }
    for (; i < m; i++) {
      int xi = xo + i * xrs;
      int yi = yo + i * yrs;
      for (int j = 0; j < bound; j += LANES) {
        FloatVector t =
            fromArray(FLOAT, x, xi + j)
                .sub(fromArray(FLOAT, high, j))
                .sub(fromArray(FLOAT, low, j));
        t.fma(fromArray(FLOAT, scale, j), fromArray(FLOAT, shift, j)).intoArray(y, yi + j);
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
        FloatVector t =
            fromArray(FLOAT, x, xi + j)
                .sub(fromArray(FLOAT, high, j))
                .sub(fromArray(FLOAT, low, j));
        fromArray(FLOAT, d, pi + j).fma(t, fromArray(FLOAT, s, j)).intoArray(s, j);
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
      FloatVector h = fromArray(FLOAT, high, j);
      FloatVector l = fromArray(FLOAT, low, j);
      FloatVector q0 = fromArray(FLOAT, d, p).mul(fromArray(FLOAT, x, o).sub(h).sub(l));
      FloatVector q01 =
          fromArray(FLOAT, d, p + prs).fma(fromArray(FLOAT, x, o + xrs).sub(h).sub(l), q0);
      FloatVector q2 =
          fromArray(FLOAT, d, p + 2 * prs).mul(fromArray(FLOAT, x, o + 2 * xrs).sub(h).sub(l));
      FloatVector q23 =
          fromArray(FLOAT, d, p + 3 * prs).fma(fromArray(FLOAT, x, o + 3 * xrs).sub(h).sub(l), q2);
      FloatVector q4 =
          fromArray(FLOAT, d, p + 4 * prs).mul(fromArray(FLOAT, x, o + 4 * xrs).sub(h).sub(l));
      FloatVector q45 =
          fromArray(FLOAT, d, p + 5 * prs).fma(fromArray(FLOAT, x, o + 5 * xrs).sub(h).sub(l), q4);
      FloatVector q6 =
          fromArray(FLOAT, d, p + 6 * prs).mul(fromArray(FLOAT, x, o + 6 * xrs).sub(h).sub(l));
      FloatVector q67 =
          fromArray(FLOAT, d, p + 7 * prs).fma(fromArray(FLOAT, x, o + 7 * xrs).sub(h).sub(l), q6);
      fromArray(FLOAT, s, j).add(q01.add(q23).add(q45.add(q67))).intoArray(s, j);
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
        FloatVector t =
            fromArray(FLOAT, x, xi + j)
                .sub(fromArray(FLOAT, high, j))
                .sub(fromArray(FLOAT, low, j));
        FloatVector centred = fromArray(FLOAT, d, pi + j).sub(fromArray(FLOAT, meanD, j));
        FloatVector bracket = t.neg().fma(fromArray(FLOAT, slope, j), centred);
        fromArray(FLOAT, scale, j).mul(bracket).intoArray(dx, dxi + j);
      }
    }
  }
}
