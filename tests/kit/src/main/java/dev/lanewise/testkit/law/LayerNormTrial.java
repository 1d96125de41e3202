package dev.lanewise.testkit.law;

import dev.lanewise.testkit.internal.Matrices;
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
    return new NormBounds(n, m, Matrices.transposed(m, n, x.widen()), eps);
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
    double[] gammas = Matrices.transposed(m, n, everyRow(gamma()));
    double[] betas = Matrices.transposed(m, n, everyRow(beta()));
    return Matrices.transposed(n, m, bounds().forward(gammas, betas));
  }

  @Override
  double[] dxError() {
    return Matrices.transposed(n, m, bounds().dx(Matrices.transposed(m, n, scaledDy())));
  }

  @Override
  double[] dgammaError() {
    double[] terms = bounds().products(m, Matrices.transposed(m, n, dy.widen()));
    return ColumnSumsOracle.sums(m, n, Matrices.transposed(n, m, terms));
  }
}
