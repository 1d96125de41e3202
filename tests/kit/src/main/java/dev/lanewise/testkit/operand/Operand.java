package dev.lanewise.testkit.operand;

import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.Locale;

/**
 * A matrix inside an array: element (i, j) is {@code array[offset + i·rowStride + j·columnStride]}.
 * A vector is a matrix of one row.
 *
 * <p>An engine that works on such views takes {@link #array()}, {@link #offset()} and the strides;
 * one that works on dense arrays takes {@link #toArray()} and gives its result back by {@link
 * #assign}.
 */
public final class Operand {
  private final float[] array;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  /**
   * A view.
   *
   * @param array where the elements are; not copied
   * @param offset the index of element (0, 0)
   * @param rows the number of rows
   * @param columns the number of columns
   * @param rowStride the distance from one row to the next
   * @param columnStride the distance from one column to the next
   * @throws IllegalArgumentException if a figure is negative or an element outside the array
   */
  public Operand(
      float[] array, int offset, int rows, int columns, int rowStride, int columnStride) {
    this.array = Checks.notNull("Operand", "array", array);
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    boolean empty = rows == 0 || columns == 0;
    long last = offset + (rows - 1L) * rowStride + (columns - 1L) * columnStride;
    if (Math.min(Math.min(offset, rows), columns) < 0
        || Math.min(rowStride, columnStride) < 0
        || (empty ? offset > array.length : last >= array.length)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Operand: %s in an array of %d", this, array.length));
    }
  }

  /**
   * A dense row-major matrix.
   *
   * @param array the elements; not copied
   * @param rows the number of rows
   * @param columns the number of columns
   * @return element (i, j) is {@code array[i·columns + j]}
   * @throws IllegalArgumentException if an extent is negative or the array too short
   */
  public static Operand dense(float[] array, int rows, int columns) {
    return new Operand(array, 0, rows, columns, columns, 1);
  }

  /**
   * Where the elements are, with whatever lies around them.
   *
   * @return the array itself
   */
  public float[] array() {
    return array;
  }

  /**
   * The index of element (0, 0).
   *
   * @return at least 0
   */
  public int offset() {
    return offset;
  }

  /**
   * The number of rows.
   *
   * @return at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * The number of columns.
   *
   * @return at least 0
   */
  public int columns() {
    return columns;
  }

  /**
   * The distance from one row to the next; of a dense row-major matrix the number of columns.
   *
   * @return at least 0
   */
  public int rowStride() {
    return rowStride;
  }

  /**
   * The distance from one column to the next; of a row-major matrix 1.
   *
   * @return at least 0
   */
  public int columnStride() {
    return columnStride;
  }

  /**
   * Element (row, column).
   *
   * @param row the row, from 0
   * @param column the column, from 0
   * @return its value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int row, int column) {
    return array[index(row, column)];
  }

  /**
   * Changes element (row, column).
   *
   * @param row the row, from 0
   * @param column the column, from 0
   * @param value its new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(int row, int column, float value) {
    array[index(row, column)] = value;
  }

  private int index(int row, int column) {
    Checks.index("Operand", "row", row, rows);
    Checks.index("Operand", "column", column, columns);
    return offset + row * rowStride + column * columnStride;
  }

  /**
   * The elements as a dense row-major array.
   *
   * @return a new array of rows · columns elements
   * @throws IllegalArgumentException if rows and columns repeat so often that no array holds them
   */
  public float[] toArray() {
    float[] dense = new float[Extents.size("Operand", rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        dense[i * columns + j] = get(i, j);
      }
    }
    return dense;
  }

  /**
   * The elements as a dense row-major array of doubles, exactly.
   *
   * @return a new array of rows · columns elements
   */
  public double[] widen() {
    return Elements.widen(rows, columns, this::get);
  }

  /**
   * Changes all elements, and nothing around them.
   *
   * @param dense the new values, row-major
   * @throws IllegalArgumentException if there are not rows · columns of them
   */
  public void assign(float[] dense) {
    Checks.notNull("Operand", "dense", dense);
    if (dense.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Operand: %d values for %s", dense.length, this));
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        set(i, j, dense[i * columns + j]);
      }
    }
  }

  /**
   * Multiplies all elements, and what lies around them, by a factor.
   *
   * @param factor the factor
   * @return this
   */
  public Operand scale(float factor) {
    for (int i = 0; i < array.length; i++) {
      array[i] *= factor;
    }
    return this;
  }

  /**
   * Rows of this matrix.
   *
   * @param from the first
   * @param to the one behind the last
   * @return a view of the same array
   * @throws IndexOutOfBoundsException if they are not 0 ≤ from ≤ to ≤ the number of rows
   */
  public Operand rows(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "Operand: rows %d to %d of %s", from, to, this));
    }
    int first = from == to || columns == 0 ? offset : offset + from * rowStride;
    return new Operand(array, first, to - from, columns, rowStride, columnStride);
  }

  /**
   * The same view of a copy of the whole array.
   *
   * @return an operand that shares nothing with this one
   */
  public Operand copy() {
    return new Operand(array.clone(), offset, rows, columns, rowStride, columnStride);
  }

  /**
   * Extents, offset and strides.
   *
   * @return for example {@code 3×5 at 2, strides 8 and 1}
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d×%d at %d, strides %d and %d",
        rows,
        columns,
        offset,
        rowStride,
        columnStride);
  }
}
