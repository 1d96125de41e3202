package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;
import static dev.lanewise.kernels.internal.vector.Species.wholeVectors;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarBatchNorm} element by element, for rows of unit column stride.
 *
 * <p>Coefficients lie one kind behind the other for each vector of columns: in arrays of their own,
 * those of 1024 columns share the sets of a cache with each other and with the rows. Two rows share
 * their loads, half a chunk apart, so that each of the two streams reads on where it left off:
 * neighbouring rows take turns in starting a page, which costs half as much again where matrices
 * come from memory (Zen 4).
 */
public final class VectorBatchNorm {
  private VectorBatchNorm() {}

  /** Puts coefficients into their places among so many kinds. */
  private static void interleave(int n, int kinds, int kind, float[] coefficients, float[] all) {
    int to = kind * LANES;
    int whole = n - n % LANES;
    for (int j = 0; j < whole; j += LANES, to += kinds * LANES) {
      fromArray(FLOAT, coefficients, j).intoArray(all, to);
    }
    if (whole < n) {
      Arrays.fill(all, to, to + LANES, 0f);
      System.arraycopy(coefficients, whole, all, to, n - whole);
    }
  }

  /** As {@link ScalarBatchNorm#normalise}. */
  public static void normalise(
      boolean rectified,
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      float[] high,
      float[] scale,
      float[] shift,
      float[] y,
      int yo,
      int yrs) {
    float[] c = Scratch.floats(3L * wholeVectors(n));
    interleave(n, 3, 0, high, c);
    interleave(n, 3, 1, scale, c);
    interleave(n, 3, 2, shift, c);
    int whole = n - n % LANES;
    float least = rectified ? 0f : Float.NEGATIVE_INFINITY; // nothing is below the latter
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      int half = rows / 2;
      int xi = xo + i * xrs;
      int yi = yo + i * yrs;
      normalisePairs(half, half, whole, x, xi, xrs, c, least, y, yi, yrs);
      if (rows % 2 == 1) { // a pair with itself
        int last = rows - 1;
        normalisePairs(1, 0, whole, x, xi + last * xrs, xrs, c, least, y, yi + last * yrs, yrs);
      }
      if (whole < n) {
        int rest = n - whole;
        normaliseRest(rows, rest, x, xi + whole, xrs, c, 3 * whole, least, y, yi + whole, yrs);
      }
    }
    Scratch.give(c);
  }

  /** Rows with those behind them at a distance; both are read before either is written. */
  private static void normalisePairs(
      int pairs,
      int distance,
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] c,
      float least,
      float[] y,
      int yo,
      int yrs) {
    for (int i = 0; i < pairs; i++) {
      int x0 = xo + i * xrs;
      int x1 = x0 + distance * xrs;
      int y0 = yo + i * yrs;
      int y1 = y0 + distance * yrs;
      for (int j = 0, k = 0; j < whole; j += LANES, k += 3 * LANES) {
        FloatVector high = fromArray(FLOAT, c, k);
        FloatVector scale = fromArray(FLOAT, c, k + LANES);
        FloatVector shift = fromArray(FLOAT, c, k + 2 * LANES);
        FloatVector u = fromArray(FLOAT, x, x0 + j).sub(high).fma(scale, shift);
        FloatVector v = fromArray(FLOAT, x, x1 + j).sub(high).fma(scale, shift);
        u.blend(0f, u.lt(least)).intoArray(y, y0 + j);
        v.blend(0f, v.lt(least)).intoArray(y, y1 + j);
      }
    }
  }

  private static void normaliseRest(
      int rows,
      int rest,
      float[] x,
      int xo,
      int xrs,
      float[] c,
      int co,
      float least,
      float[] y,
      int yo,
      int yrs) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    FloatVector high = fromArray(FLOAT, c, co);
    FloatVector scale = fromArray(FLOAT, c, co + LANES);
    FloatVector shift = fromArray(FLOAT, c, co + 2 * LANES);
    for (int i = 0; i < rows; i++) {
      FloatVector u = fromArray(FLOAT, x, xo + i * xrs, mask).sub(high).fma(scale, shift);
      u.blend(0f, u.lt(least)).intoArray(y, yo + i * yrs, mask);
    }
  }

  /** As {@link ScalarBatchNorm#backward}. */
  public static void backward(
      boolean rectified,
      boolean constant,
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
      float[] slope,
      float[] offset,
      float[] dx,
      int dxo,
      int dxrs) {
    float[] c = Scratch.floats(5L * wholeVectors(n));
    int kinds = rectified ? 5 : 4;
    interleave(n, kinds, 0, high, c);
    interleave(n, kinds, 1, scale, c);
    interleave(n, kinds, 2, slope, c);
    interleave(n, kinds, 3, offset, c);
    if (rectified) {
      interleave(n, kinds, 4, shift, c);
    }
    int whole = n - n % LANES;
    for (int i = 0; m - i > 0; i += CHUNK) {
      int rows = Math.min(CHUNK, m - i);
      int half = rows / 2;
      int xi = xo + i * xrs;
      int pi = po + i * prs;
      int dxi = dxo + i * dxrs;
      backwardPairs(
          rectified, constant, half, half, whole, x, xi, xrs, d, pi, prs, c, dx, dxi, dxrs);
      if (rows % 2 == 1) {
        int last = rows - 1;
        backwardPairs(
            rectified,
            constant,
            1,
            0,
            whole,
            x,
            xi + last * xrs,
            xrs,
            d,
            pi + last * prs,
            prs,
            c,
            dx,
            dxi + last * dxrs,
            dxrs);
      }
      if (whole < n) {
        backwardRest(
            rectified,
            constant,
            rows,
            n - whole,
            x,
            xi + whole,
            xrs,
            d,
            pi + whole,
            prs,
            c,
            kinds * whole,
            dx,
            dxi + whole,
            dxrs);
      }
    }
    Scratch.give(c);
  }

  private static void backwardPairs(
      boolean rectified,
      boolean constant,
      int pairs,
      int distance,
      int whole,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] c,
      float[] dx,
      int dxo,
      int dxrs) {
    for (int i = 0; i < pairs; i++) {
      int x0 = xo + i * xrs;
      int d0 = po + i * prs;
      int dx0 = dxo + i * dxrs;
      int x1 = x0 + distance * xrs;
      int d1 = d0 + distance * prs;
      int dx1 = dx0 + distance * dxrs;
      if (constant) {
        if (rectified) {
          rectifiedProducts(whole, x, x0, x1, d, d0, d1, c, dx, dx0, dx1);
        } else {
          products(whole, d, d0, d1, c, dx, dx0, dx1);
        }
      } else if (rectified) {
        rectifiedPair(whole, x, x0, x1, d, d0, d1, c, dx, dx0, dx1);
      } else {
        pair(whole, x, x0, x1, d, d0, d1, c, dx, dx0, dx1);
      }
    }
  }

  private static void pair(
      int whole,
      float[] x,
      int x0,
      int x1,
      float[] d,
      int d0,
      int d1,
      float[] c,
      float[] dx,
      int dx0,
      int dx1) {
    for (int j = 0, k = 0; j < whole; j += LANES, k += 4 * LANES) {
      FloatVector high = fromArray(FLOAT, c, k);
      FloatVector scale = fromArray(FLOAT, c, k + LANES);
      FloatVector slope = fromArray(FLOAT, c, k + 2 * LANES);
      FloatVector offset = fromArray(FLOAT, c, k + 3 * LANES);
      FloatVector u = fromArray(FLOAT, x, x0 + j).sub(high).fma(slope, offset);
      FloatVector v = fromArray(FLOAT, x, x1 + j).sub(high).fma(slope, offset);
      u = fromArray(FLOAT, d, d0 + j).fma(scale, u);
      v = fromArray(FLOAT, d, d1 + j).fma(scale, v);
      u.intoArray(dx, dx0 + j);
      v.intoArray(dx, dx1 + j);
    }
  }

  private static void rectifiedPair(
      int whole,
      float[] x,
      int x0,
      int x1,
      float[] d,
      int d0,
      int d1,
      float[] c,
      float[] dx,
      int dx0,
      int dx1) {
    for (int j = 0, k = 0; j < whole; j += LANES, k += 5 * LANES) {
      FloatVector high = fromArray(FLOAT, c, k);
      FloatVector scale = fromArray(FLOAT, c, k + LANES);
      FloatVector slope = fromArray(FLOAT, c, k + 2 * LANES);
      FloatVector offset = fromArray(FLOAT, c, k + 3 * LANES);
      FloatVector shift = fromArray(FLOAT, c, k + 4 * LANES);
      FloatVector t = fromArray(FLOAT, x, x0 + j).sub(high);
      FloatVector u = fromArray(FLOAT, d, d0 + j);
      u = u.blend(0f, t.fma(scale, shift).compare(VectorOperators.LE, 0f));
      u = u.fma(scale, t.fma(slope, offset));
      t = fromArray(FLOAT, x, x1 + j).sub(high);
      FloatVector v = fromArray(FLOAT, d, d1 + j);
      v = v.blend(0f, t.fma(scale, shift).compare(VectorOperators.LE, 0f));
      v = v.fma(scale, t.fma(slope, offset));
      u.intoArray(dx, dx0 + j);
      v.intoArray(dx, dx1 + j);
    }
  }

  private static void products(
      int whole, float[] d, int d0, int d1, float[] c, float[] dx, int dx0, int dx1) {
    for (int j = 0, k = 0; j < whole; j += LANES, k += 4 * LANES) {
      FloatVector scale = fromArray(FLOAT, c, k + LANES);
      FloatVector u = fromArray(FLOAT, d, d0 + j).mul(scale);
      FloatVector v = fromArray(FLOAT, d, d1 + j).mul(scale);
      u.intoArray(dx, dx0 + j);
      v.intoArray(dx, dx1 + j);
    }
  }

  private static void rectifiedProducts(
      int whole,
      float[] x,
      int x0,
      int x1,
      float[] d,
      int d0,
      int d1,
      float[] c,
      float[] dx,
      int dx0,
      int dx1) {
    for (int j = 0, k = 0; j < whole; j += LANES, k += 5 * LANES) {
      FloatVector high = fromArray(FLOAT, c, k);
      FloatVector scale = fromArray(FLOAT, c, k + LANES);
      FloatVector shift = fromArray(FLOAT, c, k + 4 * LANES);
      FloatVector z0 = fromArray(FLOAT, x, x0 + j).sub(high).fma(scale, shift);
      FloatVector z1 = fromArray(FLOAT, x, x1 + j).sub(high).fma(scale, shift);
      FloatVector u = fromArray(FLOAT, d, d0 + j);
      FloatVector v = fromArray(FLOAT, d, d1 + j);
      u = u.blend(0f, z0.compare(VectorOperators.LE, 0f)).mul(scale);
      v = v.blend(0f, z1.compare(VectorOperators.LE, 0f)).mul(scale);
      u.intoArray(dx, dx0 + j);
      v.intoArray(dx, dx1 + j);
    }
  }

  private static void backwardRest(
      boolean rectified,
      boolean constant,
      int rows,
      int rest,
      float[] x,
      int xo,
      int xrs,
      float[] d,
      int po,
      int prs,
      float[] c,
      int co,
      float[] dx,
      int dxo,
      int dxrs) {
    VectorMask<Float> mask = FLOAT.indexInRange(0, rest);
    FloatVector high = fromArray(FLOAT, c, co);
    FloatVector scale = fromArray(FLOAT, c, co + LANES);
    FloatVector slope = fromArray(FLOAT, c, co + 2 * LANES);
    FloatVector offset = fromArray(FLOAT, c, co + 3 * LANES);
    FloatVector shift = fromArray(FLOAT, c, co + (rectified ? 4 * LANES : 0));
    float most = rectified ? 0f : Float.NaN; // nothing is at most the latter
    for (int i = 0; i < rows; i++) {
      FloatVector t = fromArray(FLOAT, x, xo + i * xrs, mask).sub(high);
      FloatVector u = fromArray(FLOAT, d, po + i * prs, mask);
      u = u.blend(0f, t.fma(scale, shift).compare(VectorOperators.LE, most));
      if (constant) {
        u.mul(scale).intoArray(dx, dxo + i * dxrs, mask);
      } else {
        u.fma(scale, t.fma(slope, offset)).intoArray(dx, dxo + i * dxrs, mask);
      }
    }
  }
}
