package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.learn.internal.Checks;

/** RMS norm of the rows. */
final class RmsNormOperation extends Operation {
  private final double eps;

  RmsNormOperation(Node x, Node gamma, double eps) {
    super("rmsNorm", x.shape(), x, Checks.notNull("rmsNorm", "gamma", gamma));
    this.eps = eps;
    requireRow("rmsNorm", x, gamma);
    Checks.finiteNotNegative("rmsNorm", "eps", eps);
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.wantedGradient(0);
    FloatSpan dgamma = d == null ? null : binding.wantedGradient(1).row(0);
    RmsNorm norm = new RmsNorm(binding.input(1).row(0), eps);
    return new Kernel() {
      @Override
      public void forward() {
        norm.forward(x, y, binding.workers());
      }

      @Override
      public void backward() {
        norm.backward(x, d, dx, dgamma, binding.workers());
      }
    };
  }
}
