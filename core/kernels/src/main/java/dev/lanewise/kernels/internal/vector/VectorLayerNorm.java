package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarLayerNorm.COEFFICIENTS;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.scalar.ScalarLayerNorm;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarLayerNorm} on vectors. */
public final class VectorLayerNorm {
  private static final int VIRTUAL = ScalarReduce.LANES;

  private VectorLayerNorm() {}

  /** As {@link ScalarLayerNorm#normalise}. */
  public static void normalise(
      int n, float[] c, int co, float[] gamma, float[] beta, float[] x, int xo, float[] y, int yo) {
    FloatVector high = FloatVector.broadcast(FLOAT, c[co]);
    FloatVector inverse = FloatVector.broadcast(FLOAT, c[co + 1]);
    FloatVector low = FloatVector.broadcast(FLOAT, c[co + 2]);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector xhat = fromArray(FLOAT, x, xo + j).sub(high).fma(inverse, low);
      xhat.fma(fromArray(FLOAT, gamma, j), fromArray(FLOAT, beta, j)).intoArray(y, yo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector xhat = fromArray(FLOAT, x, xo + whole, mask).sub(high).fma(inverse, low);
      FloatVector g = fromArray(FLOAT, gamma, whole, mask);
      xhat.fma(g, fromArray(FLOAT, beta, whole, mask)).intoArray(y, yo + whole, mask);
    }
  }

  /** As {@link ScalarLayerNorm#scale}. */
  public static void scale(
      int n, float inverse, float[] gamma, float[] x, int xo, float[] y, int yo) {
    FloatVector r = FloatVector.broadcast(FLOAT, inverse);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      fromArray(FLOAT, x, xo + j).mul(r).mul(fromArray(FLOAT, gamma, j)).intoArray(y, yo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector g = fromArray(FLOAT, gamma, whole, mask);
      fromArray(FLOAT, x, xo + whole, mask).mul(r).mul(g).intoArray(y, yo + whole, mask);
    }
  }

  /** As {@link ScalarLayerNorm#gradientSums}. */
  public static void gradientSums(
      int n,
      float[] c,
      int co,
      float[] gamma,
      int go,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] lanes,
      float[] out) {
    int turns = n - n % VIRTUAL;
    for (int l = 0; l < VIRTUAL; l += 4 * LANES) {
      addFour(turns, c, co, gamma, go + l, x, xo + l, d, po + l, lanes, l);
    }
    FloatVector high = FloatVector.broadcast(FLOAT, c[co]);
    FloatVector inverse = FloatVector.broadcast(FLOAT, c[co + 1]);
    FloatVector low = FloatVector.broadcast(FLOAT, c[co + 2]);
    for (int i = turns, l = 0; i < n; i += LANES, l += LANES) {
      VectorMask<Float> mask = FLOAT.indexInRange(i, n);
      FloatVector g = fromArray(FLOAT, gamma, go + i, mask);
      g = g.mul(fromArray(FLOAT, d, po + i, mask));
      FloatVector xhat = fromArray(FLOAT, x, xo + i, mask).sub(high).fma(inverse, low);
      fromArray(FLOAT, lanes, l).add(g).intoArray(lanes, l, mask);
      g.fma(xhat, fromArray(FLOAT, lanes, VIRTUAL + l)).intoArray(lanes, VIRTUAL + l, mask);
    }
    out[0] = VectorReduce.fold(lanes, 0);
    out[1] = VectorReduce.fold(lanes, VIRTUAL);
  }

  /**
   * Both sums in four vectors of lanes each, over whole turns of the lanes. What is left behind
   * them stands apart: C1 has no registers for a method of both, and does not compile it with the
   * profile that C2 waits for.
   */
  private static void addFour(
      int n,
      float[] c,
      int co,
      float[] gamma,
      int go,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] lanes,
      int lane) {
    FloatVector high = FloatVector.broadcast(FLOAT, c[co]);
    FloatVector inverse = FloatVector.broadcast(FLOAT, c[co + 1]);
    FloatVector low = FloatVector.broadcast(FLOAT, c[co + 2]);
    FloatVector s0 = FloatVector.zero(FLOAT);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector q0 = s0;
    FloatVector q1 = s0;
    FloatVector q2 = s0;
    FloatVector q3 = s0;
    for (int i = 0; i < n; i += VIRTUAL) {
      int k = go + i;
      int o = xo + i;
      int p = po + i;
      FloatVector g0 = fromArray(FLOAT, gamma, k).mul(fromArray(FLOAT, d, p));
      FloatVector g1 = fromArray(FLOAT, gamma, k + LANES).mul(fromArray(FLOAT, d, p + LANES));
      FloatVector g2 =
          fromArray(FLOAT, gamma, k + 2 * LANES).mul(fromArray(FLOAT, d, p + 2 * LANES));
      FloatVector g3 =
          fromArray(FLOAT, gamma, k + 3 * LANES).mul(fromArray(FLOAT, d, p + 3 * LANES));
      s0 = s0.add(g0);
      s1 = s1.add(g1);
      s2 = s2.add(g2);
      s3 = s3.add(g3);
      q0 = g0.fma(fromArray(FLOAT, x, o).sub(high).fma(inverse, low), q0);
      q1 = g1.fma(fromArray(FLOAT, x, o + LANES).sub(high).fma(inverse, low), q1);
      q2 = g2.fma(fromArray(FLOAT, x, o + 2 * LANES).sub(high).fma(inverse, low), q2);
      q3 = g3.fma(fromArray(FLOAT, x, o + 3 * LANES).sub(high).fma(inverse, low), q3);
    }
    VectorReduce.store(s0, s1, s2, s3, lanes, lane);
    VectorReduce.store(q0, q1, q2, q3, lanes, VIRTUAL + lane);
  }

  /** As {@link ScalarLayerNorm#backward}. */
  public static void backward(
      int n,
      float[] c,
      int co,
      float mean,
      float slope,
      float[] gamma,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] dx,
      int dxo) {
    FloatVector high = FloatVector.broadcast(FLOAT, c[co]);
    FloatVector inverse = FloatVector.broadcast(FLOAT, c[co + 1]);
    FloatVector low = FloatVector.broadcast(FLOAT, c[co + 2]);
    FloatVector k = FloatVector.broadcast(FLOAT, slope);
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES) {
      FloatVector xhat = fromArray(FLOAT, x, xo + j).sub(high).fma(inverse, low);
      FloatVector g = fromArray(FLOAT, gamma, j).mul(fromArray(FLOAT, d, po + j));
      xhat.neg().fma(k, g.sub(mean)).mul(inverse).intoArray(dx, dxo + j);
    }
    if (whole < n) {
      VectorMask<Float> mask = FLOAT.indexInRange(whole, n);
      FloatVector xhat = fromArray(FLOAT, x, xo + whole, mask).sub(high).fma(inverse, low);
      FloatVector g = fromArray(FLOAT, d, po + whole, mask);
      g = fromArray(FLOAT, gamma, whole, mask).mul(g);
      xhat.neg().fma(k, g.sub(mean)).mul(inverse).intoArray(dx, dxo + whole, mask);
    }
  }

  /** As {@link ScalarLayerNorm#addColumnSums}. */
  public static void addColumnSums(
      int rows,
      int n,
      float[] c,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] s,
      int so,
      int plane) {
    int whole = n - n % LANES;
    if (rows == GROUP) {
      addGroup(whole, c, x, xo, xrs, d, po, prs, s, so, plane);
    } else {
      for (int i = 0; i < rows; i++) {
        addRow(whole, c, i * COEFFICIENTS, x, xo + i * xrs, d, po + i * prs, s, so, plane);
      }
    }
    if (whole < n) {
      int rest = n - whole;
      ScalarLayerNorm.addColumnSums(
          rows, rest, c, x, xo + whole, xrs, d, po + whole, prs, s, so + whole, plane);
    }
  }

  private static void addGroup(
      int whole,
      float[] c,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] s,
      int so,
      int plane) {
    FloatVector high0 = FloatVector.broadcast(FLOAT, c[0]);
    FloatVector inverse0 = FloatVector.broadcast(FLOAT, c[1]);
    FloatVector low0 = FloatVector.broadcast(FLOAT, c[2]);
    FloatVector high1 = FloatVector.broadcast(FLOAT, c[3]);
    FloatVector inverse1 = FloatVector.broadcast(FLOAT, c[4]);
    FloatVector low1 = FloatVector.broadcast(FLOAT, c[5]);
    FloatVector high2 = FloatVector.broadcast(FLOAT, c[6]);
    FloatVector inverse2 = FloatVector.broadcast(FLOAT, c[7]);
    FloatVector low2 = FloatVector.broadcast(FLOAT, c[8]);
    FloatVector high3 = FloatVector.broadcast(FLOAT, c[9]);
    FloatVector inverse3 = FloatVector.broadcast(FLOAT, c[10]);
    FloatVector low3 = FloatVector.broadcast(FLOAT, c[11]);
    for (int j = 0; j < whole; j += LANES) {
      int o = xo + j;
      int p = po + j;
      FloatVector d0 = fromArray(FLOAT, d, p);
      FloatVector d1 = fromArray(FLOAT, d, p + prs);
      FloatVector d2 = fromArray(FLOAT, d, p + 2 * prs);
      FloatVector d3 = fromArray(FLOAT, d, p + 3 * prs);
      FloatVector sum = d0.add(d1).add(d2.add(d3));
      FloatVector q0 = d0.mul(fromArray(FLOAT, x, o).sub(high0).fma(inverse0, low0));
      q0 = d1.fma(fromArray(FLOAT, x, o + xrs).sub(high1).fma(inverse1, low1), q0);
      FloatVector q1 = d2.mul(fromArray(FLOAT, x, o + 2 * xrs).sub(high2).fma(inverse2, low2));
      q1 = d3.fma(fromArray(FLOAT, x, o + 3 * xrs).sub(high3).fma(inverse3, low3), q1);
      fromArray(FLOAT, s, so + j).add(sum).intoArray(s, so + j);
      int k = so + plane + j;
      fromArray(FLOAT, s, k).add(q0.add(q1)).intoArray(s, k);
    }
  }

  private static void addRow(
      int whole,
      float[] c,
      int co,
      float[] x,
      int xo,
      float[] d,
      int po,
      float[] s,
      int so,
      int plane) {
    FloatVector high = FloatVector.broadcast(FLOAT, c[co]);
    FloatVector inverse = FloatVector.broadcast(FLOAT, c[co + 1]);
    FloatVector low = FloatVector.broadcast(FLOAT, c[co + 2]);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector xhat = fromArray(FLOAT, x, xo + j).sub(high).fma(inverse, low);
      FloatVector e = fromArray(FLOAT, d, po + j);
      fromArray(FLOAT, s, so + j).add(e).intoArray(s, so + j);
      int k = so + plane + j;
      e.fma(xhat, fromArray(FLOAT, s, k)).intoArray(s, k);
    }
  }
}
