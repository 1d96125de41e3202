package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * A view of a {@code float[]} as equal matrices: element (i, j) of matrix p lies at {@code offset +
 * p·stride + i·rowStride + j·columnStride}.
 *
 * <p>Strides are at least 0. A stride of 0 repeats a matrix, a row or a column, which an input may
 * do and an output may not. Every element that a view can address lies inside its array, which the
 * factory methods check once.
 */
public final class FloatBatch implements Samples {
  private static final String NAME = "FloatBatch";

  private final float[] array;
  private final int offset;
  private final int size;
  private final int stride;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private FloatBatch(
      float[] array,
      int offset,
      int size,
      int stride,
      int rows,
      int columns,
      int rowStride,
      int columnStride) {
    this.array = array;
    this.offset = offset;
    this.size = size;
    this.stride = stride;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /**
   * Dense row-major matrices, one behind the other from the start of an array.
   *
   * @param array the elements
   * @param size the number of matrices
   * @param rows the rows of each
   * @param columns the columns of each
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the matrices reach beyond the array
   */
  public static FloatBatch of(float[] array, int size, int rows, int columns) {
    int stride = Checks.size(NAME, rows, columns);
    return of(array, 0, size, stride, rows, columns, columns, 1);
  }

  /**
   * Matrices with any strides.
   *
   * @param array the elements
   * @param offset the index of element (0, 0) of the first matrix
   * @param size the number of matrices
   * @param stride the distance from one matrix to the next, in elements
   * @param rows the rows of each
   * @param columns the columns of each
   * @param rowStride the distance from one row to the next, in elements
   * @param columnStride the distance from one column to the next, in elements
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the matrices reach beyond the array
   */
  public static FloatBatch of(
      float[] array,
      int offset,
      int size,
      int stride,
      int rows,
      int columns,
      int rowStride,
      int columnStride) {
    Checks.layout(NAME, array, offset, size, stride, rows, columns, rowStride, columnStride);
    return new FloatBatch(array, offset, size, stride, rows, columns, rowStride, columnStride);
  }

  /**
   * The array that holds the elements.
   *
   * @return the array itself, not a copy
   */
  public float[] array() {
    return array;
  }

  /**
   * The index of element (0, 0) of the first matrix in the array.
   *
   * @return the offset
   */
  public int offset() {
    return offset;
  }

  /**
   * The number of matrices.
   *
   * @return the number of matrices
   */
  public int size() {
    return size;
  }

  /**
   * The distance from an element of a matrix to that of the next matrix, in elements.
   *
   * @return the stride
   */
  public int stride() {
    return stride;
  }

  /**
   * The number of rows of each matrix.
   *
   * @return the number of rows
   */
  public int rows() {
    return rows;
  }

  /**
   * The number of columns of each matrix.
   *
   * @return the number of columns
   */
  public int columns() {
    return columns;
  }

  /**
   * The distance from an element to the one below it, in elements.
   *
   * @return the row stride
   */
  public int rowStride() {
    return rowStride;
  }

  /**
   * The distance from an element to the one on its right, in elements.
   *
   * @return the column stride
   */
  public int columnStride() {
    return columnStride;
  }

  /**
   * Matrix p.
   *
   * @param p which
   * @return the view of it
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public FloatMatrix get(int p) {
    Checks.index("matrix", p, size);
    int start = rows == 0 || columns == 0 ? offset : offset + p * stride;
    return FloatMatrix.of(array, start, rows, columns, rowStride, columnStride);
  }

  /**
   * The transposed matrices.
   *
   * @return the view
   */
  public FloatBatch transpose() {
    return new FloatBatch(array, offset, size, stride, columns, rows, columnStride, rowStride);
  }

  /**
   * The layout in one line, for messages: extents, strides and offset, no elements.
   *
   * @return for example {@code 7 times 3×4 (strides 12; 4, 1; offset 0)}
   */
  @Override
  public String toString() {
    return "%d times %d×%d (strides %d; %d, %d; offset %d)"
        .formatted(size, rows, columns, stride, rowStride, columnStride, offset);
  }
}
