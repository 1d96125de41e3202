package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarBatchNorm;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.vector.VectorBatchNorm;
import dev.lanewise.kernels.internal.vector.VectorBatchNormSums;
import dev.lanewise.kernels.internal.vector.VectorColumns;
import java.util.Arrays;

/** Batch normalisation of a matrix. Reductions share its columns, the rest its rows. */
final class ColumnNormCall extends BatchNormCall {
  private enum Step {
    MERGE,
    NORMALISE,
    GRADIENT_SUMS,
    BACKWARD
  }

  private static final double NANOS_PER_ELEMENT = 0.1;

  /** Rows of a part: a pass without sums reads each alone, and two at a time. */
  private static final int ROW_STEP = 16;

  /** Columns of a part are a multiple of two cache lines, and as many as threads allow. */
  private static final int COLUMN_STEP = 32;

  private static final Pool<ColumnNormCall> POOL = new Pool<>(CALLERS, ColumnNormCall::new);

  private Step step;
  private FloatMatrix x;
  private FloatMatrix dy;
  private FloatMatrix out;

  /** The rows that are merged into statistics, and how many those have before. */
  private int mergedFrom;

  private int mergedRows;
  private long before;

  private ColumnNormCall() {}

  /**
   * Merges rows of a matrix into the mean and the sum of squared deviations of a whole number of
   * chunks before them.
   */
  static void merge(
      FloatMatrix x, int from, int to, long before, double[] mean, double[] m2, Workers workers) {
    ColumnNormCall call = take(x, null, null);
    call.mergedFrom = from;
    call.mergedRows = to - from;
    call.before = before;
    call.mean = mean;
    call.variance = m2;
    try {
      if (x.columns() > 0) {
        call.runColumns(Step.MERGE, workers);
      }
    } finally {
      call.mean = null;
      call.variance = null;
      call.give();
    }
  }

  static ColumnNormCall take(FloatMatrix x, FloatMatrix dy, FloatMatrix out) {
    ColumnNormCall call = POOL.take();
    call.x = x;
    call.dy = dy;
    call.out = out;
    call.mergedFrom = 0;
    call.mergedRows = x.rows();
    call.before = 0;
    return call;
  }

  @Override
  void give() {
    x = null;
    dy = null;
    out = null;
    POOL.give(this);
  }

  @Override
  void compute(Workers workers) {
    int n = x.columns();
    if (n == 0) {
      return;
    }
    if (kind == Kind.STATISTICS || kind == Kind.FORWARD) {
      Arrays.fill(mean, 0, n, 0.0);
      Arrays.fill(variance, 0, n, 0.0);
      runColumns(Step.MERGE, workers);
      ScalarColumns.divide(n, variance, x.rows());
    }
    if (kind == Kind.STATISTICS) {
      return;
    }
    coefficients(0, n);
    if (kind == Kind.FORWARD || kind == Kind.INFERENCE) {
      runRows(Step.NORMALISE, workers);
      return;
    }
    runColumns(Step.GRADIENT_SUMS, workers);
    gradients(0, n);
    runRows(Step.BACKWARD, workers);
  }

  /** A part for each thread: narrow parts of rows are slow to read. */
  private void runColumns(Step step, Workers workers) {
    this.step = step;
    int n = x.columns();
    int threads = workers == null ? 1 : workers.threads();
    int part = Math.ceilDiv(Math.ceilDiv(n, threads), COLUMN_STEP) * COLUMN_STEP;
    run(n, Math.max(part, COLUMN_STEP), nanos(), workers);
  }

  private void runRows(Step step, Workers workers) {
    this.step = step;
    run(x.rows(), ROW_STEP, nanos(), workers);
  }

  private double nanos() {
    return NANOS_PER_ELEMENT * x.rows() * x.columns();
  }

  @Override
  void range(int from, int to) {
    switch (step) {
      case MERGE -> merge(from, to - from);
      case NORMALISE -> normalise(from, to - from);
      case GRADIENT_SUMS -> gradientSums(from, to - from);
      case BACKWARD -> backward(from, to - from);
    }
  }

  private void merge(int from, int n) {
    double[] means = Scratch.doubles(n);
    double[] squares = Scratch.doubles(n);
    System.arraycopy(mean, from, means, 0, n);
    System.arraycopy(variance, from, squares, 0, n);
    int m = mergedRows;
    int xo = x.offset() + mergedFrom * x.rowStride() + from * x.columnStride();
    if (isVector()) {
      VectorColumns.merge(before, m, n, x.array(), xo, x.rowStride(), means, squares);
    } else {
      ScalarColumns.merge(
          before, m, n, x.array(), xo, x.rowStride(), x.columnStride(), means, squares);
    }
    System.arraycopy(means, 0, mean, from, n);
    System.arraycopy(squares, 0, variance, from, n);
    Scratch.give(means);
    Scratch.give(squares);
  }

  private void normalise(int from, int m) {
    int n = x.columns();
    int xo = x.offset() + from * x.rowStride();
    int yo = out.offset() + from * out.rowStride();
    if (isVector()) {
      VectorBatchNorm.normalise(
          norm.isRectified(),
          m,
          n,
          x.array(),
          xo,
          x.rowStride(),
          high,
          scale,
          shift,
          out.array(),
          yo,
          out.rowStride());
    } else {
      ScalarBatchNorm.normalise(
          norm.isRectified(),
          m,
          n,
          x.array(),
          xo,
          x.rowStride(),
          x.columnStride(),
          high,
          scale,
          shift,
          out.array(),
          yo,
          out.rowStride(),
          out.columnStride());
    }
  }

  private void gradientSums(int from, int n) {
    double[] sums = Scratch.doubles(n);
    double[] products = Scratch.doubles(n);
    int xo = x.offset() + from * x.columnStride();
    int po = dy.offset() + from * dy.columnStride();
    if (isVector()) {
      VectorBatchNormSums.gradientSums(
          norm.isRectified(),
          x.rows(),
          n,
          x.array(),
          xo,
          x.rowStride(),
          dy.array(),
          po,
          dy.rowStride(),
          high,
          scale,
          shift,
          from,
          sums,
          products);
    } else {
      ScalarBatchNorm.gradientSums(
          norm.isRectified(),
          x.rows(),
          n,
          x.array(),
          xo,
          x.rowStride(),
          x.columnStride(),
          dy.array(),
          po,
          dy.rowStride(),
          dy.columnStride(),
          high,
          scale,
          shift,
          from,
          sums,
          products);
    }
    System.arraycopy(sums, 0, sumD, from, n);
    System.arraycopy(products, 0, sumDt, from, n);
    Scratch.give(sums);
    Scratch.give(products);
  }

  private void backward(int from, int m) {
    int n = x.columns();
    int xo = x.offset() + from * x.rowStride();
    int po = dy.offset() + from * dy.rowStride();
    int dxo = out.offset() + from * out.rowStride();
    if (isVector()) {
      VectorBatchNorm.backward(
          norm.isRectified(),
          kind == Kind.CONSTANT_BACKWARD,
          m,
          n,
          x.array(),
          xo,
          x.rowStride(),
          dy.array(),
          po,
          dy.rowStride(),
          high,
          scale,
          shift,
          slope,
          offset,
          out.array(),
          dxo,
          out.rowStride());
    } else {
      ScalarBatchNorm.backward(
          norm.isRectified(),
          kind == Kind.CONSTANT_BACKWARD,
          m,
          n,
          x.array(),
          xo,
          x.rowStride(),
          x.columnStride(),
          dy.array(),
          po,
          dy.rowStride(),
          dy.columnStride(),
          high,
          scale,
          shift,
          slope,
          offset,
          out.array(),
          dxo,
          out.rowStride(),
          out.columnStride());
    }
  }

  private boolean isVector() {
    return Chooser.vector()
        && Operands.hasContiguousRows(x)
        && Operands.hasContiguousRows(dy)
        && Operands.hasContiguousRows(out);
  }
}
