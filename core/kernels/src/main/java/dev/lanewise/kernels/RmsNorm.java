package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * RMS normalisation: every row by the root of its mean square, with a scale per column.
 *
 * <p>It is built once and holds a view of gamma, whose elements are read anew by each operation. It
 * may be shared by any number of threads.
 *
 * <p><b>Shapes.</b> X, Y and their gradients m×n, any strides; gamma and its gradient of n
 * elements.
 *
 * <p><b>Order.</b> Sums along a row as {@link Reduction} says, blocks of it added in double from
 * the first to the last; down a column as {@link Reduce#columns}. With inverse = 1 / sqrt(mean
 * square + eps) rounded once: xhat = x·inverse, y = xhat·gamma.
 *
 * <p><b>Source.</b> B. Zhang and R. Sennrich, Root mean square layer normalization, 2019.
 */
public final class RmsNorm {
  private static final String NAME = "RmsNorm";
  private static final String FORWARD = "RmsNorm.forward";
  private static final String BACKWARD = "RmsNorm.backward";

  private final FloatSpan gamma;
  private final double eps;

  /**
   * Normalisation by these parameters.
   *
   * @param gamma the scale of each column
   * @param eps what keeps the divisor from 0, finite and at least 0, such as 1e-6
   * @throws NullPointerException if gamma is null
   * @throws IllegalArgumentException if eps is none
   */
  public RmsNorm(FloatSpan gamma, double eps) {
    Checks.notNull(NAME, "gamma", gamma);
    Checks.finiteNotNegative(NAME, "eps", eps);
    this.gamma = gamma;
    this.eps = eps;
  }

  /**
   * The number of columns.
   *
   * @return the length of gamma
   */
  public int features() {
    return gamma.length();
  }

  /**
   * y = gamma·x / sqrt((1/n)·Σ x² + eps) for every row. In place (Y the very view of X) is allowed;
   * any other overlap is not.
   *
   * <p><b>Special values.</b> NaN in a row gives NaN throughout. Beside an infinity, or elements
   * whose squares add up to 2^128 in a block (one of 2·10^19, 4096 of 3·10^17), finite elements
   * give 0 and an infinity NaN. A row of zeros gives zeros of their signs; NaN where 1 / sqrt(eps)
   * overflows, with eps = 0 or below 8·10^-78.
   *
   * <p><b>Error.</b> |y|·u·(7 + min(n, 4096)/128) + 2^-148·(1 + |gamma|), u = 2^-24, where no
   * square and no inverse underflows.
   *
   * @param x the input X
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps an operand or itself;
   *     nothing is written then
   */
  public void forward(FloatMatrix x, FloatMatrix y) {
    SampleOperands.normalisation(FORWARD, x, y, gamma, null);
    RowNormCall.forward(eps, gamma, null, x, y, null);
  }

  /**
   * As {@link #forward(FloatMatrix, FloatMatrix)}, with the same bits, on several threads: they
   * share the rows.
   *
   * @param x the input X
   * @param y the output Y
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void forward(FloatMatrix x, FloatMatrix y, Workers workers) {
    SampleOperands.normalisation(FORWARD, x, y, gamma, null);
    Operands.open(FORWARD, workers);
    RowNormCall.forward(eps, gamma, null, x, y, workers);
  }

  /**
   * The backward pass: with g = gamma·dY and xhat the normalised X, dx = (g - xhat·(1/n)·Σ g·xhat)
   * / sqrt((1/n)·Σ x² + eps) along a row and dgamma = Σ dY·xhat down a column. In place (dX the
   * very view of dY or of X) is allowed; any other overlap is not.
   *
   * <p><b>Order.</b> dx = inverse·fma(-xhat, slope, gamma·d), the mean rounded.
   *
   * <p><b>Special values.</b> As IEEE 754 gives along the order. Without rows dgamma is 0.
   *
   * <p><b>Error.</b> With u = 2^-24 and r = 5 + min(n, 4096)/128 for inverse, where no square and
   * no inverse underflows: dgamma within (23 + r)·u·Σ|d·xhat|, dx within inverse·u·((3 + r)·|g| +
   * (77 + 3·r)·|xhat|·Σ|g·xhat|/n) + 2^-147·(1 + inverse·(1 + |xhat|)).
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   */
  public void backward(FloatMatrix x, FloatMatrix dy, FloatMatrix dx, FloatSpan dgamma) {
    SampleOperands.gradients(BACKWARD, x, dy, dx, gamma, null, dgamma, null);
    RowNormCall.backward(eps, gamma, null, x, dy, dx, dgamma, null, null);
  }

  /**
   * As {@link #backward(FloatMatrix, FloatMatrix, FloatMatrix, FloatSpan)}, with the same bits, on
   * several threads: they share the rows, 64 at a time.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void backward(
      FloatMatrix x, FloatMatrix dy, FloatMatrix dx, FloatSpan dgamma, Workers workers) {
    SampleOperands.gradients(BACKWARD, x, dy, dx, gamma, null, dgamma, null);
    Operands.open(BACKWARD, workers);
    RowNormCall.backward(eps, gamma, null, x, dy, dx, dgamma, null, workers);
  }

  /**
   * The parameters in one line, for messages.
   *
   * @return for example {@code RMS norm of 64 features, eps 1.0E-6}
   */
  @Override
  public String toString() {
    return "RMS norm of " + features() + " features, eps " + eps;
  }
}
