package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.learn.internal.Checks;

/** Layer norm of the rows. */
final class LayerNormOperation extends Operation {
  private final double eps;

  LayerNormOperation(Node x, Node gamma, Node beta, double eps) {
    super(
        "layerNorm",
        x.shape(),
        x,
        Checks.notNull("layerNorm", "gamma", gamma),
        Checks.notNull("layerNorm", "beta", beta));
    this.eps = eps;
    requireRow("layerNorm", x, gamma);
    requireRow("layerNorm", x, beta);
    Checks.finiteNotNegative("layerNorm", "eps", eps);
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix dx = binding.wantedGradient(0);
    FloatSpan dgamma = d == null ? null : binding.wantedGradient(1).row(0);
    FloatSpan dbeta = d == null ? null : binding.wantedGradient(2).row(0);
    LayerNorm norm = new LayerNorm(binding.input(1).row(0), binding.input(2).row(0), eps);
    return new Kernel() {
      @Override
      public void forward() {
        norm.forward(x, y, binding.workers());
      }

      @Override
      public void backward() {
        norm.backward(x, d, dx, dgamma, dbeta, binding.workers());
      }
    };
  }
}
