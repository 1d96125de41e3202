package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Dropout: y = x / (1 - rate) where a random number is at least the rate, else 0. The expectation
 * of y is x, so that inference scales nothing.
 *
 * <p>The number of element (i, j) of an m×n matrix is {@link Philox#uniform} of (seed, purpose,
 * step, i·n + j): nothing is kept for the backward pass, which is the same function of dY.
 *
 * <p><b>Shapes.</b> X and Y m×n, any strides. In place (Y the very view of X) is allowed; any other
 * overlap is not.
 *
 * <p><b>Error.</b> 1.5 ulps. What is dropped is +0, also where x is NaN or infinite; what is kept
 * follows IEEE 754.
 *
 * <p><b>Source.</b> N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov,
 * Dropout: a simple way to prevent neural networks from overfitting, 2014, scaled in training.
 */
public final class Dropout {
  private static final String NAME = "Dropout";

  private Dropout() {}

  /**
   * Drops elements at random.
   *
   * @param x the input X, or dY in the backward pass
   * @param y the output Y, or dX
   * @param rate the probability that an element is dropped, in [0, 1) as a float
   * @param seed the key of the random numbers
   * @param purpose tells this layer's numbers from others
   * @param step tells this step's numbers from others
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, the rate is none, or Y overlaps X or
   *     itself; nothing is written then
   */
  public static void apply(
      FloatMatrix x, FloatMatrix y, double rate, long seed, int purpose, int step) {
    check(x, y, rate);
    DropoutCall.run(x, y, rate, seed, purpose, step, null);
  }

  /**
   * As {@link #apply(FloatMatrix, FloatMatrix, double, long, int, int)}, with the same bits, on
   * several threads.
   *
   * @param x the input X, or dY in the backward pass
   * @param y the output Y, or dX
   * @param rate the probability that an element is dropped, in [0, 1) as a float
   * @param seed the key of the random numbers
   * @param purpose tells this layer's numbers from others
   * @param step tells this step's numbers from others
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ, the rate is none, or Y overlaps X or
   *     itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void apply(
      FloatMatrix x,
      FloatMatrix y,
      double rate,
      long seed,
      int purpose,
      int step,
      Workers workers) {
    check(x, y, rate);
    Operands.open(NAME, workers);
    DropoutCall.run(x, y, rate, seed, purpose, step, workers);
  }

  private static void check(FloatMatrix x, FloatMatrix y, double rate) {
    Operands.forward(NAME, x, y);
    Checks.belowOne(NAME, "rate", rate);
  }
}
