package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Targets;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.internal.Checks;

/**
 * Cross-entropy of logits, by softmax or of two classes each; a training step computes loss and
 * gradient in one pass, forward.
 */
final class CrossEntropyOperation extends Operation {
  private static final String NAME = "crossEntropy";

  private final ClassLabels labels;
  private final Loss loss;

  /** A kernel. */
  @FunctionalInterface
  private interface Loss {
    /** The loss; its gradient by x goes into dx unless that is null. */
    float compute(FloatMatrix x, Targets targets, FloatMatrix dx, Workers workers);
  }

  private CrossEntropyOperation(String name, ClassLabels labels, Loss loss, Node... inputs) {
    super(name, new Shape(1, 1), inputs);
    this.labels = labels;
    this.loss = loss;
  }

  /** By softmax, against a class for each row. */
  static CrossEntropyOperation of(Node x, ClassLabels labels, CrossEntropy loss) {
    Checks.notNull(NAME, "labels", labels);
    if (x.shape().rows() != Shape.BATCH) {
      throw mismatch(NAME, "logits against labels must have a row for each sample", x);
    }
    return new CrossEntropyOperation(NAME, labels, softmax(loss), x);
  }

  /** By softmax, against a distribution for each row. */
  static CrossEntropyOperation of(Node x, Node distributions) {
    return of(NAME, softmax(CrossEntropy.MEAN), x, "distributions", distributions);
  }

  private static Loss softmax(CrossEntropy loss) {
    return (x, targets, dx, workers) ->
        dx == null ? loss.loss(x, targets, workers) : loss.lossAndGradient(x, targets, dx, workers);
  }

  /** Of two classes, against the probability of one for each element. */
  static CrossEntropyOperation binary(Node x, Node targets) {
    return of("binaryCrossEntropy", CrossEntropyOperation::binaryLoss, x, "targets", targets);
  }

  private static float binaryLoss(FloatMatrix x, Targets targets, FloatMatrix dx, Workers workers) {
    FloatMatrix t = (FloatMatrix) targets; // a node's value
    return dx == null
        ? BinaryCrossEntropy.MEAN.loss(x, t, workers)
        : BinaryCrossEntropy.MEAN.lossAndGradient(x, t, dx, workers);
  }

  private static CrossEntropyOperation of(
      String name, Loss loss, Node x, String role, Node targets) {
    Checks.notNull(name, role, targets);
    if (!x.shape().equals(targets.shape())) {
      throw mismatch(name, "logits and " + role + " must have one shape", x, targets);
    }
    return new CrossEntropyOperation(name, null, loss, x, targets);
  }

  @Override
  boolean hasGradientBy(int input) {
    return input == 0;
  }

  /** The labels, or null where a node gives the targets. */
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
        FloatMatrix gradient = run.isStep() ? dx : null;
        y.set(0, 0, loss.compute(x, targets, gradient, binding.workers()));
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
