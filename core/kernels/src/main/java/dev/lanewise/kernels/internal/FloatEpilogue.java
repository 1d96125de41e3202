package dev.lanewise.kernels.internal;

/**
 * What follows a product, element by element: c ← c + bias[i][j], if there is a bias, then c ← c <
 * 0 ? 0 : c, if it is rectified.
 */
public final class FloatEpilogue {
  /** The elements of the bias, or null. */
  public final float[] bias;

  /** The index of the bias of element (0, 0). */
  public final int offset;

  /** The distance from the bias of a row to that of the next. */
  public final int rowStride;

  /** The distance from the bias of a column to that of the next. */
  public final int columnStride;

  /** Whether negative sums become 0. */
  public final boolean rectified;

  /** The same for the transposed product. */
  public final FloatEpilogue transposed;

  /** An epilogue. */
  public FloatEpilogue(
      float[] bias, int offset, int rowStride, int columnStride, boolean rectified) {
    this(bias, offset, rowStride, columnStride, rectified, null);
  }

  private FloatEpilogue(
      float[] bias,
      int offset,
      int rowStride,
      int columnStride,
      boolean rectified,
      FloatEpilogue other) {
    this.bias = bias;
    this.offset = offset;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    this.rectified = rectified;
    this.transposed =
        other != null
            ? other
            : new FloatEpilogue(bias, offset, columnStride, rowStride, rectified, this);
  }
}
