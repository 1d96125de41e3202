package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/**
 * The adapter of an implementation of cross-entropy of softmax from logits in {@code float}: J =
 * (1/m) Σ_i L_i with L = -Σ_j y_j · log softmax(x)_j.
 */
@FunctionalInterface
public interface CrossEntropyEngine extends Engine {
  /**
   * J against labels.
   *
   * @param logits x, m × n, neither extent 0; finite unless {@link Capability#MASKS} or {@link
   *     Capability#NON_FINITE} is declared
   * @param labels the class of each row, in [0, n); not to be changed
   * @return the mean loss
   */
  float loss(Operand logits, int[] labels);

  /**
   * J against labels and dJ/dx = (softmax(x) - y) / m; called if {@link Capability#BACKWARD} is
   * declared.
   *
   * @param logits x, m × n
   * @param labels the class of each row, in [0, n); not to be changed
   * @param gradient dJ/dx, m × n, full of NaN before; the very view of the logits under {@link
   *     Capability#IN_PLACE}
   * @return the mean loss
   */
  default float lossAndGradient(Operand logits, int[] labels, Operand gradient) {
    throw new UnsupportedOperationException("CrossEntropyEngine: no backward pass");
  }

  /**
   * J against distributions and dJ/dx = (softmax(x) - y) / m; called if {@link
   * Capability#DISTRIBUTIONS} is declared.
   *
   * @param logits x, m × n
   * @param targets y, m × n, numbers of at least 0; the sum of each row is exactly 1
   * @param gradient dJ/dx, m × n, full of NaN before
   * @return the mean loss
   */
  default float lossAndGradient(Operand logits, Operand targets, Operand gradient) {
    throw new UnsupportedOperationException("CrossEntropyEngine: no distributions");
  }
}
