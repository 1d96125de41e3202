package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;

/** The operands of a case of layer normalisation, and the calls that are made with them. */
final class LayerNormTrial {
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int DY = 3;

  private final MatrixCase given;
  final int m;
  final int n;
  final float eps;
  final float scale;
  final Operand x;
  final Operand dy;
  final Operand y;
  final Operand dx;
  final Operand dgamma;
  final Operand dbeta;
  private Operand gamma;
  private Operand beta;
  private BatchNormBounds bounds;

  /** With eps from 10^-8 to 0.1, and in every other case deviations of about its root. */
  LayerNormTrial(MatrixCase given) {
    this(given, new Mix(~given.seed()));
  }

  private LayerNormTrial(MatrixCase given, Mix mix) {
    this(given, mix.choose(1e-5f, 1e-3f, 1e-8f, 0.1f), mix.below(2) == 0);
  }

  LayerNormTrial(MatrixCase given, float eps, boolean ordinary) {
    this(given, eps, ordinary ? 1 : Math.scalb(1f, Math.getExponent(eps) / 2 - 1), given.x());
    float[] array = x.array();
    for (int i = 0; i < array.length; i++) {
      array[i] *= scale;
    }
  }

  private LayerNormTrial(MatrixCase given, float eps, float scale, Operand x) {
    this.given = given;
    this.eps = eps;
    this.scale = scale;
    this.x = x;
    m = given.rows();
    n = given.columns();
    gamma = given.another(GAMMA, 1, n, Values.ORDINARY);
    beta = given.another(BETA, 1, n, Values.ORDINARY);
    Values kind = given.values() == Values.WIDE ? Values.WIDE : Values.ORDINARY;
    dy = given.another(DY, m, n, kind);
    y = given.result(m, n);
    dx = given.result(1, m, n);
    dgamma = given.result(2, 1, n);
    dbeta = given.result(3, 1, n);
  }

  /** The same but for the input. */
  LayerNormTrial withInput(float[] dense) {
    return new LayerNormTrial(given, eps, scale, given.input().operand(m, n, dense));
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

  void forward(LayerNormEngine engine, boolean inPlace) {
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
    engine.forward(inPlace ? y : x, gamma, beta, eps, y);
    call.assertNothingElseWritten();
  }

  void backward(LayerNormEngine engine, boolean inPlace) {
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

  /** The bounds of the transposed matrix. */
  private BatchNormBounds bounds() {
    if (bounds == null) {
      bounds = new BatchNormBounds(n, m, transposed(m, n, x.widen()), eps);
    }
    return bounds;
  }

  /** What y may be off by. */
  double[] forwardError() {
    double[] ofGamma = gamma();
    double[] ofBeta = beta();
    double[] gammas = new double[m * n];
    double[] betas = new double[m * n];
    for (int ji = 0; ji < gammas.length; ji++) {
      gammas[ji] = ofGamma[ji / m];
      betas[ji] = ofBeta[ji / m];
    }
    return transposed(n, m, bounds().forward(gammas, betas));
  }

  double[] dxError() {
    double[] g = dy.widen();
    double[] ofGamma = gamma();
    for (int ij = 0; ij < g.length; ij++) {
      g[ij] *= ofGamma[ij % n];
    }
    return transposed(n, m, bounds().dx(transposed(m, n, g)));
  }

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

  @Override
  public String toString() {
    return given + " eps=" + eps + " scale=" + scale;
  }
}
