package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;

/** The operands of a case of a normalisation with scale and shift, and what its calls share. */
abstract class NormTrial {
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int DY = 3;

  final MatrixCase given;
  final float scale;
  final int m;
  final int n;
  final float eps;
  final Operand x;
  final Operand y;
  final Operand dy;
  final Operand dx;
  final Operand dgamma;
  final Operand dbeta;
  private Operand gamma;
  private Operand beta;
  private NormBounds bounds;

  /** With eps from 10^-8 to 0.1, and in every other case deviations of about its root. */
  NormTrial(MatrixCase given) {
    this(given, new Mix(~given.seed()));
  }

  private NormTrial(MatrixCase given, Mix mix) {
    this(given, mix.choose(1e-5f, 1e-3f, 1e-8f, 0.1f), mix.below(2) == 0);
  }

  NormTrial(MatrixCase given, float eps, boolean ordinary) {
    this(given, eps, ordinary ? 1 : rootOf(eps), null);
  }

  /** The same as another one but for the input. */
  NormTrial(NormTrial other, float[] input) {
    this(other.given, other.eps, other.scale, other.given.input().operand(other.m, other.n, input));
  }

  private NormTrial(MatrixCase given, float eps, float scale, Operand input) {
    this.given = given;
    this.eps = eps;
    this.scale = scale;
    m = given.rows();
    n = given.columns();
    x = input == null ? given.x().scale(scale) : input;
    gamma = given.another(GAMMA, 1, n, Values.ORDINARY);
    beta = given.another(BETA, 1, n, Values.ORDINARY);
    Values kind = given.values() == Values.WIDE ? Values.WIDE : Values.ORDINARY;
    dy = given.another(DY, m, n, kind);
    y = given.result(m, n);
    dx = given.result(1, m, n);
    dgamma = given.result(2, 1, n);
    dbeta = given.result(3, 1, n);
  }

  private static float rootOf(float eps) {
    return Math.scalb(1f, Math.getExponent((float) Math.sqrt(eps)) - 1);
  }

  /** Has a scale and a shift of its own from now on. */
  final void scaleAndShift(float[] ofGamma, float[] ofBeta) {
    gamma = given.input().operand(1, n, ofGamma);
    beta = given.output().operand(1, n, ofBeta);
  }

  final double[] gamma() {
    return gamma.widen();
  }

  final double[] beta() {
    return beta.widen();
  }

  final Operand gammaOperand() {
    return gamma;
  }

  final Operand betaOperand() {
    return beta;
  }

  /** A call from X, or in place from Y, to Y by gamma and beta. */
  final Call forwardCall(boolean inPlace) {
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
    return call;
  }

  /** A call from X and dY, or in place from dX, to dX, dgamma and dbeta. */
  final Call backwardCall(boolean inPlace) {
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
    return call;
  }

  /** The bounds, features in columns. */
  final NormBounds bounds() {
    if (bounds == null) {
      bounds = newBounds();
    }
    return bounds;
  }

  abstract NormBounds newBounds();

  /** gamma · dy, m × n. */
  final double[] scaledDy() {
    double[] g = dy.widen();
    double[] factor = gamma.widen();
    for (int ij = 0; ij < g.length; ij++) {
      g[ij] *= factor[ij % n];
    }
    return g;
  }

  /** A vector as every row of a matrix, m × n. */
  final double[] everyRow(double[] row) {
    double[] all = new double[m * n];
    for (int ij = 0; ij < all.length; ij++) {
      all[ij] = row[ij % n];
    }
    return all;
  }

  @Override
  public final String toString() {
    return given + " eps=" + eps + " scale=" + scale;
  }
}
