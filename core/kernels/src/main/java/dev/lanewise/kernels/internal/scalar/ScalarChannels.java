package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.LANES;

import java.util.Arrays;

/**
 * Batch normalisation of contiguous elements of one channel: {@link ScalarBatchNorm} with the same
 * coefficients for all of them, and sums in the order of {@link ScalarReduce}.
 *
 * <p>An output below {@code least} becomes 0, and a gradient counts as 0 where the output is at
 * most {@code most}: 0 both where outputs are rectified, else -infinity and NaN.
 */
public final class ScalarChannels {
  private ScalarChannels() {}

  /** y = fma(x - high, scale, shift). */
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
    for (int j = 0; j < n; j++) {
      float z = fma(x[xo + j] - high, scale, shift);
      y[yo + j] = z < least ? 0f : z;
    }
  }

  /** out ← Σ d, Σ d·(x - high) of one block. The lanes are work space. */
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
    Arrays.fill(lanes, 0, 2 * LANES, 0f);
    for (int j = 0; j < n; j++) {
      int l = j % LANES;
      float t = x[xo + j] - high;
      float e = fma(t, scale, shift) <= most ? 0f : d[po + j];
      lanes[l] += e;
      lanes[LANES + l] = fma(e, t, lanes[LANES + l]);
    }
    out[0] = ScalarReduce.fold(lanes, LANES / 2);
    System.arraycopy(lanes, LANES, lanes, 0, LANES);
    out[1] = ScalarReduce.fold(lanes, LANES / 2);
  }

  /** dx = fma(d, scale, fma(x - high, slope, offset)). */
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
    for (int j = 0; j < n; j++) {
      float t = x[xo + j] - high;
      float e = fma(t, scale, shift) <= most ? 0f : d[po + j];
      dx[dxo + j] = fma(e, scale, fma(t, slope, offset));
    }
  }

  /** dx = d·scale, for statistics that are constants. */
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
    for (int j = 0; j < n; j++) {
      float e = fma(x[xo + j] - high, scale, shift) <= most ? 0f : d[po + j];
      dx[dxo + j] = e * scale;
    }
  }
}
