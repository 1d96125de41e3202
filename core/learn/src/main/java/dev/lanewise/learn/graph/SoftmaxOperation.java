package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.Softmax;

/** The softmax of each row, or its logarithm; both gradients follow from the result. */
final class SoftmaxOperation extends Operation {
  private final boolean logarithm;

  SoftmaxOperation(boolean logarithm, Node x) {
    super(logarithm ? "logSoftmax" : "softmax", x.shape(), x);
    this.logarithm = logarithm;
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.inputGradient(0);
    return new Kernel() {
      @Override
      public void forward() {
        if (logarithm) {
          LogSoftmax.forward(x, y, 1, binding.workers());
        } else {
          Softmax.forward(x, y, 1, binding.workers());
        }
      }

      @Override
      public void backward() {
        if (dx == null) {
          return;
        }
        if (logarithm) {
          LogSoftmax.backward(y, d, dx, 1, binding.workers());
        } else {
          Softmax.backward(y, d, dx, 1, binding.workers());
        }
      }
    };
  }
}
