package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;

/** Another view of a node's value and of its gradient; nothing is computed. */
final class ViewOperation extends Operation {
  private final boolean transposed;
  private final int from;
  private final int to;

  ViewOperation(Node x) {
    super("transposed", x.shape().transposed(), x);
    transposed = true;
    from = 0;
    to = 0;
  }

  ViewOperation(Node x, int from, int to) {
    super("columns", new Shape(x.shape().rows(), width(x, from, to)), x);
    transposed = false;
    this.from = from;
    this.to = to;
  }

  private static int width(Node x, int from, int to) {
    if (from < 0 || to <= from || to > x.shape().columns()) {
      throw mismatch("columns", "there are no columns %d to %d".formatted(from, to), x);
    }
    return to - from;
  }

  /** The view of a matrix that has the input's shape. */
  FloatMatrix of(FloatMatrix x) {
    return transposed ? x.transpose() : x.columns(from, to);
  }

  @Override
  Kernel bind(Binding binding) {
    return null;
  }
}
