package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * A view of a {@code double[]} as a matrix: element (i, j) lies at {@code offset + i·rowStride +
 * j·columnStride}.
 *
 * <p>A view holds no elements. Transposing or slicing gives another view of the same array and
 * copies nothing. Strides are at least 0; a stride of 0 repeats a row or a column, which an input
 * may do and an output may not: an output's elements must be distinct. Every element that a view
 * can address lies inside its array, which the factory methods check once.
 */
public final class DoubleMatrix implements Matrix {
  private final double[] array;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private DoubleMatrix(
      double[] array, int offset, int rows, int columns, int rowStride, int columnStride) {
    this.array = array;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /**
   * A dense row-major matrix at the start of an array.
   *
   * @param array the elements
   * @param rows the number of rows
   * @param columns the number of columns
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if an extent is negative or the matrix reaches beyond the
   *     array
   */
  public static DoubleMatrix of(double[] array, int rows, int columns) {
    return of(array, 0, rows, columns, columns, 1);
  }

  /**
   * A view with any strides.
   *
   * @param array the elements
   * @param offset the index of element (0, 0)
   * @param rows the number of rows
   * @param columns the number of columns
   * @param rowStride the distance from one row to the next, in elements
   * @param columnStride the distance from one column to the next, in elements
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the matrix reaches beyond the array
   */
  public static DoubleMatrix of(
      double[] array, int offset, int rows, int columns, int rowStride, int columnStride) {
    Checks.layout("DoubleMatrix", array, offset, rows, columns, rowStride, columnStride);
    return new DoubleMatrix(array, offset, rows, columns, rowStride, columnStride);
  }

  /**
   * A new dense row-major matrix of zeros.
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @return the view of a new array
   * @throws IllegalArgumentException if an extent is negative or their product is beyond an array's
   *     length
   */
  public static DoubleMatrix zeros(int rows, int columns) {
    return of(new double[Checks.size("DoubleMatrix", rows, columns)], rows, columns);
  }

  /**
   * The array that holds the elements.
   *
   * @return the array itself, not a copy
   */
  @Override
  public double[] array() {
    return array;
  }

  /**
   * The index of element (0, 0) in the array.
   *
   * @return the offset
   */
  @Override
  public int offset() {
    return offset;
  }

  /**
   * The number of rows.
   *
   * @return the number of rows
   */
  @Override
  public int rows() {
    return rows;
  }

  /**
   * The number of columns.
   *
   * @return the number of columns
   */
  @Override
  public int columns() {
    return columns;
  }

  /**
   * The distance from an element to the one below it, in elements.
   *
   * @return the row stride
   */
  @Override
  public int rowStride() {
    return rowStride;
  }

  /**
   * The distance from an element to the one on its right, in elements.
   *
   * @return the column stride
   */
  @Override
  public int columnStride() {
    return columnStride;
  }

  /**
   * Element (i, j).
   *
   * @param i the row
   * @param j the column
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public double get(int i, int j) {
    return array[index(i, j)];
  }

  /**
   * Replaces element (i, j).
   *
   * @param i the row
   * @param j the column
   * @param value the new element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(int i, int j, double value) {
    array[index(i, j)] = value;
  }

  private int index(int i, int j) {
    Checks.index("row", i, rows);
    Checks.index("column", j, columns);
    return offset + i * rowStride + j * columnStride;
  }

  /**
   * The transposed view: element (i, j) of it is element (j, i) of this.
   *
   * @return the view
   */
  public DoubleMatrix transpose() {
    return new DoubleMatrix(array, offset, columns, rows, columnStride, rowStride);
  }

  /**
   * The rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first row
   * @param to the row behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the rows
   */
  public DoubleMatrix rows(int from, int to) {
    Checks.range("rows", from, to, rows);
    int start = from == to || columns == 0 ? offset : offset + from * rowStride;
    return new DoubleMatrix(array, start, to - from, columns, rowStride, columnStride);
  }

  /**
   * The columns {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first column
   * @param to the column behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the columns
   */
  public DoubleMatrix columns(int from, int to) {
    Checks.range("columns", from, to, columns);
    return transpose().rows(from, to).transpose();
  }

  /**
   * The layout in one line, for messages: extents, strides and offset, no elements.
   *
   * @return for example {@code 3×4 (strides 4, 1; offset 0)}
   */
  @Override
  public String toString() {
    return "%d×%d (strides %d, %d; offset %d)"
        .formatted(rows, columns, rowStride, columnStride, offset);
  }
}
