package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;

/**
 * The rows of a matrix one by one as contiguous elements: where they lie if the column stride is 1,
 * else as copies.
 */
final class RowCursor {
  /** The elements of the row. */
  float[] array;

  /** The index of the first. */
  int offset;

  /** The index of the first of the next row, or -1 if there is none or it will be a copy. */
  int next = -1;

  private FloatMatrix matrix;
  private int end;
  private float[] copy;

  /** Begins with the rows of a matrix up to the end (exclusive), or with none. */
  void open(FloatMatrix x, int end) {
    matrix = x;
    this.end = end;
    if (x == null) {
      return;
    }
    copy = Operands.hasContiguousRows(x) ? null : Scratch.floats(x.columns());
    array = copy == null ? x.array() : copy;
  }

  /** Goes to row i, whose elements are to be read. */
  void read(int i) {
    write(i);
    if (copy != null) {
      Rows.load(matrix.columns(), matrix.array(), start(i), matrix.columnStride(), copy);
    }
  }

  /** Goes to row i, whose elements are to be written and then stored. */
  void write(int i) {
    offset = copy == null ? start(i) : 0;
    next = copy == null && i + 1 < end ? start(i + 1) : -1;
  }

  /** Puts what was written to row i where it belongs. */
  void store(int i) {
    if (copy != null) {
      Rows.store(matrix.columns(), copy, matrix.array(), start(i), matrix.columnStride());
    }
  }

  private int start(int i) {
    return matrix.offset() + i * matrix.rowStride();
  }

  /** Ends. */
  void close() {
    if (copy != null) {
      Scratch.give(copy);
    }
    copy = null;
    array = null;
    next = -1;
    matrix = null;
  }
}
