package dev.lanewise.suite.engine;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.operand.Operand;

/** Operands of the kit as views of Lanewise, on the same arrays. */
public final class Views {
  private Views() {}

  /** A matrix. */
  public static FloatMatrix matrix(Operand x) {
    return FloatMatrix.of(
        x.array(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /** The only row of an operand. */
  public static FloatSpan span(Operand x) {
    return matrix(x).row(0);
  }

  /** The same view of a copy of its array. */
  public static FloatMatrix copy(FloatMatrix x) {
    return FloatMatrix.of(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }
}
