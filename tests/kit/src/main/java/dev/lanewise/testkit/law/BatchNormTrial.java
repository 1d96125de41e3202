package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;

/** The operands of a case of batch normalisation, and the calls that are made with them. */
final class BatchNormTrial extends NormTrial {
  private static final int MEAN = 4;
  private static final int VARIANCE = 5;

  final Operand mean = given.result(4, 1, n);
  final Operand variance = given.result(5, 1, n);

  BatchNormTrial(MatrixCase given) {
    super(given);
  }

  BatchNormTrial(MatrixCase given, float eps, boolean ordinary) {
    super(given, eps, ordinary);
  }

  private BatchNormTrial(BatchNormTrial other, float[] input) {
    super(other, input);
  }

  /** The same but for the input. */
  BatchNormTrial withInput(float[] dense) {
    return new BatchNormTrial(this, dense);
  }

  void forward(BatchNormEngine engine, boolean inPlace) {
    Call call = forwardCall(inPlace);
    call.output("mean", mean);
    call.output("variance", variance);
    engine.forward(inPlace ? y : x, gammaOperand(), betaOperand(), eps, y, mean, variance);
    call.assertNothingElseWritten();
  }

  /** The statistics that are given to inference: those of no batch. */
  Operand givenMean() {
    return given.another(MEAN, 1, n, Values.ORDINARY).scale(scale);
  }

  Operand givenVariance() {
    Operand roots = given.another(VARIANCE, 1, n, Values.ORDINARY).scale(scale);
    float[] array = roots.array();
    for (int j = 0; j < array.length; j++) {
      array[j] *= array[j];
    }
    return roots;
  }

  void inference(BatchNormEngine engine, Operand ofMean, Operand ofVariance, boolean inPlace) {
    Call call = forwardCall(inPlace);
    call.input("mean", ofMean);
    call.input("variance", ofVariance);
    engine.inference(inPlace ? y : x, gammaOperand(), betaOperand(), ofMean, ofVariance, eps, y);
    call.assertNothingElseWritten();
  }

  void backward(BatchNormEngine engine, boolean inPlace) {
    Call call = backwardCall(inPlace);
    engine.backward(x, inPlace ? dx : dy, gammaOperand(), eps, dx, dgamma, dbeta);
    call.assertNothingElseWritten();
  }

  @Override
  NormBounds newBounds() {
    return new NormBounds(m, n, x.widen(), eps);
  }

  @Override
  double[] oracle(double[] ofX, double[] ofGamma, double[] ofBeta) {
    return BatchNormOracle.forward(m, n, ofX, ofGamma, ofBeta, eps);
  }

  @Override
  double[] oracleDgamma(double[] ofX, double[] d) {
    return BatchNormOracle.dgamma(m, n, ofX, eps, d);
  }

  @Override
  double[] oracleDx(double[] ofX, double[] ofGamma, double[] d) {
    return BatchNormOracle.dz(m, n, ofX, ofGamma, eps, d);
  }

  @Override
  double[] forwardError() {
    return bounds().forward(everyRow(gamma()), everyRow(beta()));
  }

  @Override
  double[] dgammaError() {
    return ColumnSumsOracle.sums(m, n, bounds().products(m, dy.widen()));
  }

  @Override
  double[] dxError() {
    return bounds().dx(scaledDy());
  }

  void checkStatistics(BatchNormEngine engine, Accuracy seen) {
    NormBounds bounds = bounds();
    checkRow(engine, mean, bounds.mean(), bounds.meanError(), "mean of ", seen);
    checkRow(engine, variance, bounds.variance(), bounds.varianceError(), "variance of ", seen);
  }
}
