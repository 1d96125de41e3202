package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

import java.util.Arrays;

/**
 * The canonical order of a reduction along a row.
 *
 * <p>Blocks of {@value #BLOCK} elements; inside a block element i goes to virtual lane i mod
 * {@value #LANES}, lanes start at +0 and fold halves, l with l + LANES/2, ..., l + 1; blocks fold
 * pairwise by index. Every vector width that divides the lanes can follow this order without moving
 * an element.
 */
public final class ScalarReduce {
  /** Elements of one block. */
  public static final int BLOCK = 4096;

  /** Virtual lanes of a block, 2048 bits. */
  public static final int LANES = 2048 / Float.SIZE;

  /** Length of the work space: the lanes, and an element for each. */
  public static final int WORK = 2 * LANES;

  private ScalarReduce() {}

  /** How many of more than one block's elements belong to the left part of the last fold. */
  public static int leftPart(int n) {
    int blocks = (n - 1) / BLOCK + 1;
    return Integer.highestOneBit(blocks - 1) * BLOCK;
  }

  /** Folds the sums of blocks pairwise by index, as a whole row does. */
  public static float foldBlocks(float[] sums, int from, int count) {
    if (count <= 1) {
      return count == 0 ? 0f : sums[from];
    }
    int left = Integer.highestOneBit(count - 1);
    return foldBlocks(sums, from, left) + foldBlocks(sums, from + left, count - left);
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
    for (; xs == 1 && i <= n - LANES; i += LANES) {
      System.arraycopy(x, xo + i, lanes, LANES, LANES);
      for (int l = 0; l < LANES; l++) {
        lanes[l] += lanes[LANES + l];
      }
    }
    for (; i < n; i++) {
      lanes[i % LANES] += x[xo + i * xs];
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
    int whole = 0;
    if (xs == 1 && ys == 1) {
      whole = n - n % LANES;
      for (int l = 0; l < LANES; l += 4) {
        addProductsToFour(alpha, x, xo, y, yo, whole, lanes, l);
      }
    }
    addProducts(alpha, x, xo + whole * xs, xs, y, yo + whole * ys, ys, n - whole, lanes, 0);
    return fold(lanes, LANES / 2);
  }

  /** Adds the products of four lanes, kept in registers, over whole turns of the lanes. */
  private static void addProductsToFour(
      float alpha, float[] x, int xo, float[] y, int yo, int n, float[] lanes, int lane) {
    float s0 = lanes[lane];
    float s1 = lanes[lane + 1];
    float s2 = lanes[lane + 2];
    float s3 = lanes[lane + 3];
    int xl = xo + lane;
    int yl = yo + lane;
    for (int i = 0; i < n; i += LANES) {
      s0 = fma(alpha * x[xl + i], y[yl + i], s0);
      s1 = fma(alpha * x[xl + i + 1], y[yl + i + 1], s1);
      s2 = fma(alpha * x[xl + i + 2], y[yl + i + 2], s2);
      s3 = fma(alpha * x[xl + i + 3], y[yl + i + 3], s3);
    }
    lanes[lane] = s0;
    lanes[lane + 1] = s1;
    lanes[lane + 2] = s2;
    lanes[lane + 3] = s3;
  }

  /** Adds products to the lanes from {@code lane} on: a part of a dot product inside one block. */
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
    for (int i = 0; i < n; i++) {
      int l = (lane + i) % LANES;
      lanes[l] = fma(alpha * x[xo + i * xs], y[yo + i * ys], lanes[l]);
    }
  }
}
