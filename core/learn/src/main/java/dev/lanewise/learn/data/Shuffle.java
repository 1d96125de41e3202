package dev.lanewise.learn.data;

import dev.lanewise.kernels.Philox;

/**
 * A random permutation of the indices 0 to n - 1 as a pure function of (n, seed, purpose, step).
 *
 * <p><b>Source.</b> R. Durstenfeld, Algorithm 235: random permutation, 1964 (the shuffle of Fisher
 * and Yates).
 */
final class Shuffle {
  /** The purpose, to {@link Philox}, of dividing a data set in two. */
  static final int SPLIT = 1;

  /** The purpose, to {@link Philox}, of the order of an epoch, which is the step. */
  static final int EPOCH = 2;

  private Shuffle() {}

  static void permutation(int[] order, long seed, int purpose, int step) {
    identity(order);
    for (int i = order.length - 1; i > 0; i--) {
      int j = Philox.below(seed, purpose, step, i, i + 1);
      int index = order[i];
      order[i] = order[j];
      order[j] = index;
    }
  }

  static void identity(int[] order) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }
}
