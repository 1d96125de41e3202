package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;

/**
 * Sums or means; the gradient of a sum goes to each summand, divided by their number for a mean.
 */
final class ReductionOperation extends Operation {
  /** Of what. */
  enum Along {
    ALL,
    ROWS,
    COLUMNS
  }

  private final Along along;
  private final boolean mean;

  ReductionOperation(Along along, boolean mean, Node x) {
    super(name(along, mean), shape(along, x), x);
    this.along = along;
    this.mean = mean;
  }

  private static String name(Along along, boolean mean) {
    return switch (along) {
      case ALL -> mean ? "mean" : "sum";
      case ROWS -> mean ? "rowMeans" : "rowSums";
      case COLUMNS -> mean ? "columnMeans" : "columnSums";
    };
  }

  private static Shape shape(Along along, Node x) {
    return switch (along) {
      case ALL -> new Shape(1, 1);
      case ROWS -> new Shape(x.shape().rows(), 1);
      case COLUMNS -> new Shape(1, x.shape().columns());
    };
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix dx = binding.inputGradient(0);
    FloatMatrix d =
        binding.gradient() == null ? null : binding.gradient().broadcast(x.rows(), x.columns());
    long count = (long) x.rows() * x.columns() / ((long) y.rows() * y.columns());
    FloatMatrix divisor = binding.number(mean ? count : 1, x);
    Reduction reduction = mean ? Reduction.MEAN : Reduction.SUM;
    FloatSpan result = along == Along.COLUMNS ? y.row(0) : y.column(0);
    return new Kernel() {
      @Override
      public void forward() {
        switch (along) {
          case ALL -> y.set(0, 0, Reduce.all(reduction, x, binding.workers()));
          case ROWS -> Reduce.rows(reduction, x, result, binding.workers());
          case COLUMNS -> Reduce.columns(reduction, x, result, binding.workers());
        }
      }

      @Override
      public void backward() {
        if (dx != null) {
          Arithmetic.divide(d, divisor, dx, binding.workers());
        }
      }
    };
  }
}
