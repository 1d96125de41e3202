package dev.lanewise.kernels.internal;

/** What is made of two numbers. */
public enum ArithmeticFunction {
  /** a + b. */
  ADD,
  /** a - b. */
  SUBTRACT,
  /** a·b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE
}
