package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.ActivationOracle;

/** The adapter of an implementation of an activation function in {@code float}. */
public interface ActivationEngine extends Engine {
  /**
   * Which function it is.
   *
   * @return the function's oracle
   */
  ActivationOracle function();

  /**
   * y = f(x), element by element.
   *
   * @param x the input, m × n
   * @param y the output, m × n, full of NaN before; the very view of x under {@link
   *     Capability#IN_PLACE}
   */
  void forward(Operand x, Operand y);

  /**
   * dx = f'(x) · dy, element by element; called if {@link Capability#BACKWARD} is declared.
   *
   * @param x the input of the forward pass, m × n
   * @param dy the gradient with respect to y, m × n
   * @param dx the gradient with respect to x, m × n, full of NaN before; the very view of dy under
   *     {@link Capability#IN_PLACE}
   */
  default void backward(Operand x, Operand dy, Operand dx) {
    throw new UnsupportedOperationException("ActivationEngine: no backward pass");
  }

  /**
   * How many ulps of f(x) the result may be off; of the backward pass how many times 2^-23 of the
   * derivative's terms, {@link ActivationOracle#derivativeMagnitude}.
   *
   * @return at least 0; by default 4
   */
  default double ulps() {
    return 4;
  }

  /**
   * How much f(x) and f'(x) may be off beyond {@link #ulps()}, as where 1 + erf(x) cancels.
   *
   * @return at least 0; by default 0
   */
  default double absolute() {
    return 0;
  }
}
