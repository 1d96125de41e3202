package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/** The adapter of an implementation of softmax over rows in {@code float}. */
@FunctionalInterface
public interface SoftmaxEngine extends Engine {
  /**
   * y_j = exp(x_j) / Σ_l exp(x_l) of each row.
   *
   * @param x the logits, m × n; finite unless {@link Capability#MASKS} or {@link
   *     Capability#NON_FINITE} is declared
   * @param y the probabilities, m × n, full of NaN before; the very view of x under {@link
   *     Capability#IN_PLACE}
   */
  void softmax(Operand x, Operand y);

  /**
   * y_j = x_j - log Σ_l exp(x_l) of each row; called if {@link Capability#LOGARITHM} is declared.
   *
   * @param x the logits, m × n
   * @param y the logarithms of the probabilities, m × n, full of NaN before
   */
  default void logSoftmax(Operand x, Operand y) {
    throw new UnsupportedOperationException("SoftmaxEngine: no logarithm");
  }

  /**
   * dx_j = y_j · (dy_j - Σ_l dy_l · y_l) of each row; called if {@link Capability#BACKWARD} is
   * declared.
   *
   * @param y what {@link #softmax} gave, m × n
   * @param dy the gradient with respect to y, m × n
   * @param dx the gradient with respect to the logits, m × n, full of NaN before; the very view of
   *     dy under {@link Capability#IN_PLACE}
   */
  default void backward(Operand y, Operand dy, Operand dx) {
    throw new UnsupportedOperationException("SoftmaxEngine: no backward pass");
  }
}
