package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;

/** Copies of tensors. */
final class Tensors {
  private Tensors() {}

  /** Both are dense and of one shape. */
  static void copy(FloatMatrix from, FloatMatrix to) {
    int size = from.rows() * from.columns();
    System.arraycopy(from.array(), from.offset(), to.array(), to.offset(), size);
  }
}
