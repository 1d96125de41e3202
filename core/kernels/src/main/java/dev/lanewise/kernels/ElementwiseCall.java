package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Rows;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import dev.lanewise.kernels.internal.vector.VectorActivation;

/**
 * A function of each element of a matrix, or its backward pass, on the caller's thread or several.
 *
 * <p>The leaves work on contiguous elements. Matrices that lie in their arrays without gaps, all of
 * them by rows or all by columns, are one row; of others, short rows and those with a column stride
 * are copied to work space and back, a block at a time.
 */
final class ElementwiseCall extends Ranges {
  /** Elements of a block of work space; all three lie in the nearest cache. */
  private static final int BLOCK = 1024;

  /** From this length on contiguous rows are not copied: a round number. */
  private static final int LONG = 256;

  private static final double NANOS_PER_ELEMENT = 0.4;

  private static final Pool<ElementwiseCall> POOL = new Pool<>(CALLERS, ElementwiseCall::new);

  private ActivationFunction function;
  private float slope;
  private FloatMatrix x;
  private FloatMatrix dy;
  private FloatMatrix y;
  private boolean flat;

  private ElementwiseCall() {}

  /** y ← f(x), or y ← f'(x)·dy unless dy is null; the operands have been checked. */
  static void run(
      ActivationFunction function,
      float slope,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix y,
      Workers workers) {
    int m = y.rows();
    int n = y.columns();
    if (m == 0 || n == 0) {
      return;
    }
    ElementwiseCall call = POOL.take();
    call.function = function;
    call.slope = slope;
    call.x = x;
    call.dy = dy;
    call.y = y;
    call.flat =
        (Operands.isDense(x) && Operands.isDense(y) && Operands.isDense(dy))
            || (isDenseByColumns(x) && isDenseByColumns(y) && isDenseByColumns(dy));
    try {
      double nanos = NANOS_PER_ELEMENT * m * n;
      call.run(call.flat ? m * n : m, call.flat ? ELEMENT_STEP : 1, nanos, workers);
    } finally {
      call.x = null;
      call.dy = null;
      call.y = null;
      POOL.give(call);
    }
  }

  private static boolean isDenseByColumns(FloatMatrix x) {
    return x == null
        || ((x.rows() == 1 || x.rowStride() == 1)
            && (x.columns() == 1 || x.columnStride() == x.rows()));
  }

  @Override
  void range(int from, int to) {
    if (flat) {
      leaf(to - from, x, from, dy, from, y, from);
    } else if (y.columns() >= LONG
        && Operands.hasContiguousRows(x)
        && Operands.hasContiguousRows(y)
        && Operands.hasContiguousRows(dy)) {
      for (int i = from; i < to; i++) {
        int slopes = dy == null ? 0 : i * dy.rowStride();
        leaf(y.columns(), x, i * x.rowStride(), dy, slopes, y, i * y.rowStride());
      }
    } else {
      blocks(from, to);
    }
  }

  private void leaf(int n, FloatMatrix x, int xi, FloatMatrix dy, int pi, FloatMatrix y, int yi) {
    float[] slopes = dy == null ? null : dy.array();
    int po = dy == null ? 0 : dy.offset() + pi;
    leaf(n, x.array(), x.offset() + xi, slopes, po, y.array(), y.offset() + yi);
  }

  private void leaf(int n, float[] x, int xo, float[] dy, int po, float[] y, int yo) {
    if (dy == null) {
      if (Chooser.vector()) {
        VectorActivation.forward(function, slope, n, x, xo, y, yo);
      } else {
        ScalarActivation.forward(function, slope, n, x, xo, y, yo);
      }
    } else if (Chooser.vector()) {
      VectorActivation.backward(function, slope, n, x, xo, dy, po, y, yo);
    } else {
      ScalarActivation.backward(function, slope, n, x, xo, dy, po, y, yo);
    }
  }

  private void blocks(int from, int to) {
    float[] a = Scratch.floats(BLOCK);
    float[] b = dy == null ? null : Scratch.floats(BLOCK);
    int width = Math.min(y.columns(), BLOCK);
    int height = BLOCK / width;
    for (int i = from; i < to; i += height) {
      int rows = Math.min(height, to - i);
      for (int j = 0; j < y.columns(); j += width) {
        int columns = Math.min(width, y.columns() - j);
        load(x, i, j, rows, columns, a);
        if (dy != null) {
          load(dy, i, j, rows, columns, b);
        }
        leaf(rows * columns, a, 0, b, 0, a, 0);
        Rows.storeBlock(
            rows, columns, a, y.array(), index(y, i, j), y.rowStride(), y.columnStride());
      }
    }
    Scratch.give(a);
    if (b != null) {
      Scratch.give(b);
    }
  }

  private static void load(FloatMatrix x, int i, int j, int rows, int columns, float[] block) {
    Rows.loadBlock(
        rows, columns, x.array(), index(x, i, j), x.rowStride(), x.columnStride(), block);
  }

  private static int index(FloatMatrix x, int i, int j) {
    return x.offset() + i * x.rowStride() + j * x.columnStride();
  }
}
