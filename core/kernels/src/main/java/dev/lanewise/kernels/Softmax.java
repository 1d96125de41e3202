package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Softmax of every row, with its backward pass.
 *
 * <p><b>Source.</b> Steps in the manner of P. Blanchard, D. J. Higham and N. J. Higham, Accurately
 * computing the log-sum-exp and softmax functions, 2021.
 */
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
   * @param x the logits
   * @param y the probabilities
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself; nothing is
   *     written then
   */
  public static void forward(FloatMatrix x, FloatMatrix y) {
    checkForward(x, y, 1f);
    SoftmaxCall.run(SoftmaxCall.Kind.FORWARD, 1f, x, null, y, null, null, null);
  }

  /**
   * Softmax of X/T: y_j = e^((x_j - M)/T) / Σ_c e^((x_c - M)/T), as {@link #forward(FloatMatrix,
   * FloatMatrix)}. The reciprocal of T is rounded to a float: the error has 3·(M - x_j)/T for M -
   * x_j, and 2·log n more.
   *
   * @param x the logits
   * @param y the probabilities
   * @param temperature T
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself, or T or its
   *     reciprocal is not positive and finite; nothing is written then
   */
  public static void forward(FloatMatrix x, FloatMatrix y, float temperature) {
    checkForward(x, y, temperature);
    SoftmaxCall.run(SoftmaxCall.Kind.FORWARD, temperature, x, null, y, null, null, null);
  }

  /**
   * As {@link #forward(FloatMatrix, FloatMatrix, float)}, with the same bits, on several threads:
   * they share the rows, or where these are few and long, each row's blocks.
   *
   * @param x the logits
   * @param y the probabilities
   * @param temperature T
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself, or T or its
   *     reciprocal is not positive and finite; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void forward(FloatMatrix x, FloatMatrix y, float temperature, Workers workers) {
    checkForward(x, y, temperature);
    Operands.open(FORWARD, workers);
    SoftmaxCall.run(SoftmaxCall.Kind.FORWARD, temperature, x, null, y, null, null, workers);
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
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself;
   *     nothing is written then
   */
  public static void backward(FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    checkBackward(y, dy, dx, 1f);
    SoftmaxCall.run(SoftmaxCall.Kind.BACKWARD, 1f, y, dy, dx, null, null, null);
  }

  /**
   * The backward pass of softmax of X/T: dx_j as {@link #backward(FloatMatrix, FloatMatrix,
   * FloatMatrix)} gives it, divided by T; its error is u·|dx_j| more for the quotient and for T's
   * reciprocal each.
   *
   * @param y the output of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param temperature T
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself, or T
   *     or its reciprocal is not positive and finite; nothing is written then
   */
  public static void backward(FloatMatrix y, FloatMatrix dy, FloatMatrix dx, float temperature) {
    checkBackward(y, dy, dx, temperature);
    SoftmaxCall.run(SoftmaxCall.Kind.BACKWARD, temperature, y, dy, dx, null, null, null);
  }

  /**
   * As {@link #backward(FloatMatrix, FloatMatrix, FloatMatrix, float)}, with the same bits, on
   * several threads: they share the rows, or where these are few and long, each row's blocks.
   *
   * @param y the output of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param temperature T
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself, or T
   *     or its reciprocal is not positive and finite; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void backward(
      FloatMatrix y, FloatMatrix dy, FloatMatrix dx, float temperature, Workers workers) {
    checkBackward(y, dy, dx, temperature);
    Operands.open(BACKWARD, workers);
    SoftmaxCall.run(SoftmaxCall.Kind.BACKWARD, temperature, y, dy, dx, null, null, workers);
  }

  private static void checkForward(FloatMatrix x, FloatMatrix y, float temperature) {
    Operands.forward(FORWARD, x, y);
    Checks.scale(FORWARD, "temperature", temperature);
  }

  private static void checkBackward(
      FloatMatrix y, FloatMatrix dy, FloatMatrix dx, float temperature) {
    Operands.backward(BACKWARD, "Y", y, dy, dx);
    Checks.scale(BACKWARD, "temperature", temperature);
  }
}
