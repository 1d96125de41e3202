package dev.lanewise.suite.bits;

import dev.lanewise.kernels.internal.ArithmeticFunction;

/**
 * The kernels' arithmetic functions by names of the suite's own: a module that does not export them
 * can still be run.
 */
public enum BinaryFunction {
  /** a + b. */
  ADD,
  /** a - b. */
  SUBTRACT,
  /** a · b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE;

  ArithmeticFunction definition() {
    return ArithmeticFunction.valueOf(name());
  }
}
