package dev.lanewise.testkit.law;

import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.LayerNormOracle;

/** The operands of a case of layer normalisation, and the calls that are made with them. */
final class LayerNormTrial extends NormTrial {
  LayerNormTrial(MatrixCase given) {
    super(given);
  }

  LayerNormTrial(MatrixCase given, float eps, boolean ordinary) {
    super(given, eps, ordinary);
  }

  private LayerNormTrial(LayerNormTrial other, float[] input) {
    super(other, input);
  }

  /** The same but for the input. */
  LayerNormTrial withInput(float[] dense) {
    return new LayerNormTrial(this, dense);
  }

  void forward(LayerNormEngine engine, boolean inPlace) {
    Call call = forwardCall(inPlace);
    engine.forward(inPlace ? y : x, gammaOperand(), betaOperand(), eps, y);
    call.assertNothingElseWritten();
  }

  void backward(LayerNormEngine engine, boolean inPlace) {
    Call call = backwardCall(inPlace);
    engine.backward(x, inPlace ? dx : dy, gammaOperand(), eps, dx, dgamma, dbeta);
    call.assertNothingElseWritten();
  }

  /** Those of the transposed matrix. */
  @Override
  NormBounds newBounds() {
    return new NormBounds(n, m, transposed(m, n, x.widen()), eps);
  }

  @Override
  double[] oracle(double[] ofX, double[] ofGamma, double[] ofBeta) {
    return LayerNormOracle.forward(m, n, ofX, ofGamma, ofBeta, eps);
  }

  @Override
  double[] oracleDgamma(double[] ofX, double[] d) {
    return LayerNormOracle.dgamma(m, n, ofX, eps, d);
  }

  @Override
  double[] oracleDx(double[] ofX, double[] ofGamma, double[] d) {
    return LayerNormOracle.dx(m, n, ofX, ofGamma, eps, d);
  }

  @Override
  double[] forwardError() {
    double[] gammas = transposed(m, n, everyRow(gamma()));
    double[] betas = transposed(m, n, everyRow(beta()));
    return transposed(n, m, bounds().forward(gammas, betas));
  }

  @Override
  double[] dxError() {
    return transposed(n, m, bounds().dx(transposed(m, n, scaledDy())));
  }

  @Override
  double[] dgammaError() {
    double[] terms = bounds().products(m, transposed(m, n, dy.widen()));
    return ColumnSumsOracle.sums(m, n, transposed(n, m, terms));
  }

  private static double[] transposed(int rows, int columns, double[] a) {
    double[] t = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = a[i * columns + j];
      }
    }
    return t;
  }
}
