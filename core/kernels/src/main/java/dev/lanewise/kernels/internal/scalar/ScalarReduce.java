package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import java.util.Arrays;

/**
 * The canonical order of a reduction along a row.
 *
 * <p>Blocks of {@value #BLOCK} elements; inside a block element i goes to virtual lane i mod
 * {@value #LANES}, lanes start at +0 and fold l with l + 32, l + 16, ..., l + 1; blocks fold
 * pairwise by index. Every vector width from 4 to 64 lanes can follow this order without moving an
 * element.
 */
public final class ScalarReduce {
  /** Elements of one block. */
  public static final int BLOCK = 4096;

  /** Virtual lanes of a block. */
  public static final int LANES = 64;

  /** Length of the work space: the lanes, and an element of either operand for each. */
  public static final int WORK = 3 * LANES;

  private ScalarReduce() {}

  /** How many of more than one block's elements belong to the left part of the last fold. */
  public static int leftPart(int n) {
    int blocks = (n - 1) / BLOCK + 1;
    return Integer.highestOneBit(blocks - 1) * BLOCK;
  }

  /** Folds the first 2·half virtual lanes; they are overwritten. */
  public static float fold(float[] lanes, int half) {
    for (; half >= 1; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }

  /** Σ x. The lanes are work space of {@value #WORK} elements. */
  public static float sum(float[] x, int xo, int xs, int n, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return sum(x, xo, xs, left, lanes) + sum(x, xo + left * xs, xs, n - left, lanes);
    }
    Arrays.fill(lanes, 0, LANES, 0f);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xo + i * xs, xs, lanes, LANES);
      for (int l = 0; l < LANES; l++) {
        lanes[l] += lanes[LANES + l];
      }
    }
    for (int l = 0; i < n; i++, l++) {
      lanes[l] += x[xo + i * xs];
    }
    return fold(lanes, LANES / 2);
  }

  /** Σ (alpha·x)·y, each product fused into its lane; alpha·x is rounded. */
  public static float dot(
      float alpha, float[] x, int xo, int xs, float[] y, int yo, int ys, int n, float[] lanes) {
    if (n > BLOCK) {
      int left = leftPart(n);
      return dot(alpha, x, xo, xs, y, yo, ys, left, lanes)
          + dot(alpha, x, xo + left * xs, xs, y, yo + left * ys, ys, n - left, lanes);
    }
    Arrays.fill(lanes, 0, LANES, 0f);
    addProducts(alpha, x, xo, xs, y, yo, ys, n, lanes, 0);
    return fold(lanes, LANES / 2);
  }

  /**
   * Adds products to the lanes from {@code lane} on: the part of a dot product inside one block.
   * They end in the last lane or before it unless they start in the first.
   */
  public static void addProducts(
      float alpha,
      float[] x,
      int xo,
      int xs,
      float[] y,
      int yo,
      int ys,
      int n,
      float[] lanes,
      int lane) {
    int i = 0;
    for (; lane == 0 && i <= n - LANES; i += LANES) {
      load(x, xo + i * xs, xs, lanes, LANES);
      load(y, yo + i * ys, ys, lanes, 2 * LANES);
      for (int l = 0; l < LANES; l++) {
        lanes[l] = fma(alpha * lanes[LANES + l], lanes[2 * LANES + l], lanes[l]);
      }
    }
    for (int l = lane; i < n; i++, l++) {
      lanes[l] = fma(alpha * x[xo + i * xs], y[yo + i * ys], lanes[l]);
    }
  }

  /** Copies one element per lane behind the lanes, where a loop over both vectorises. */
  private static void load(float[] x, int xo, int xs, float[] lanes, int to) {
    if (xs == 1) {
      System.arraycopy(x, xo, lanes, to, LANES);
      return;
    }
    for (int l = 0; l < LANES; l++) {
      lanes[to + l] = x[xo + l * xs];
    }
  }
}
