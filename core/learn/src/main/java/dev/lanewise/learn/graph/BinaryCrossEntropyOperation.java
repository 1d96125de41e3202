package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;

/** Mean binary cross-entropy; a training step computes loss and gradient in one pass, forward. */
final class BinaryCrossEntropyOperation extends Operation {
  private static final String NAME = "binaryCrossEntropy";

  BinaryCrossEntropyOperation(Node x, Node targets) {
    super(NAME, new Shape(1, 1), x, Checks.notNull(NAME, "targets", targets));
    if (!x.shape().equals(targets.shape())) {
      throw mismatch(NAME, "logits and targets must have one shape", x, targets);
    }
  }

  @Override
  boolean hasGradientBy(int input) {
    return input == 0;
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix targets = binding.input(1);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.inputGradient(0);
    FloatMatrix slope = d == null ? null : d.broadcast(x.rows(), x.columns());
    Run run = binding.run();
    return new Kernel() {
      @Override
      public void forward() {
        float value =
            run.isStep() && dx != null
                ? BinaryCrossEntropy.MEAN.lossAndGradient(x, targets, dx, binding.workers())
                : BinaryCrossEntropy.MEAN.loss(x, targets, binding.workers());
        y.set(0, 0, value);
      }

      @Override
      public void backward() {
        if (dx != null && d.get(0, 0) != 1) {
          Arithmetic.multiply(dx, slope, dx, binding.workers());
        }
      }
    };
  }
}
