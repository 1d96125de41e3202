package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/**
 * The adapter of an implementation of layer normalisation in {@code float}: m samples in rows, n
 * features in columns; gamma and beta are operands of one row and n columns.
 *
 * <p>With {@link Capability#IN_PLACE} y may be x, and dx may be dy: the very same operand.
 */
@FunctionalInterface
public interface LayerNormEngine extends Engine {
  /**
   * y = gamma · (x - mean) / sqrt(variance + eps) + beta with mean = (1/n) Σ_j x_j and variance =
   * (1/n) Σ_j (x_j - mean)² of each row.
   *
   * @param x the input, m × n with n ≥ 1
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param eps what is added to the variance, positive
   * @param y receives the output, m × n
   */
  void forward(Operand x, Operand gamma, Operand beta, float eps, Operand y);

  /**
   * The gradients, with the statistics computed again; called if {@link Capability#BACKWARD} is
   * declared.
   *
   * @param x the input of the forward pass, m × n with n ≥ 1
   * @param dy the gradient with respect to y, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the variance, positive
   * @param dx receives the gradient with respect to x, m × n
   * @param dgamma receives the gradient with respect to gamma
   * @param dbeta receives the gradient with respect to beta
   */
  default void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    throw new UnsupportedOperationException("LayerNormEngine: no backward pass");
  }
}
