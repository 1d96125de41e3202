package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Targets;
import dev.lanewise.learn.internal.Checks;

/** Softmax cross-entropy; a training step computes loss and gradient in one pass, forward. */
final class CrossEntropyOperation extends Operation {
  private static final String NAME = "crossEntropy";

  private final ClassLabels labels;
  private final CrossEntropy loss;

  CrossEntropyOperation(Node x, ClassLabels labels, CrossEntropy loss) {
    super(NAME, new Shape(1, 1), x);
    this.labels = Checks.notNull(NAME, "labels", labels);
    this.loss = Checks.notNull(NAME, "loss", loss);
    if (x.shape().rows() != Shape.BATCH) {
      throw mismatch(NAME, "logits against labels must have a row for each sample", x);
    }
  }

  CrossEntropyOperation(Node x, Node distributions, CrossEntropy loss) {
    super(NAME, new Shape(1, 1), x, Checks.notNull(NAME, "distributions", distributions));
    this.labels = null;
    this.loss = Checks.notNull(NAME, "loss", loss);
    if (!x.shape().equals(distributions.shape())) {
      throw mismatch(NAME, "logits and distributions must have one shape", x, distributions);
    }
  }

  @Override
  boolean hasGradientBy(int input) {
    return input == 0;
  }

  /** The labels, or null where distributions are the targets. */
  ClassLabels labels() {
    return labels;
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.inputGradient(0);
    FloatMatrix slope = d == null ? null : d.broadcast(x.rows(), x.columns());
    Targets targets = labels == null ? binding.input(1) : binding.labels(labels);
    Run run = binding.run();
    return new Kernel() {
      @Override
      public void forward() {
        float value =
            run.isStep() && dx != null
                ? loss.lossAndGradient(x, targets, dx, binding.workers())
                : loss.loss(x, targets, binding.workers());
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
