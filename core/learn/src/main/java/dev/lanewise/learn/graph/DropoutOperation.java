package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;

/** Dropout by numbers of (seed, shard and node, step, element), which backward draws again. */
final class DropoutOperation extends Operation {
  private final double rate;

  DropoutOperation(double rate, Node x) {
    super("dropout", x.shape(), x);
    this.rate = rate;
    if (!(rate >= 0 && (float) rate < 1)) {
      throw new IllegalArgumentException(
          "dropout: rate is " + rate + "; it must be at least 0 and below 1");
    }
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.inputGradient(0);
    FloatMatrix one = binding.number(1, y);
    int purpose = binding.purpose();
    Run run = binding.run();
    return new Kernel() {
      @Override
      public void forward() {
        if (run.mode() == Mode.TRAINING) {
          drop(x, y);
        } else {
          Arithmetic.multiply(x, one, y, binding.workers());
        }
      }

      @Override
      public void backward() {
        if (dx != null) {
          drop(d, dx);
        }
      }

      private void drop(FloatMatrix from, FloatMatrix to) {
        int step = (int) run.step();
        Dropout.apply(from, to, rate, run.seed(), purpose, step, binding.workers());
      }
    };
  }
}
