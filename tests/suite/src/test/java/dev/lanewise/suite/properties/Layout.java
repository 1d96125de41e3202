package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import java.util.Arrays;

/** How a matrix or a span lies in its array. */
public enum Layout {
  /** Row-major without gaps. */
  DENSE,
  /** Contiguous rows with gaps between them, behind an offset. */
  PADDED,
  /** Contiguous columns. */
  TRANSPOSED,
  /** Gaps between all elements. */
  STRIDED;

  /** A matrix of NaN with NaN in the gaps: what is read by mistake, or left unwritten, shows. */
  public FloatMatrix matrix(int rows, int columns) {
    return switch (this) {
      case DENSE -> matrix(0, rows, columns, columns, 1);
      case PADDED -> matrix(3, rows, columns, columns + 5, 1);
      case TRANSPOSED -> matrix(0, rows, columns, 1, rows);
      case STRIDED -> matrix(2, rows, columns, 2 * columns + 1, 2);
    };
  }

  private static FloatMatrix matrix(
      int offset, int rows, int columns, int rowStride, int columnStride) {
    int last = offset + Math.max(rows - 1, 0) * rowStride + Math.max(columns - 1, 0) * columnStride;
    return FloatMatrix.of(nans(last + 1), offset, rows, columns, rowStride, columnStride);
  }

  /** A span of NaN with NaN in the gaps; contiguous unless this is {@link #STRIDED}. */
  public FloatSpan span(int length) {
    int stride = this == STRIDED ? 3 : 1;
    int offset = this == PADDED ? 2 : 0;
    return FloatSpan.of(nans(offset + length * stride), offset, length, stride);
  }

  private static float[] nans(int length) {
    float[] array = new float[length];
    Arrays.fill(array, Float.NaN);
    return array;
  }
}
