package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The operands of a case of a normalisation with scale and shift, what its calls share, and their
 * results against the oracle.
 */
abstract class NormTrial {
  /** An eps with which central differences are off by {@link #DIFFERENCES} at most. */
  static final float DIFFERENCES_EPS = 0.1f;

  private static final double DIFFERENCES = 1e-6;

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

  /** The forward pass in double. */
  abstract double[] oracle(double[] ofX, double[] ofGamma, double[] ofBeta);

  abstract double[] oracleDgamma(double[] ofX, double[] d);

  abstract double[] oracleDx(double[] ofX, double[] ofGamma, double[] d);

  /** What y may be off by. */
  abstract double[] forwardError();

  abstract double[] dgammaError();

  abstract double[] dxError();

  private double[] dbetaError() {
    double[] errors = ColumnSumsOracle.magnitude(m, n, dy.widen());
    Arrays.setAll(errors, j -> Bound.gamma(m + 1) * errors[j]);
    return errors;
  }

  final void checkForward(Engine engine, Accuracy seen) {
    double[] expected = oracle(x.widen(), gamma(), beta());
    seen.check(m, n, y::get, expected, Within.bound(engine, forwardError()), toString());
  }

  /** Asserts that y is what it is in another trial, within the sum of their bounds. */
  final void checkSame(Engine engine, NormTrial other, String what, Accuracy seen) {
    double[] errors = forwardError();
    double[] more = other.forwardError();
    Arrays.setAll(errors, ij -> errors[ij] + more[ij]);
    seen.check(m, n, y::get, other.y.widen(), Within.bound(engine, errors), what + this);
  }

  final void checkGradients(Engine engine, Accuracy seen) {
    double[] wide = x.widen();
    double[] d = dy.widen();
    checkRow(engine, dbeta, ColumnSumsOracle.sums(m, n, d), dbetaError(), "dbeta of ", seen);
    checkRow(engine, dgamma, oracleDgamma(wide, d), dgammaError(), "dgamma of ", seen);
    double[] expected = oracleDx(wide, gamma(), d);
    seen.check(m, n, dx::get, expected, Within.bound(engine, dxError()), "dx of " + this);
  }

  /** Asserts that an operand of a number for each feature is as expected. */
  final void checkRow(
      Engine engine, Operand row, double[] expected, double[] errors, String what, Accuracy seen) {
    seen.check(1, n, row::get, expected, Within.bound(engine, errors), what + this);
  }

  /** Holds the gradients to central differences of the oracle's forward pass. */
  final void checkDifferences(Engine engine, Accuracy seen) {
    double[] wide = x.widen();
    double[] scales = gamma();
    double[] shifts = beta();
    checkDifferences(
        engine, at -> oracle(wide, scales, at), shifts, dbeta, dbetaError(), "dbeta of ", seen);
    checkDifferences(
        engine, at -> oracle(wide, at, shifts), scales, dgamma, dgammaError(), "dgamma of ", seen);
    checkDifferences(engine, at -> oracle(at, scales, shifts), wide, dx, dxError(), "dx of ", seen);
  }

  private void checkDifferences(
      Engine engine,
      UnaryOperator<double[]> forward,
      double[] where,
      Operand actual,
      double[] errors,
      String what,
      Accuracy seen) {
    new GradientCheck(seen)
        .within(Within.bound(engine, errors).plus(Bound.absolute(DIFFERENCES)))
        .vectorJacobian(forward, where, dy.widen(), actual.widen(), what + this);
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
