package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;

/** The first values of a variable. */
@FunctionalInterface
public interface Initializer {
  /**
   * Fills a variable.
   *
   * @param values the values, zeros so far
   * @param seed the session's seed
   * @param purpose tells the variable's random numbers from others'; it depends on its name alone
   */
  void fill(FloatMatrix values, long seed, int purpose);
}
