package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;

/**
 * The gradient of an input that was repeated to fit: the sum of its copies' gradients.
 *
 * @param wide takes the gradients of the copies
 * @param narrow takes their sum; the same where nothing was repeated
 */
record Shrinking(FloatMatrix wide, FloatMatrix narrow, Binding binding) {
  /** For an input of an operation, or null where its gradient is not wanted. */
  static Shrinking of(Binding binding, int input) {
    FloatMatrix narrow = binding.inputGradient(input);
    if (narrow == null) {
      return null;
    }
    FloatMatrix c = binding.output();
    boolean same = narrow.rows() == c.rows() && narrow.columns() == c.columns();
    return new Shrinking(same ? narrow : binding.scratch(input), narrow, binding);
  }

  void shrink() {
    if (wide.rows() != narrow.rows() && wide.columns() != narrow.columns()) {
      narrow.set(0, 0, Reduce.all(Reduction.SUM, wide, binding.workers()));
    } else if (wide.rows() != narrow.rows()) {
      Reduce.columns(Reduction.SUM, wide, narrow.row(0), binding.workers());
    } else if (wide.columns() != narrow.columns()) {
      Reduce.rows(Reduction.SUM, wide, narrow.column(0), binding.workers());
    }
  }
}
