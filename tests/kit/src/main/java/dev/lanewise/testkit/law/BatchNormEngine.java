package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/**
 * The adapter of an implementation of batch normalisation in {@code float}: m samples in rows, n
 * features in columns; gamma, beta and statistics are operands of one row and n columns.
 *
 * <p>With {@link Capability#IN_PLACE} y may be x, and dx may be dy: the very same operand.
 */
@FunctionalInterface
public interface BatchNormEngine extends Engine {
  /**
   * The training pass: y = gamma · (x - mean) / sqrt(variance + eps) + beta with mean = (1/m) Σ x
   * and variance = (1/m) Σ (x - mean)², both of the batch.
   *
   * @param x the input, m × n with m ≥ 1
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param eps what is added to the variance, positive
   * @param y receives the output, m × n
   * @param mean receives the mean of each feature
   * @param variance receives the biased variance of each feature
   */
  void forward(
      Operand x, Operand gamma, Operand beta, float eps, Operand y, Operand mean, Operand variance);

  /**
   * y = gamma · (x - mean) / sqrt(variance + eps) + beta with given statistics; called if {@link
   * Capability#INFERENCE} is declared.
   *
   * @param x the input, m × n
   * @param gamma the scale of each feature
   * @param beta the shift of each feature
   * @param mean the mean of each feature
   * @param variance the variance of each feature, at least 0
   * @param eps what is added to the variance, positive
   * @param y receives the output, m × n
   */
  default void inference(
      Operand x,
      Operand gamma,
      Operand beta,
      Operand mean,
      Operand variance,
      float eps,
      Operand y) {
    throw new UnsupportedOperationException("BatchNormEngine: no inference");
  }

  /**
   * The gradients of the training pass, which computes the batch's statistics again; called if
   * {@link Capability#BACKWARD} is declared.
   *
   * @param x the input of the training pass, m × n with m ≥ 1
   * @param dy the gradient with respect to y, m × n
   * @param gamma the scale of each feature
   * @param eps what is added to the variance, positive
   * @param dx receives the gradient with respect to x, m × n
   * @param dgamma receives the gradient with respect to gamma
   * @param dbeta receives the gradient with respect to beta
   */
  default void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    throw new UnsupportedOperationException("BatchNormEngine: no backward pass");
  }
}
