package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * The logarithm of the sum of the exponentials of every row, with its backward pass.
 *
 * <p><b>Source.</b> As {@link Softmax}.
 */
public final class LogSumExp {
  private static final String FORWARD = "LogSumExp.forward";
  private static final String BACKWARD = "LogSumExp.backward";

  private LogSumExp() {}

  /**
   * s_i = M + log Σ_c e^(x_ic - M), M being the largest element of row i.
   *
   * <p><b>Shapes.</b> X m×n, any strides, and m sums, which must not overlap X.
   *
   * <p><b>Special values.</b> NaN in a row gives NaN; otherwise +infinity gives +infinity, and a
   * row of nothing but -infinity, as one without elements, -infinity.
   *
   * <p><b>Error.</b> |s - exact| ≤ u·(16 + n/64 + 2·log n + |M| + |s|), u = 2^-24, for rows up to
   * 4096 elements; beyond, 64 stands for n/64, and 2 more for each doubling. Where M and the
   * logarithm cancel this is an absolute error.
   *
   * @param x the matrix X
   * @param sums the results s
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one sum for each row, or the sums overlap X or
   *     themselves; nothing is written then
   */
  public static void forward(FloatMatrix x, FloatSpan sums) {
    checkForward(x, sums, 1f);
    SoftmaxCall.run(SoftmaxCall.Kind.LOG_SUM_EXP, 1f, x, null, null, sums, null, null);
  }

  /**
   * The same of X/T: s_i = M/T + log Σ_c e^((x_ic - M)/T), as {@link #forward(FloatMatrix,
   * FloatSpan)} with X/T for X, and in the error 2·|M|/T for |M| and 3·log n for 2·log n.
   *
   * @param x the matrix X
   * @param sums the results s
   * @param temperature T
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one sum for each row, or the sums overlap X or
   *     themselves, or T or its reciprocal is not positive and finite; nothing is written then
   */
  public static void forward(FloatMatrix x, FloatSpan sums, float temperature) {
    checkForward(x, sums, temperature);
    SoftmaxCall.run(SoftmaxCall.Kind.LOG_SUM_EXP, temperature, x, null, null, sums, null, null);
  }

  /**
   * As {@link #forward(FloatMatrix, FloatSpan, float)}, with the same bits, on several threads:
   * they share the rows, or where these are few and long, each row's blocks.
   *
   * @param x the matrix X
   * @param sums the results s
   * @param temperature T
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one sum for each row, or the sums overlap X or
   *     themselves, or T or its reciprocal is not positive and finite; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void forward(FloatMatrix x, FloatSpan sums, float temperature, Workers workers) {
    checkForward(x, sums, temperature);
    Operands.open(FORWARD, workers);
    SoftmaxCall.run(SoftmaxCall.Kind.LOG_SUM_EXP, temperature, x, null, null, sums, null, workers);
  }

  /**
   * dx_ij = ds_i·e^(x_ij - s_i): ds_i times the softmax of row i.
   *
   * <p><b>Shapes.</b> X and dX m×n, any strides, and m sums and slopes. In place (dX the very view
   * of X) is allowed; any other overlap is not.
   *
   * <p><b>Special values.</b> As IEEE 754 gives along the formula.
   *
   * <p><b>Error.</b> For sums that are the exact ones rounded to floats, |dx - exact| ≤ u·(4 +
   * |x_ij - s_i| + |s_i|)·|dx| + 2^-148·(1 + |ds|), u = 2^-24.
   *
   * @param x the input X of the forward pass
   * @param sums the output s of the forward pass
   * @param slopes the loss's gradient ds by the output
   * @param dx the loss's gradient by the input
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or dX overlaps another operand or
   *     itself; nothing is written then
   */
  public static void backward(FloatMatrix x, FloatSpan sums, FloatSpan slopes, FloatMatrix dx) {
    checkBackward(x, sums, slopes, dx, 1f);
    SoftmaxCall.run(SoftmaxCall.Kind.LOG_SUM_EXP_BACKWARD, 1f, x, null, dx, sums, slopes, null);
  }

  /**
   * The backward pass of the same of X/T: dx_ij = ds_i·e^(x_ij/T - s_i)/T, as {@link
   * #backward(FloatMatrix, FloatSpan, FloatSpan, FloatMatrix)} with X/T for X; |dx - exact| ≤ u·(6
   * + |x_ij/T - s_i| + |s_i| + |x_ij/T|)·|dx| + 2^-148·(1 + |ds|)·max(1, 1/T).
   *
   * @param x the input X of the forward pass
   * @param sums the output s of the forward pass
   * @param slopes the loss's gradient ds by the output
   * @param dx the loss's gradient by the input
   * @param temperature T
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or dX overlaps another operand or
   *     itself, or T or its reciprocal is not positive and finite; nothing is written then
   */
  public static void backward(
      FloatMatrix x, FloatSpan sums, FloatSpan slopes, FloatMatrix dx, float temperature) {
    checkBackward(x, sums, slopes, dx, temperature);
    SoftmaxCall.run(
        SoftmaxCall.Kind.LOG_SUM_EXP_BACKWARD, temperature, x, null, dx, sums, slopes, null);
  }

  /**
   * As {@link #backward(FloatMatrix, FloatSpan, FloatSpan, FloatMatrix, float)}, with the same
   * bits, on several threads: they share the rows, or where these are few and long, each row's
   * blocks.
   *
   * @param x the input X of the forward pass
   * @param sums the output s of the forward pass
   * @param slopes the loss's gradient ds by the output
   * @param dx the loss's gradient by the input
   * @param temperature T
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or dX overlaps another operand or
   *     itself, or T or its reciprocal is not positive and finite; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void backward(
      FloatMatrix x,
      FloatSpan sums,
      FloatSpan slopes,
      FloatMatrix dx,
      float temperature,
      Workers workers) {
    checkBackward(x, sums, slopes, dx, temperature);
    Operands.open(BACKWARD, workers);
    SoftmaxCall.run(
        SoftmaxCall.Kind.LOG_SUM_EXP_BACKWARD, temperature, x, null, dx, sums, slopes, workers);
  }

  private static void checkForward(FloatMatrix x, FloatSpan sums, float temperature) {
    Operands.perRow(FORWARD, "X", x, "sums", sums);
    Operands.output(FORWARD, "sums", sums);
    Operands.disjoint(FORWARD, "sums", sums, "X", x);
    Checks.scale(FORWARD, "temperature", temperature);
  }

  private static void checkBackward(
      FloatMatrix x, FloatSpan sums, FloatSpan slopes, FloatMatrix dx, float temperature) {
    Operands.sameShape(BACKWARD, "X", x, "dX", dx);
    Operands.perRow(BACKWARD, "X", x, "sums", sums);
    Operands.perRow(BACKWARD, "X", x, "slopes", slopes);
    Operands.output(BACKWARD, "dX", dx);
    Operands.inPlaceOrDisjoint(BACKWARD, "dX", dx, "X", x);
    Operands.disjoint(BACKWARD, "dX", dx, "sums", sums);
    Operands.disjoint(BACKWARD, "dX", dx, "slopes", slopes);
    Checks.scale(BACKWARD, "temperature", temperature);
  }
}
