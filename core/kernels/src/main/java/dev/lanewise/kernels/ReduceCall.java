package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarMaximum;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.vector.VectorColumns;

/** A reduction of rows, of columns or of all elements as one row. */
final class ReduceCall extends Ranges {
  /** What is made of the elements. */
  enum Kind {
    SUM,
    MEAN,
    DOT,
    MAX,
    ARGMAX
  }

  private enum Along {
    ROWS,
    COLUMNS,
    ALL
  }

  private static final double NANOS_PER_ELEMENT = 0.1;

  /** Columns of a part: whole cache lines of several vectors. */
  private static final int COLUMN_STEP = 64;

  private static final Pool<ReduceCall> POOL = new Pool<>(CALLERS, ReduceCall::new);

  private Along along;
  private Kind kind;
  private FloatMatrix x;
  private FloatMatrix y;
  private FloatSpan out;
  private Labels indices;
  private float[] partial;
  private Workers sharing;

  private ReduceCall() {}

  /** A number for each row; y is the second factor of dot products. */
  static void rows(
      Kind kind, FloatMatrix x, FloatMatrix y, FloatSpan out, Labels indices, Workers workers) {
    Workers sharing = RowSteps.sharingRows(x.rows(), x.columns(), workers);
    ReduceCall call = take(Along.ROWS, kind, x, y, out, indices, sharing);
    call.finish(x.rows(), 1, sharing == null ? workers : null);
  }

  /** A number for each column. */
  static void columns(
      Kind kind, FloatMatrix x, FloatMatrix y, FloatSpan out, Labels indices, Workers workers) {
    ReduceCall call = take(Along.COLUMNS, kind, x, y, out, indices, null);
    call.finish(x.columns(), COLUMN_STEP, workers);
  }

  /** One number of all elements. */
  static float all(Kind kind, FloatMatrix x, FloatMatrix y, Workers workers) {
    long size = (long) x.rows() * x.columns();
    int blocks = Math.toIntExact(Math.ceilDiv(size, BLOCK));
    ReduceCall call = take(Along.ALL, kind, x, y, null, null, null);
    float[] partial = Scratch.floats(blocks);
    call.partial = partial;
    call.finish(blocks, 1, workers);
    float result =
        kind == Kind.MAX
            ? ScalarMaximum.max(partial, 0, blocks)
            : ScalarReduce.foldBlocks(partial, 0, blocks);
    Scratch.give(partial);
    return kind == Kind.MEAN ? (float) (result / (double) size) : result;
  }

  private static ReduceCall take(
      Along along,
      Kind kind,
      FloatMatrix x,
      FloatMatrix y,
      FloatSpan out,
      Labels indices,
      Workers sharing) {
    ReduceCall call = POOL.take();
    call.along = along;
    call.kind = kind;
    call.x = x;
    call.y = y;
    call.out = out;
    call.indices = indices;
    call.sharing = sharing;
    return call;
  }

  private void finish(int size, int step, Workers workers) {
    try {
      run(size, step, NANOS_PER_ELEMENT * x.rows() * x.columns(), workers);
    } finally {
      x = null;
      y = null;
      out = null;
      indices = null;
      partial = null;
      sharing = null;
      POOL.give(this);
    }
  }

  @Override
  void range(int from, int to) {
    switch (along) {
      case ROWS -> rows(from, to);
      case COLUMNS -> columns(from, to - from);
      case ALL -> blocks(from, to);
    }
  }

  private void rows(int from, int to) {
    int n = x.columns();
    RowSteps steps = RowSteps.take(sharing);
    steps.first.open(x, to);
    steps.second.open(y, to);
    for (int i = from; i < to; i++) {
      steps.first.read(i);
      if (y != null) {
        steps.second.read(i);
      }
      float[] a = steps.first.array;
      int ao = steps.first.offset;
      switch (kind) {
        case SUM -> put(i, steps.sum(n, a, ao));
        case MEAN -> put(i, mean(steps.sum(n, a, ao)));
        case DOT -> put(i, steps.dot(n, a, ao, steps.second.array, steps.second.offset));
        case MAX -> put(i, steps.max(n, a, ao));
        case ARGMAX -> put(i, steps.argmax(n, a, ao));
      }
    }
    steps.first.close();
    steps.second.close();
    steps.give();
  }

  private float mean(float sum) {
    return (float) (sum / (double) x.columns());
  }

  private void put(int i, float value) {
    out.array()[out.offset() + i * out.stride()] = value;
  }

  private void put(int i, int index) {
    indices.array()[indices.offset() + i] = index;
  }

  private void columns(int from, int n) {
    switch (kind) {
      case ARGMAX -> columnArgmax(from, n);
      case MAX -> columnMaxima(from, n);
      default -> columnSums(from, n);
    }
  }

  private void columnSums(int from, int n) {
    int m = x.rows();
    double[] total = Scratch.doubles(n);
    int xo = start(x, from);
    boolean contiguous = Operands.hasContiguousRows(x) && Operands.hasContiguousRows(y);
    if (kind == Kind.DOT) {
      int yo = start(y, from);
      if (Chooser.vector() && contiguous) {
        VectorColumns.dots(m, n, x.array(), xo, x.rowStride(), y.array(), yo, y.rowStride(), total);
      } else {
        ScalarColumns.dots(
            m,
            n,
            x.array(),
            xo,
            x.rowStride(),
            x.columnStride(),
            y.array(),
            yo,
            y.rowStride(),
            y.columnStride(),
            total);
      }
    } else if (Chooser.vector() && contiguous) {
      VectorColumns.sums(m, n, x.array(), xo, x.rowStride(), total);
    } else {
      ScalarColumns.sums(m, n, x.array(), xo, x.rowStride(), x.columnStride(), total);
    }
    for (int j = 0; j < n; j++) {
      put(from + j, (float) (kind == Kind.MEAN ? total[j] / m : total[j]));
    }
    Scratch.give(total);
  }

  private void columnMaxima(int from, int n) {
    float[] max = Scratch.floats(n);
    int xo = start(x, from);
    if (Chooser.vector() && Operands.hasContiguousRows(x)) {
      VectorColumns.maxima(x.rows(), n, x.array(), xo, x.rowStride(), max);
    } else {
      ScalarColumns.maxima(x.rows(), n, x.array(), xo, x.rowStride(), x.columnStride(), max);
    }
    for (int j = 0; j < n; j++) {
      put(from + j, max[j]);
    }
    Scratch.give(max);
  }

  /** A column is a row of the transposed matrix, and copied where its elements lie apart. */
  private void columnArgmax(int from, int n) {
    int m = x.rows();
    RowSteps steps = RowSteps.take(null);
    if (x.rowStride() == 1) {
      for (int j = from; j < from + n; j++) {
        put(j, steps.argmax(m, x.array(), start(x, j)));
      }
      steps.give();
      return;
    }
    float[] column = Scratch.floats(m);
    for (int j = from; j < from + n; j++) {
      Rows.load(m, x.array(), start(x, j), x.rowStride(), column);
      put(j, steps.argmax(m, column, 0));
    }
    Scratch.give(column);
    steps.give();
  }

  private static int start(FloatMatrix x, int column) {
    return x.offset() + column * x.columnStride();
  }

  private void blocks(int from, int to) {
    RowSteps steps = RowSteps.take(null);
    float[] first = Scratch.floats(BLOCK);
    float[] second = y == null ? null : Scratch.floats(BLOCK);
    long size = (long) x.rows() * x.columns();
    boolean lies = Operands.isDense(x) && Operands.isDense(y);
    for (int block = from; block < to; block++) {
      long start = (long) block * BLOCK;
      int n = (int) Math.min(BLOCK, size - start);
      float[] a = lies ? x.array() : first;
      int ao = lies ? x.offset() + (int) start : 0;
      float[] b = y == null ? null : lies ? y.array() : second;
      int bo = y == null || !lies ? 0 : y.offset() + (int) start;
      if (!lies) {
        load(x, start, n, first);
        if (y != null) {
          load(y, start, n, second);
        }
      }
      partial[block] =
          switch (kind) {
            case SUM, MEAN -> steps.sum(n, a, ao);
            case DOT -> steps.dot(n, a, ao, b, bo);
            case MAX -> steps.max(n, a, ao);
            case ARGMAX -> throw new AssertionError(kind);
          };
    }
    Scratch.give(first);
    if (second != null) {
      Scratch.give(second);
    }
    steps.give();
  }

  /** Copies n elements, row behind row, from the one of this number on. */
  private static void load(FloatMatrix x, long start, int n, float[] block) {
    int i = (int) (start / x.columns());
    int j = (int) (start % x.columns());
    for (int at = 0; at < n; i++, j = 0) {
      int length = Math.min(n - at, x.columns() - j);
      int from = x.offset() + i * x.rowStride() + j * x.columnStride();
      for (int k = 0; k < length; k++) {
        block[at + k] = x.array()[from + k * x.columnStride()];
      }
      at += length;
    }
  }
}
