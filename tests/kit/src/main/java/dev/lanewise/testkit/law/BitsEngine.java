package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;

/**
 * The adapter of an operation that computes each row of y from the row of x alone, such as softmax,
 * a product with a fixed matrix, or batch normalisation with fixed statistics.
 */
@FunctionalInterface
public interface BitsEngine extends Engine {
  /**
   * y_i = f(x_i) for each row i.
   *
   * @param x the input
   * @param y receives the output: as many rows as x, and {@link #outputColumns} columns
   * @param threads how many threads take part; 1 unless {@link Capability#THREADS} is declared
   */
  void apply(Operand x, Operand y, int threads);

  /**
   * The length of an output row.
   *
   * @param inputColumns the length of an input row
   * @return by default the same
   */
  default int outputColumns(int inputColumns) {
    return inputColumns;
  }

  /**
   * The largest number of threads that is asked for.
   *
   * @return at least 1; by default 7
   */
  default int maxThreads() {
    return 7;
  }
}
