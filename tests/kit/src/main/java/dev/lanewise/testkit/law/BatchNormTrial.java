package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
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

  /** What the forward pass may be off by. */
  double[] forwardError() {
    return bounds().forward(everyRow(gamma()), everyRow(beta()));
  }

  double[] dgammaError() {
    return ColumnSumsOracle.sums(m, n, bounds().products(m, dy.widen()));
  }
}
