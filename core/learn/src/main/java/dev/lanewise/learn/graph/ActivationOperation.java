package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;

/** y = f(x); dx = f'(x)·d. */
final class ActivationOperation extends Operation {
  private final Activation function;

  ActivationOperation(Activation function, Node x) {
    super(Checks.notNull("activation", "function", function).toString(), x.shape(), x);
    this.function = function;
  }

  Activation function() {
    return function;
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
        function.forward(x, y, binding.workers());
      }

      @Override
      public void backward() {
        if (dx != null) {
          function.backward(x, d, dx, binding.workers());
        }
      }
    };
  }
}
