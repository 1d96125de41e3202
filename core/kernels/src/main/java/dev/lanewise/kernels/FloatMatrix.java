package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * A view of a {@code float[]} as a matrix: element (i, j) lies at {@code offset + i·rowStride +
 * j·columnStride}.
 *
 * <p>A view holds no elements. Transposing or slicing gives another view of the same array and
 * copies nothing. Strides are at least 0; a stride of 0 repeats a row or a column, which an input
 * may do and an output may not: an output's elements must be distinct. Every element that a view
 * can address lies inside its array, which the factory methods check once.
 */
public final class FloatMatrix implements Matrix, FloatFactor, Targets, Samples {
  private final float[] array;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private FloatMatrix(
      float[] array, int offset, int rows, int columns, int rowStride, int columnStride) {
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
  public static FloatMatrix of(float[] array, int rows, int columns) {
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
  public static FloatMatrix of(
      float[] array, int offset, int rows, int columns, int rowStride, int columnStride) {
    Checks.layout("FloatMatrix", array, offset, rows, columns, rowStride, columnStride);
    return new FloatMatrix(array, offset, rows, columns, rowStride, columnStride);
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
  public static FloatMatrix zeros(int rows, int columns) {
    return of(new float[Checks.size("FloatMatrix", rows, columns)], rows, columns);
  }

  /**
   * The array that holds the elements.
   *
   * @return the array itself, not a copy
   */
  @Override
  public float[] array() {
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
  public float get(int i, int j) {
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
  public void set(int i, int j, float value) {
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
  public FloatMatrix transpose() {
    return new FloatMatrix(array, offset, columns, rows, columnStride, rowStride);
  }

  /**
   * This row, column or number repeated until it has so many rows and columns: an input of element
   * by element operations. What is repeated has stride 0, so the view can be no output.
   *
   * @param rows as many as this has, or any number where this has 1
   * @param columns as many as this has, or any number where this has 1
   * @return the view
   * @throws IllegalArgumentException if this has other rows or columns, and not 1
   */
  public FloatMatrix broadcast(int rows, int columns) {
    Checks.notNegative("FloatMatrix.broadcast", "rows", rows);
    Checks.notNegative("FloatMatrix.broadcast", "columns", columns);
    if ((this.rows != rows && this.rows != 1) || (this.columns != columns && this.columns != 1)) {
      throw Checks.shape(
          "FloatMatrix.broadcast",
          "the matrix",
          Operands.shape(this),
          "the shape asked for",
          rows + "×" + columns,
          "what differs must be 1");
    }
    return new FloatMatrix(
        array,
        offset,
        rows,
        columns,
        this.rows == rows ? rowStride : 0,
        this.columns == columns ? columnStride : 0);
  }

  /**
   * The rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first row
   * @param to the row behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the rows
   */
  public FloatMatrix rows(int from, int to) {
    Checks.range("rows", from, to, rows);
    int start = from == to || columns == 0 ? offset : offset + from * rowStride;
    return new FloatMatrix(array, start, to - from, columns, rowStride, columnStride);
  }

  /**
   * The columns {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first column
   * @param to the column behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the columns
   */
  public FloatMatrix columns(int from, int to) {
    Checks.range("columns", from, to, columns);
    return transpose().rows(from, to).transpose();
  }

  /**
   * Row i as a one-dimensional view.
   *
   * @param i the row
   * @return the view
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public FloatSpan row(int i) {
    Checks.index("row", i, rows);
    int start = columns == 0 ? offset : offset + i * rowStride;
    return FloatSpan.of(array, start, columns, columnStride);
  }

  /**
   * Column j as a one-dimensional view.
   *
   * @param j the column
   * @return the view
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public FloatSpan column(int j) {
    Checks.index("column", j, columns);
    return transpose().row(j);
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
