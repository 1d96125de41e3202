package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Matrices;
import java.util.Arrays;

/** One layer of a {@link NetworkOracle}; its parameters start at an offset of a common array. */
sealed interface NetworkLayer {
  /** The features of each row of the result. */
  int outputs();

  int parameters();

  /** The result for m rows x. */
  double[] forward(int m, double[] parameters, int offset, double[] x);

  /**
   * The gradient with respect to x, from d with respect to the result; that with respect to the
   * parameters goes to their places in the gradient.
   */
  double[] backward(
      int m, double[] parameters, int offset, double[] x, double[] d, double[] gradient);

  private static double[] part(double[] parameters, int offset, int length) {
    return Arrays.copyOfRange(parameters, offset, offset + length);
  }

  private static void put(double[] values, double[] gradient, int offset) {
    System.arraycopy(values, 0, gradient, offset, values.length);
  }

  /** x·W, with b added to each row. */
  record Dense(int inputs, int outputs, boolean hasBias) implements NetworkLayer {
    private int weights() {
      return Math.multiplyExact(inputs, outputs);
    }

    @Override
    public int parameters() {
      return Math.addExact(weights(), hasBias ? outputs : 0);
    }

    @Override
    public double[] forward(int m, double[] parameters, int offset, double[] x) {
      double[] w = part(parameters, offset, weights());
      double[] y = GemmOracle.gemm(m, outputs, inputs, 1, x, w, 0, null);
      for (int i = 0; i < y.length && hasBias; i++) {
        y[i] += parameters[offset + weights() + i % outputs];
      }
      return y;
    }

    @Override
    public double[] backward(
        int m, double[] parameters, int offset, double[] x, double[] d, double[] gradient) {
      double[] turned = Matrices.transposed(m, inputs, x);
      put(GemmOracle.gemm(inputs, outputs, m, 1, turned, d, 0, null), gradient, offset);
      if (hasBias) {
        put(ColumnSumsOracle.sums(m, outputs, d), gradient, offset + weights());
      }
      double[] w = Matrices.transposed(inputs, outputs, part(parameters, offset, weights()));
      return GemmOracle.gemm(m, inputs, outputs, 1, d, w, 0, null);
    }
  }

  /** Batch norm in training: gamma, then beta. */
  record BatchNorm(int outputs, double eps) implements NetworkLayer {
    @Override
    public int parameters() {
      return Math.multiplyExact(2, outputs);
    }

    @Override
    public double[] forward(int m, double[] parameters, int offset, double[] x) {
      double[] gamma = part(parameters, offset, outputs);
      double[] beta = part(parameters, offset + outputs, outputs);
      return BatchNormOracle.forward(m, outputs, x, gamma, beta, eps);
    }

    @Override
    public double[] backward(
        int m, double[] parameters, int offset, double[] x, double[] d, double[] gradient) {
      put(BatchNormOracle.dgamma(m, outputs, x, eps, d), gradient, offset);
      put(BatchNormOracle.dbeta(m, outputs, d), gradient, offset + outputs);
      return BatchNormOracle.dz(m, outputs, x, part(parameters, offset, outputs), eps, d);
    }
  }

  /** Layer norm: gamma, then beta. */
  record LayerNorm(int outputs, double eps) implements NetworkLayer {
    @Override
    public int parameters() {
      return Math.multiplyExact(2, outputs);
    }

    @Override
    public double[] forward(int m, double[] parameters, int offset, double[] x) {
      double[] gamma = part(parameters, offset, outputs);
      double[] beta = part(parameters, offset + outputs, outputs);
      return LayerNormOracle.forward(m, outputs, x, gamma, beta, eps);
    }

    @Override
    public double[] backward(
        int m, double[] parameters, int offset, double[] x, double[] d, double[] gradient) {
      put(LayerNormOracle.dgamma(m, outputs, x, eps, d), gradient, offset);
      put(LayerNormOracle.dbeta(m, outputs, d), gradient, offset + outputs);
      return LayerNormOracle.dx(m, outputs, x, part(parameters, offset, outputs), eps, d);
    }
  }

  /** An activation, without parameters. */
  record Activation(int outputs, ActivationOracle function) implements NetworkLayer {
    @Override
    public int parameters() {
      return 0;
    }

    @Override
    public double[] forward(int m, double[] parameters, int offset, double[] x) {
      return function.forward(x);
    }

    @Override
    public double[] backward(
        int m, double[] parameters, int offset, double[] x, double[] d, double[] gradient) {
      return function.backward(x, d);
    }
  }
}
