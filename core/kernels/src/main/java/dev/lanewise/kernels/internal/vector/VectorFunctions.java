package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_ONE;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_TANH_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_8;
import static dev.lanewise.kernels.internal.scalar.Coefficients.LOG1P_9;
import static dev.lanewise.kernels.internal.scalar.Coefficients.SILU_LINEAR;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TANH_ONE;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TWO_OVER_SQRT_PI;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LIFTED_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOWER;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lanewise.kernels.internal.scalar.ScalarFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link ScalarFunctions} on vectors, step by step the same. */
final class VectorFunctions {
  private static final int SIGN = Integer.MIN_VALUE;

  private VectorFunctions() {}

  static FloatVector sigmoid(FloatVector x) {
    FloatVector t = VectorMath.expOfNonPositive(minusAbs(x));
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    return one.blend(t, x.lt(0f)).div(t.add(1f));
  }

  static FloatVector sigmoidDerivative(FloatVector x) {
    FloatVector t = VectorMath.expOfNonPositive(minusAbs(x));
    FloatVector s = t.add(1f);
    return t.div(s.mul(s));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector c = clampedAbs(x, TANH_ONE);
    FloatVector u = VectorMath.expm1OfPositive(c.add(c));
    return withSign(u.div(u.add(2f)), x);
  }

  static FloatVector tanhDerivative(FloatVector x) {
    FloatVector t = VectorMath.expOfNonPositive(minusAbs(x.add(x)));
    FloatVector s = t.add(1f);
    return t.mul(4f).div(s.mul(s));
  }

  /** erf(|x|) far from 0: 1 - e^Q(|x|). */
  static FloatVector erfFar(FloatVector x) {
    FloatVector c = clampedAbs(x, ERF_ONE);
    FloatVector q = c.fma(ERFC_7, ERFC_6);
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_5));
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_4));
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_3));
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_2));
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_1));
    q = q.fma(c, FloatVector.broadcast(FLOAT, ERFC_0));
    return FloatVector.broadcast(FLOAT, 1f).sub(VectorMath.expOfNonPositive(q));
  }

  static FloatVector erfDerivative(FloatVector x) {
    FloatVector c = clampedAbs(x, ERF_FLAT);
    return liftedGauss(c, 1f).mul(TWO_OVER_SQRT_PI).mul(LOWER);
  }

  private static FloatVector liftedGauss(FloatVector c, float factor) {
    FloatVector square = c.mul(c);
    FloatVector rest = c.fma(c, square.neg());
    FloatVector e = VectorMath.liftedExp(square.mul(-factor));
    return e.fma(rest.mul(-factor), e);
  }

  /** 2^64·e^(-x²/2). */
  static FloatVector liftedGauss(FloatVector x) {
    return liftedGauss(clampedAbs(x, GELU_FLAT), 0.5f);
  }

  static FloatVector geluTanh(FloatVector x) {
    FloatVector c = clampedAbs(x, GELU_TANH_FLAT);
    FloatVector three = FloatVector.broadcast(FLOAT, GELU_3);
    FloatVector w = c.mul(three.fma(c.mul(c), FloatVector.broadcast(FLOAT, GELU_1)));
    FloatVector lifted = VectorMath.liftedExp(w.neg());
    FloatVector s = lifted.mul(LOWER).add(1f);
    return quotient(x, c.neg().mul(lifted), s);
  }

  static FloatVector geluTanhDerivative(FloatVector x) {
    FloatVector c = clampedAbs(x, GELU_TANH_FLAT);
    FloatVector square = c.mul(c);
    FloatVector one = FloatVector.broadcast(FLOAT, GELU_1);
    FloatVector w = c.mul(square.fma(FloatVector.broadcast(FLOAT, GELU_3), one));
    FloatVector g = c.mul(square.fma(FloatVector.broadcast(FLOAT, 3f * GELU_3), one));
    return productWithSigmoidDerivative(x, VectorMath.liftedExp(w.neg()), g);
  }

  static FloatVector silu(FloatVector x) {
    FloatVector z = x.blend(SILU_LINEAR, x.compare(GT, SILU_LINEAR)).neg();
    z = z.blend(-LIFTED_LOWEST, z.compare(GT, -LIFTED_LOWEST));
    FloatVector lowered = VectorMath.loweredExp(z);
    FloatVector raised = FloatVector.broadcast(FLOAT, 1f / LOWER);
    FloatVector s = lowered.fma(raised, FloatVector.broadcast(FLOAT, 1f));
    VectorMask<Float> negative = x.lt(0f);
    FloatVector clamped = x.blend(LIFTED_LOWEST, x.lt(LIFTED_LOWEST));
    return quotient(x, clamped, s.blend(lowered.add(LOWER), negative));
  }

  /** x / s for x ≥ 0 and product / s·2^-64 below, by one division. */
  private static FloatVector quotient(FloatVector x, FloatVector product, FloatVector s) {
    FloatVector quotient = x.blend(product, x.lt(0f)).div(s);
    return quotient.blend(quotient.mul(LOWER), x.lt(0f));
  }

  static FloatVector siluDerivative(FloatVector x) {
    FloatVector c = clampedAbs(x, -LIFTED_LOWEST);
    return productWithSigmoidDerivative(x, VectorMath.liftedExp(c.neg()), c);
  }

  private static FloatVector productWithSigmoidDerivative(
      FloatVector x, FloatVector lifted, FloatVector g) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector t = lifted.mul(LOWER);
    FloatVector d = one.div(t.add(1f));
    FloatVector below = lifted.mul(d).mul(g.neg().fma(d, one)).mul(LOWER);
    return g.mul(t).fma(d.mul(d), d).blend(below, x.lt(0f));
  }

  static FloatVector softplus(FloatVector x) {
    return plusLog1p(positive(x), VectorMath.expOfNonPositive(minusAbs(x)));
  }

  private static FloatVector plusLog1p(FloatVector a, FloatVector t) {
    FloatVector p = t.fma(LOG1P_9, LOG1P_8);
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_7));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_6));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_5));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_4));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_3));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_2));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_1));
    p = p.fma(t, FloatVector.broadcast(FLOAT, LOG1P_0));
    return p.fma(t, a);
  }

  private static FloatVector positive(FloatVector x) {
    return FloatVector.zero(FLOAT).blend(x, x.compare(GT, 0f));
  }

  private static FloatVector minusAbs(FloatVector x) {
    return x.reinterpretAsInts().or(SIGN).reinterpretAsFloats();
  }

  /** min(|x|, most); NaN for NaN. */
  private static FloatVector clampedAbs(FloatVector x, float most) {
    FloatVector a = x.abs();
    return a.blend(most, a.compare(GT, most));
  }

  /** A vector of no sign with those of x. */
  private static FloatVector withSign(FloatVector a, FloatVector x) {
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return a.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }
}
