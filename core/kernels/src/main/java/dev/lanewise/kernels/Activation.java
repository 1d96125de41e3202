package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import dev.lanewise.kernels.internal.vector.VectorActivation;

/** Activation functions, element by element, with their backward passes. */
public final class Activation {
  private static final String RELU = "Activation.relu";
  private static final String RELU_BACKWARD = "Activation.reluBackward";

  private Activation() {}

  /**
   * y = x &lt; 0 ? 0 : x, the rectified linear unit.
   *
   * <p>X and Y have the same shape. In place (Y the very view of X) is allowed; any other overlap
   * is not. NaN gives NaN, -0 gives -0. The result is exact.
   *
   * @param x the input
   * @param y the output
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself; nothing is
   *     written then
   */
  public static void relu(FloatMatrix x, FloatMatrix y) {
    Operands.sameShape(RELU, "X", x, "Y", y);
    Operands.output(RELU, "Y", y);
    Operands.inPlaceOrDisjoint(RELU, "Y", y, "X", x);
    if (Chooser.vector() && x.columnStride() == 1 && y.columnStride() == 1) {
      VectorActivation.relu(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          y.array(),
          y.offset(),
          y.rowStride());
    } else {
      ScalarActivation.relu(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          y.array(),
          y.offset(),
          y.rowStride(),
          y.columnStride());
    }
  }

  /**
   * dx = x ≤ 0 ? 0 : dy, the backward pass of {@link #relu}; its derivative at 0 is taken as 0.
   *
   * <p>X may be the input of the forward pass or its output, which have the same signs. All three
   * have the same shape. In place (dX the very view of dY or of X) is allowed; any other overlap is
   * not. A NaN in X passes dy on. The result is exact.
   *
   * @param x the input or the output of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself;
   *     nothing is written then
   */
  public static void reluBackward(FloatMatrix x, FloatMatrix dy, FloatMatrix dx) {
    Operands.sameShape(RELU_BACKWARD, "X", x, "dY", dy);
    Operands.sameShape(RELU_BACKWARD, "X", x, "dX", dx);
    Operands.output(RELU_BACKWARD, "dX", dx);
    Operands.inPlaceOrDisjoint(RELU_BACKWARD, "dX", dx, "X", x);
    Operands.inPlaceOrDisjoint(RELU_BACKWARD, "dX", dx, "dY", dy);
    if (Chooser.vector()
        && x.columnStride() == 1
        && dy.columnStride() == 1
        && dx.columnStride() == 1) {
      VectorActivation.reluBackward(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          dx.array(),
          dx.offset(),
          dx.rowStride());
    } else {
      ScalarActivation.reluBackward(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          x.columnStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          dy.columnStride(),
          dx.array(),
          dx.offset(),
          dx.rowStride(),
          dx.columnStride());
    }
  }
}
