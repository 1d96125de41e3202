package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.kernels.internal.vector.VectorSoftmax;

/** Softmax of every row, with its backward pass. */
public final class Softmax {
  private static final String FORWARD = "Softmax.forward";
  private static final String BACKWARD = "Softmax.backward";

  private Softmax() {}

  /**
   * y_j = e^(x_j - M) / Σ_c e^(x_c - M) for every row, M being the row's largest element.
   *
   * <p><b>Shapes.</b> X and Y m×n, any strides. In place (Y the very view of X) is allowed; any
   * other overlap is not.
   *
   * <p><b>Special values.</b> -infinity gives 0 beside a finite element: a mask. A row with NaN or
   * +infinity, and one of nothing but -infinity, gives NaN throughout. No finite input overflows.
   *
   * <p><b>Error.</b> |y - exact| ≤ u·(M - x_j + 18 + n/64)·y + 2^-148, u = 2^-24, for rows up to
   * 4096 elements; beyond, 64 stands for n/64, and 2 more for each doubling.
   *
   * <p><b>Source.</b> Steps in the manner of N. J. Higham, P. Blanchard and D. J. Higham,
   * Accurately computing the log-sum-exp and softmax functions, 2021.
   *
   * @param x the logits
   * @param y the probabilities
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself; nothing is
   *     written then
   */
  public static void forward(FloatMatrix x, FloatMatrix y) {
    Operands.sameShape(FORWARD, "X", x, "Y", y);
    Operands.output(FORWARD, "Y", y);
    Operands.inPlaceOrDisjoint(FORWARD, "Y", y, "X", x);
    if (Chooser.vector() && x.columnStride() == 1 && y.columnStride() == 1) {
      VectorSoftmax.forward(
          x.rows(),
          x.columns(),
          x.array(),
          x.offset(),
          x.rowStride(),
          y.array(),
          y.offset(),
          y.rowStride());
    } else {
      ScalarSoftmax.forward(
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
   * dx_j = y_j·(dy_j - Σ_c dy_c·y_c) for every row: the product with the Jacobian, whose elements
   * are y_j·(1 - y_j) on the diagonal and -y_j·y_k beside it.
   *
   * <p><b>Shapes.</b> Y, dY and dX m×n, any strides. In place (dX the very view of dY or of Y) is
   * allowed; any other overlap is not.
   *
   * <p><b>Special values.</b> As IEEE 754 gives along the formula.
   *
   * <p><b>Error.</b> |dx - exact| ≤ y_j·u·(2·|dy_j| + (9 + n/64)·Σ_c |dy_c|·y_c) + 2^-148, u =
   * 2^-24, where no product dy·y underflows, for rows up to 4096 elements; beyond, as above.
   *
   * @param y the output of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself;
   *     nothing is written then
   */
  public static void backward(FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    Operands.sameShape(BACKWARD, "Y", y, "dY", dy);
    Operands.sameShape(BACKWARD, "Y", y, "dX", dx);
    Operands.output(BACKWARD, "dX", dx);
    Operands.inPlaceOrDisjoint(BACKWARD, "dX", dx, "Y", y);
    Operands.inPlaceOrDisjoint(BACKWARD, "dX", dx, "dY", dy);
    if (Chooser.vector()
        && y.columnStride() == 1
        && dy.columnStride() == 1
        && dx.columnStride() == 1) {
      VectorSoftmax.backward(
          y.rows(),
          y.columns(),
          y.array(),
          y.offset(),
          y.rowStride(),
          dy.array(),
          dy.offset(),
          dy.rowStride(),
          dx.array(),
          dx.offset(),
          dx.rowStride());
    } else {
      ScalarSoftmax.backward(
          y.rows(),
          y.columns(),
          y.array(),
          y.offset(),
          y.rowStride(),
          y.columnStride(),
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
