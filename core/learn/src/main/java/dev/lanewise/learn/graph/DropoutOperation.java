package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;

/** Dropout by numbers of (seed, shard and node, step, element), which backward draws again. */
final class DropoutOperation extends Operation {
  private final double rate;

  DropoutOperation(double rate, Node x) {
    super("dropout", x.shape(), x);
    this.rate = Checks.belowOne("dropout", "rate", rate);
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
