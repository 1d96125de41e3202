package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.LANES;

import java.util.Arrays;

/**
 * The canonical order of the moments of contiguous elements, such as a row.
 *
 * <p>Blocks as those of {@link ScalarReduce}. In a block the pivot is its mean, rounded, from a
 * first pass over x - x_0, which is exact where all elements are equal; a second pass sums x -
 * pivot and its square. A first element far from the rest as the pivot would cost the variance of a
 * long block most of its digits. Blocks merge as {@link ScalarColumns#merge}.
 */
public final class ScalarRowMoments {
  private ScalarRowMoments() {}

  /**
   * out ← pivot, Σ (x - pivot), Σ (x - pivot)² of one block, which has an element. The lanes are
   * work space.
   */
  public static void block(int n, float[] x, int xo, float[] lanes, float[] out) {
    float first = x[xo];
    Arrays.fill(lanes, 0, LANES, 0f);
    for (int i = 0; i < n; i++) {
      lanes[i % LANES] += x[xo + i] - first;
    }
    float pivot = pivot(first, ScalarReduce.fold(lanes, LANES / 2), n);
    Arrays.fill(lanes, 0, 2 * LANES, 0f);
    for (int i = 0; i < n; i++) {
      int l = i % LANES;
      float d = x[xo + i] - pivot;
      lanes[l] += d;
      lanes[LANES + l] = fma(d, d, lanes[LANES + l]);
    }
    out[0] = pivot;
    out[1] = ScalarReduce.fold(lanes, LANES / 2);
    System.arraycopy(lanes, LANES, lanes, 0, LANES);
    out[2] = ScalarReduce.fold(lanes, LANES / 2);
  }

  /** The mean of a block, rounded, from the sum of its elements less the first. */
  public static float pivot(float first, float sum, int n) {
    return (float) (first + sum / (double) n);
  }
}
