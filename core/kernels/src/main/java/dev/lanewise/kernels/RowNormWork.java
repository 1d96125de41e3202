package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarLayerNorm.COEFFICIENTS;

import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;

/** What one thread needs for the rows of {@link RowNormCall}. */
final class RowNormWork {
  private static final Pool<RowNormWork> POOL = new Pool<>(4 * Ranges.CALLERS, RowNormWork::new);

  final RowCursor out = new RowCursor();
  final float[] lanes = new float[ScalarReduce.WORK];
  final float[] sums = new float[3];
  final double[] mean = new double[1];
  final double[] variance = new double[1];

  /** The coefficients of a group of rows, one row behind the other. */
  final float[] coefficients = new float[GROUP * COEFFICIENTS];

  /** A group of rows of X. */
  final RowGroup groupOfX = new RowGroup();

  /** The same rows of dY. */
  final RowGroup groupOfD = new RowGroup();

  private RowNormWork() {}

  static RowNormWork take() {
    return POOL.take();
  }

  void give() {
    POOL.give(this);
  }
}
