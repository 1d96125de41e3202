package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;

/** The operands of a case of batch normalisation, and the calls that are made with them. */
final class BatchNormTrial {
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;
  private static final int DY = 5;

  private final MatrixCase given;
  private final float scale;
  final int m;
  final int n;
  final float eps;
  final Operand x;
  final Operand y;
  final Operand mean;
  final Operand variance;
  private Operand gamma;
  private Operand beta;
  private BatchNormBounds bounds;
  final Operand dy;
  final Operand dx;
  final Operand dgamma;
  final Operand dbeta;

  /** With eps from 10^-8 to 0.1, and in every other case deviations of about its root. */
  BatchNormTrial(MatrixCase given) {
    this(given, new Mix(~given.seed()));
  }

  private BatchNormTrial(MatrixCase given, Mix mix) {
    this(given, mix.choose(1e-5f, 1e-3f, 1e-8f, 0.1f), mix.below(2) == 0);
  }

  BatchNormTrial(MatrixCase given, float eps, boolean ordinary) {
    this(given, eps, ordinary ? 1 : rootOf(eps), null);
  }

  private BatchNormTrial(MatrixCase given, float eps, float scale, Operand input) {
    this.given = given;
    this.eps = eps;
    this.scale = scale;
    m = given.rows();
    n = given.columns();
    x = input == null ? times(given.x(), scale) : input;
    gamma = given.another(GAMMA, 1, n, Values.ORDINARY);
    beta = given.another(BETA, 1, n, Values.ORDINARY);
    Values kind = given.values() == Values.WIDE ? Values.WIDE : Values.ORDINARY;
    dy = given.another(DY, m, n, kind);
    y = given.result(m, n);
    mean = given.result(1, 1, n);
    variance = given.result(2, 1, n);
    dx = given.result(3, m, n);
    dgamma = given.result(4, 1, n);
    dbeta = given.result(5, 1, n);
  }

  /** The same but for the input. */
  BatchNormTrial withInput(float[] dense) {
    return new BatchNormTrial(given, eps, scale, given.input().operand(m, n, dense));
  }

  /** Has a scale and a shift of its own from now on. */
  void scaleAndShift(float[] ofGamma, float[] ofBeta) {
    gamma = given.input().operand(1, n, ofGamma);
    beta = given.output().operand(1, n, ofBeta);
  }

  double[] gamma() {
    return gamma.widen();
  }

  double[] beta() {
    return beta.widen();
  }

  private static float rootOf(float eps) {
    return Math.scalb(1f, Math.getExponent((float) Math.sqrt(eps)) - 1);
  }

  private static Operand times(Operand x, float factor) {
    float[] array = x.array();
    for (int i = 0; i < array.length; i++) {
      array[i] *= factor;
    }
    return x;
  }

  void forward(BatchNormEngine engine) {
    Call call = new Call(this);
    call.input("X", x);
    call.output("Y", y);
    forward(engine, call, x, y);
  }

  /** With the input in the operand of the output. */
  void forwardInPlace(BatchNormEngine engine) {
    y.assign(x.toArray());
    Call call = new Call(this);
    call.output("X and Y", y);
    forward(engine, call, y, y);
  }

  private void forward(BatchNormEngine engine, Call call, Operand in, Operand out) {
    call.input("gamma", gamma);
    call.input("beta", beta);
    call.output("mean", mean);
    call.output("variance", variance);
    engine.forward(in, gamma, beta, eps, out, mean, variance);
    call.assertNothingElseWritten();
  }

  /** The statistics that are given to inference: those of no batch. */
  Operand givenMean() {
    return times(given.another(MEAN, 1, n, Values.ORDINARY), scale);
  }

  Operand givenVariance() {
    Operand roots = times(given.another(VARIANCE, 1, n, Values.ORDINARY), scale);
    float[] array = roots.array();
    for (int j = 0; j < array.length; j++) {
      array[j] *= array[j];
    }
    return roots;
  }

  void inference(BatchNormEngine engine, Operand ofMean, Operand ofVariance, boolean inPlace) {
    Call call = new Call(this);
    if (inPlace) {
      y.assign(x.toArray());
      call.output("X and Y", y);
    } else {
      call.input("X", x);
      call.output("Y", y);
    }
    call.input("gamma", gamma);
    call.input("beta", beta);
    call.input("mean", ofMean);
    call.input("variance", ofVariance);
    engine.inference(inPlace ? y : x, gamma, beta, ofMean, ofVariance, eps, y);
    call.assertNothingElseWritten();
  }

  void backward(BatchNormEngine engine, boolean inPlace) {
    Call call = new Call(this);
    if (inPlace) {
      dx.assign(dy.toArray());
      call.output("dY and dX", dx);
    } else {
      call.input("dY", dy);
      call.output("dX", dx);
    }
    call.input("X", x);
    call.input("gamma", gamma);
    call.output("dgamma", dgamma);
    call.output("dbeta", dbeta);
    engine.backward(x, inPlace ? dx : dy, gamma, eps, dx, dgamma, dbeta);
    call.assertNothingElseWritten();
  }

  BatchNormBounds bounds() {
    if (bounds == null) {
      bounds = new BatchNormBounds(m, n, x.widen(), eps);
    }
    return bounds;
  }

  /** What the forward pass may be off by. */
  double[] forwardError() {
    return bounds().forward(everyRow(gamma.widen()), everyRow(beta.widen()));
  }

  /** gamma · dy, m × n. */
  double[] scaledDy() {
    double[] g = dy.widen();
    double[] factor = gamma.widen();
    for (int ij = 0; ij < g.length; ij++) {
      g[ij] *= factor[ij % n];
    }
    return g;
  }

  double[] dgammaError() {
    return ColumnSumsOracle.sums(m, n, bounds().products(m, dy.widen()));
  }

  private double[] everyRow(double[] row) {
    double[] all = new double[m * n];
    for (int ij = 0; ij < all.length; ij++) {
      all[ij] = row[ij % n];
    }
    return all;
  }

  @Override
  public String toString() {
    return given + " eps=" + eps + " scale=" + scale;
  }
}
