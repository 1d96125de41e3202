package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;

import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;

/**
 * A group of rows of a matrix as contiguous rows: where they lie if the column stride is 1, else as
 * copies.
 */
final class RowGroup {
  /** The elements. */
  float[] array;

  /** The index of the first. */
  int offset;

  /** The distance from a row to the next. */
  int stride;

  private FloatMatrix matrix;
  private float[] copy;

  /** Begins with the rows of a matrix. */
  void open(FloatMatrix x) {
    matrix = x;
    copy = Operands.hasContiguousRows(x) ? null : Scratch.floats((long) GROUP * x.columns());
    array = copy == null ? x.array() : copy;
    stride = copy == null ? x.rowStride() : x.columns();
  }

  /** Goes to at most a group of rows from this one on, which are to be read. */
  void read(int row, int rows) {
    FloatMatrix x = matrix;
    int start = x.offset() + row * x.rowStride();
    offset = copy == null ? start : 0;
    if (copy != null) {
      Rows.loadBlock(rows, x.columns(), x.array(), start, x.rowStride(), x.columnStride(), copy);
    }
  }

  /** Ends. */
  void close() {
    if (copy != null) {
      Scratch.give(copy);
    }
    copy = null;
    array = null;
    matrix = null;
  }
}
