package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Layer normalisation: every row by its own mean and variance, with a scale and a shift per column.
 *
 * <p>It is built once and holds views of gamma and beta, whose elements are read anew by each
 * operation. It may be shared by any number of threads.
 *
 * <p><b>Shapes.</b> X, Y and their gradients m×n, any strides; gamma, beta and their gradients of n
 * elements.
 *
 * <p><b>Order.</b> The statistics are those of {@link BatchStatistics} with channels first, of one
 * row each. With high = mean, inverse = 1 / sqrt(variance + eps) and low = -(mean - high)·inverse,
 * each rounded once: xhat = fma(x - high, inverse, low), y = fma(xhat, gamma, beta). Sums along a
 * row as {@link Reduction} says, its blocks added in double from the first to the last; down a
 * column as {@link Reduce#columns}.
 *
 * <p><b>Source.</b> J. Ba, J. Kiros and G. Hinton, Layer normalization, 2016.
 */
public final class LayerNorm {
  private static final String NAME = "LayerNorm";
  private static final String FORWARD = "LayerNorm.forward";
  private static final String BACKWARD = "LayerNorm.backward";

  private final FloatSpan gamma;
  private final FloatSpan beta;
  private final double eps;

  /**
   * Normalisation by these parameters.
   *
   * @param gamma the scale of each column
   * @param beta the shift of each column
   * @param eps what keeps the divisor from 0, finite and at least 0; PyTorch has 1e-5, Keras 1e-3
   * @throws NullPointerException if a span is null
   * @throws IllegalArgumentException if the lengths differ or eps is none
   */
  public LayerNorm(FloatSpan gamma, FloatSpan beta, double eps) {
    Operands.sameLength(NAME, "gamma", gamma, "beta", beta);
    Checks.finiteNotNegative(NAME, "eps", eps);
    this.gamma = gamma;
    this.beta = beta;
    this.eps = eps;
  }

  /**
   * The number of columns.
   *
   * @return the length of gamma and beta
   */
  public int features() {
    return gamma.length();
  }

  /**
   * y = gamma·(x - mean) / sqrt(variance + eps) + beta with mean and biased variance of each row.
   * In place (Y the very view of X) is allowed; any other overlap is not.
   *
   * <p><b>Special values.</b> A row of equal elements gives beta, as a row does whose variance
   * overflows to infinity; {@link BatchStatistics} says when. Where inverse overflows, as that of
   * equal elements does with eps = 0 or below 8·10^-78, the result is NaN. A row with NaN or an
   * infinity gives NaN throughout.
   *
   * <p><b>Error.</b> u·(4·|gamma·xhat| + |beta|) + 2·u²·|gamma·mean|/σ + 2^-148·(1 + |gamma|), u =
   * 2^-24, beside what the statistics cause: |gamma|·(meanError/σ + |xhat|·varianceError/(2·σ²)),
   * σ² = variance + eps, with their errors as {@link BatchStatistics} says of channels first.
   *
   * @param x the input X
   * @param y the output Y
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or Y overlaps an operand or itself;
   *     nothing is written then
   */
  public void forward(FloatMatrix x, FloatMatrix y) {
    SampleOperands.normalisation(FORWARD, x, y, gamma, beta);
    RowNormCall.forward(eps, gamma, beta, x, y, null);
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
    SampleOperands.normalisation(FORWARD, x, y, gamma, beta);
    Operands.open(FORWARD, workers);
    RowNormCall.forward(eps, gamma, beta, x, y, workers);
  }

  /**
   * The backward pass: with g = gamma·dY and xhat the normalised X, dx = (g - (1/n)·Σ g -
   * xhat·(1/n)·Σ g·xhat) / sqrt(variance + eps), dgamma = Σ dY·xhat and dbeta = Σ dY, the first two
   * sums along a row and the last two down a column. The statistics are computed anew. In place (dX
   * the very view of dY or of X) is allowed; any other overlap is not.
   *
   * <p><b>Order.</b> dx = inverse·fma(-xhat, slope, gamma·d - mean) with both means rounded.
   *
   * <p><b>Special values.</b> A row whose statistics are NaN gives NaN; else as IEEE 754 gives
   * along the order. Without rows dgamma and dbeta are 0.
   *
   * <p><b>Error.</b> For exact statistics, with u = 2^-24 and ξ = |xhat| + 2·u·|mean·inverse|:
   * dbeta as {@link Reduce#columns}, dgamma within 25·u·Σ|d|·ξ, and dx within inverse·u·(5·|g| +
   * 76·Σ|g|/n + 82·ξ·Σ|g|·ξ/n) + 2^-147·(1 + inverse·(1 + |xhat|)).
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   */
  public void backward(
      FloatMatrix x, FloatMatrix dy, FloatMatrix dx, FloatSpan dgamma, FloatSpan dbeta) {
    SampleOperands.gradients(BACKWARD, x, dy, dx, gamma, beta, dgamma, dbeta);
    RowNormCall.backward(eps, gamma, beta, x, dy, dx, dgamma, dbeta, null);
  }

  /**
   * As {@link #backward(FloatMatrix, FloatMatrix, FloatMatrix, FloatSpan, FloatSpan)}, with the
   * same bits, on several threads: they share the rows, 64 at a time.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param dgamma the loss's gradient by gamma
   * @param dbeta the loss's gradient by beta
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit or an output overlaps an operand or
   *     itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void backward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix dx,
      FloatSpan dgamma,
      FloatSpan dbeta,
      Workers workers) {
    SampleOperands.gradients(BACKWARD, x, dy, dx, gamma, beta, dgamma, dbeta);
    Operands.open(BACKWARD, workers);
    RowNormCall.backward(eps, gamma, beta, x, dy, dx, dgamma, dbeta, workers);
  }

  /**
   * The parameters in one line, for messages.
   *
   * @return for example {@code layer norm of 64 features, eps 1.0E-5}
   */
  @Override
  public String toString() {
    return "layer norm of " + features() + " features, eps " + eps;
  }
}
