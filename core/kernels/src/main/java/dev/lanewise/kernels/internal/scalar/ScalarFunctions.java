package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERFC_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_NEAR;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ERF_ONE;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_FLAT;
import static dev.lanewise.kernels.internal.scalar.Coefficients.GELU_NEAR;
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
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.NORMAL_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.ONE_OVER_SQRT_2_PI;
import static dev.lanewise.kernels.internal.scalar.Coefficients.SILU_LINEAR;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_0;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_1;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_2;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_3;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_4;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_5;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_6;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_7;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_8;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_9;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TAIL_MIDDLE;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TANH_ONE;
import static dev.lanewise.kernels.internal.scalar.Coefficients.TWO_OVER_SQRT_PI;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LIFTED_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOWER;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.expm1OfRest;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.liftedExp;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.loweredExp;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.powerOfTwo;

/**
 * The activation functions and their derivatives as fixed sequences of fma, multiplication,
 * addition, division and integer steps.
 *
 * <p>All are written with exponentials of numbers that are not positive, so that nothing overflows.
 * Where x is negative and the result small, 2^64 times the exponential stands in the product, and
 * its rounding among the subnormal numbers comes last.
 */
public final class ScalarFunctions {
  private ScalarFunctions() {}

  /** 1 / (1 + t) for x ≥ 0 and t / (1 + t) below, t = e^-|x|. */
  static float sigmoid(float x) {
    float t = liftedExp(-Math.abs(x)) * LOWER;
    return (x < 0f ? t : 1f) / (1f + t);
  }

  /** t / (1 + t)². */
  static float sigmoidDerivative(float x) {
    float t = liftedExp(-Math.abs(x)) * LOWER;
    float s = 1f + t;
    return t / (s * s);
  }

  /** u / (u + 2), u = e^(2·|x|) - 1, with the sign of x. */
  static float tanh(float x) {
    float a = Math.abs(x);
    float c = a > TANH_ONE ? TANH_ONE : a;
    float shifted = fma(c, 2f * LOG2_E, ROUND);
    float p = expm1OfRest(shifted - ROUND, c + c);
    float power = powerOfTwo(ScalarMath.integer(shifted));
    float u = fma(power, p, power - 1f);
    return Math.copySign(u / (u + 2f), x);
  }

  /** 4·t / (1 + t)², t = e^(-2·|x|). */
  static float tanhDerivative(float x) {
    float t = liftedExp(-2f * Math.abs(x)) * LOWER;
    float s = 1f + t;
    return 4f * t / (s * s);
  }

  /** x·P(x²) near 0, 1 - e^Q(|x|) beyond, with the sign of x. */
  static float erf(float x) {
    float a = Math.abs(x);
    float s = a * a;
    float p = fma(ERF_6, s, ERF_5);
    p = fma(p, s, ERF_4);
    p = fma(p, s, ERF_3);
    p = fma(p, s, ERF_2);
    p = fma(p, s, ERF_1);
    p = fma(p, s, ERF_0);
    float near = fma(a, p, a);
    float c = a > ERF_ONE ? ERF_ONE : a;
    float q = fma(ERFC_7, c, ERFC_6);
    q = fma(q, c, ERFC_5);
    q = fma(q, c, ERFC_4);
    q = fma(q, c, ERFC_3);
    q = fma(q, c, ERFC_2);
    q = fma(q, c, ERFC_1);
    q = fma(q, c, ERFC_0);
    float far = 1f - liftedExp(q) * LOWER;
    return Math.copySign(a < ERF_NEAR ? near : far, x);
  }

  /** 2/√π·e^(-x²). */
  static float erfDerivative(float x) {
    float a = Math.abs(x);
    float c = a > ERF_FLAT ? ERF_FLAT : a;
    return liftedGauss(c, 1f) * TWO_OVER_SQRT_PI * LOWER;
  }

  /** 2^64·e^(-c²·factor), factor a power of two: the square's rounding is made good. */
  private static float liftedGauss(float c, float factor) {
    float square = c * c;
    float rest = fma(c, c, -square);
    float e = liftedExp(-factor * square);
    return fma(e, -factor * rest, e);
  }

  /** 2^64·Φ(-c) = e^(-c²/2)·P((c - 4)/(c + 4))/(c + 4) for c ≥ 0, from its lifted first factor. */
  private static float liftedTail(float c, float gauss) {
    float reciprocal = 1f / (c + TAIL_MIDDLE);
    float v = (c - TAIL_MIDDLE) * reciprocal;
    float p = fma(TAIL_9, v, TAIL_8);
    p = fma(p, v, TAIL_7);
    p = fma(p, v, TAIL_6);
    p = fma(p, v, TAIL_5);
    p = fma(p, v, TAIL_4);
    p = fma(p, v, TAIL_3);
    p = fma(p, v, TAIL_2);
    p = fma(p, v, TAIL_1);
    p = fma(p, v, TAIL_0);
    return gauss * (p * reciprocal);
  }

  /** Φ(x) = 1/2 + x·P(x²) near 0. */
  private static float normalNear(float x, float c) {
    float s = c * c;
    float p = fma(NORMAL_6, s, NORMAL_5);
    p = fma(p, s, NORMAL_4);
    p = fma(p, s, NORMAL_3);
    p = fma(p, s, NORMAL_2);
    p = fma(p, s, NORMAL_1);
    p = fma(p, s, NORMAL_0);
    return fma(p, x, 0.5f);
  }

  /** x·Φ(x) near 0; beyond, x·(1 - Φ(-x)) for x > 0 and x·Φ(x) below. */
  static float gelu(float x) {
    float a = Math.abs(x);
    float c = a > GELU_FLAT ? GELU_FLAT : a;
    float tail = liftedTail(c, liftedGauss(c, 0.5f));
    float above = x * (a < GELU_NEAR ? normalNear(x, c) : 1f - tail * LOWER);
    return x <= -GELU_NEAR ? -c * tail * LOWER : above;
  }

  /** Φ(x) + x·φ(x), as {@link #gelu} takes Φ. */
  static float geluDerivative(float x) {
    float a = Math.abs(x);
    float c = a > GELU_FLAT ? GELU_FLAT : a;
    float gauss = liftedGauss(c, 0.5f);
    float tail = liftedTail(c, gauss);
    float density = gauss * ONE_OVER_SQRT_2_PI;
    float below = (tail - c * density) * LOWER;
    float far = x < 0f ? below : 1f - below;
    return a < GELU_NEAR ? fma(x, density * LOWER, normalNear(x, c)) : far;
  }

  /** x / (1 + t) for x ≥ 0, x·t / (1 + t) below, t = e^-w, w = |x|·(GELU_1 + GELU_3·x²). */
  static float geluTanh(float x) {
    float a = Math.abs(x);
    float c = a > GELU_TANH_FLAT ? GELU_TANH_FLAT : a;
    float w = c * fma(GELU_3, c * c, GELU_1);
    float lifted = liftedExp(-w);
    float s = 1f + lifted * LOWER;
    return x < 0f ? -c * lifted / s * LOWER : x / s;
  }

  /** d + g·t·d² for x ≥ 0, t·d·(1 - g·d) below, d = 1 / (1 + t), g = |x|·w'(|x|). */
  static float geluTanhDerivative(float x) {
    float a = Math.abs(x);
    float c = a > GELU_TANH_FLAT ? GELU_TANH_FLAT : a;
    float square = c * c;
    float w = c * fma(GELU_3, square, GELU_1);
    float g = c * fma(3f * GELU_3, square, GELU_1);
    return productWithSigmoidDerivative(x, liftedExp(-w), g);
  }

  /**
   * x / (1 + e^-x), numerator and denominator times 2^-64 where x is negative and the exponential
   * might overflow.
   */
  static float silu(float x) {
    float z = x > SILU_LINEAR ? -SILU_LINEAR : -x;
    z = z > -LIFTED_LOWEST ? -LIFTED_LOWEST : z;
    float lowered = loweredExp(z);
    float below = (x < LIFTED_LOWEST ? LIFTED_LOWEST : x) / (lowered + LOWER) * LOWER;
    return x < 0f ? below : x / fma(lowered, 1f / LOWER, 1f);
  }

  /** d + x·t·d² for x ≥ 0, t·d·(1 + x·d) below, d = 1 / (1 + t), t = e^-|x|. */
  static float siluDerivative(float x) {
    float a = Math.abs(x);
    float c = a > -LIFTED_LOWEST ? -LIFTED_LOWEST : a;
    return productWithSigmoidDerivative(x, liftedExp(-c), c);
  }

  /** The derivative of x·sigmoid(w(x)) from 2^64·t = 2^64·e^-|w| and g = |x·w'(x)|. */
  private static float productWithSigmoidDerivative(float x, float lifted, float g) {
    float t = lifted * LOWER;
    float d = 1f / (1f + t);
    float below = lifted * d * fma(-g, d, 1f) * LOWER;
    return x < 0f ? below : fma(g * t, d * d, d);
  }

  /** max(x, 0) + log(1 + t), t = e^-|x|. */
  static float softplus(float x) {
    return plusLog1p(x > 0f ? x : 0f, liftedExp(-Math.abs(x)) * LOWER);
  }

  /** |x|·(x > 0 ? 1 - target : target) + log(1 + t), t = e^-|x|; infinity · 0 counts as 0. */
  public static float binaryLoss(float x, float target) {
    float weight = x > 0f ? 1f - target : target;
    float linear = weight == 0f ? 0f : Math.abs(x) * weight;
    return plusLog1p(linear, liftedExp(-Math.abs(x)) * LOWER);
  }

  /** a + t·P(t). */
  private static float plusLog1p(float a, float t) {
    float p = fma(LOG1P_9, t, LOG1P_8);
    p = fma(p, t, LOG1P_7);
    p = fma(p, t, LOG1P_6);
    p = fma(p, t, LOG1P_5);
    p = fma(p, t, LOG1P_4);
    p = fma(p, t, LOG1P_3);
    p = fma(p, t, LOG1P_2);
    p = fma(p, t, LOG1P_1);
    p = fma(p, t, LOG1P_0);
    return fma(p, t, a);
  }
}
