package dev.lanewise.kernels;

/**
 * What {@link Reduce} makes of the elements of a row, a column or a whole matrix.
 *
 * <p><b>Order.</b> Along a row, blocks of 4096 elements; inside a block element i goes to virtual
 * lane i mod 64, lanes begin at +0 and fold l with l + 32, l + 16, ..., l + 1, and blocks fold
 * pairwise by index. A whole matrix is one row, its rows one behind the other. Down a column,
 * chunks of 64 rows; inside, groups of 4 rows as balanced trees added one after the other, and the
 * rows behind the last whole group one by one; chunks added first to last in double, rounded once
 * at the end.
 *
 * <p><b>Error.</b> u = 2^-24, without overflow. Of a sum s of n elements |s - exact| ≤ (7 +
 * n/64)·u· Σ|x| along a row of up to 4096, beyond it 70·u·Σ|x| and 1 more for each doubling; down a
 * column 20·u·Σ|x| + u·|s|.
 */
public enum Reduction {
  /** Σ x; +0 of no elements. */
  SUM,

  /** Σ x divided by the number of elements, which rounds once more; NaN of no elements. */
  MEAN,

  /**
   * Σ x²; +0 of no elements. Along a row each square is fused with its sum, down a column in a
   * group every other one is and the rest are rounded, behind the last group each is. The error is
   * that of a sum of squares with one more u, where no square underflows.
   */
  SUM_OF_SQUARES,

  /**
   * The largest element, exactly: any NaN gives NaN, +0 is above -0, and no elements give
   * -infinity.
   */
  MAX
}
