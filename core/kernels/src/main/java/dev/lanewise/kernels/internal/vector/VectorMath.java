package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_0;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_1;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_2;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_3;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_4;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_5;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LIFT;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LIFTED_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_0;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_1;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_2;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_3;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_4;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_5;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_6;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_7;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG_8;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOWER;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.MANTISSA;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.SQRT_HALF_BITS;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import dev.lanewise.kernels.internal.scalar.ScalarFunctions;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The elementary functions of {@link ScalarMath} on vectors, step by step the same. */
final class VectorMath {
  /** Up to this magnitude of x e^x is a normal number. */
  static final float EXP_NORMAL = 87f;

  private static final int MANTISSA_BITS = 23;
  private static final int BIAS = 127;

  /**
   * ROUND with a float's exponent bias and the lift in the low bits, beside the rounded integer.
   *
   * <p>This constant and its like are odd or even as it comes, and ROUND is even, which would part
   * ties; there are none below 2^22, because the significand of LOG2_E is odd and has 24 bits.
   */
  static final float LIFTED_ROUND = ROUND + (BIAS + LIFT);

  private static final float LOWERED_ROUND = ROUND + (BIAS - LIFT);

  /** ROUND with the bias of two factors. */
  private static final float ROUND_OF_TWO = ROUND + 2 * BIAS;

  /** ROUND with the bias of one factor. */
  private static final float BIASED_ROUND = ROUND + BIAS;

  private static final int MOST_BITS = Float.floatToRawIntBits(ROUND_OF_TWO + 128);

  private VectorMath() {}

  /**
   * As {@link ScalarMath#exp}. The exponent is clamped from above instead of x: what is left of a
   * larger x overflows all the same.
   */
  static FloatVector exp(FloatVector x) {
    FloatVector round = FloatVector.broadcast(FLOAT, ROUND_OF_TWO);
    FloatVector clamped = x.blend(EXP_LOWEST, x.lt(EXP_LOWEST));
    IntVector bits =
        clamped.fma(FloatVector.broadcast(FLOAT, LOG2_E), round).reinterpretAsInts().min(MOST_BITS);
    FloatVector e = expm1OfRest(bits.reinterpretAsFloats().sub(round), clamped).add(1f);
    IntVector half =
        bits.lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
    IntVector other = bits.lanewise(VectorOperators.LSHL, MANTISSA_BITS).sub(half);
    return e.mul(half.reinterpretAsFloats()).mul(other.reinterpretAsFloats());
  }

  /** e^x for x ≤ 0 or NaN, with the bits of {@link ScalarMath#exp}. */
  static FloatVector expOfNonPositive(FloatVector x) {
    return liftedExp(x).mul(LOWER);
  }

  /** As {@link ScalarMath#liftedExp}. */
  static FloatVector liftedExp(FloatVector x) {
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    FloatVector clamped = x.blend(LIFTED_LOWEST, x.lt(LIFTED_LOWEST));
    FloatVector shifted = clamped.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
    FloatVector e = expm1OfRest(shifted.sub(round), clamped).add(1f);
    return e.mul(power(shifted));
  }

  /** As {@link ScalarMath#loweredExp}. */
  static FloatVector loweredExp(FloatVector x) {
    FloatVector round = FloatVector.broadcast(FLOAT, LOWERED_ROUND);
    FloatVector shifted = x.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
    FloatVector e = expm1OfRest(shifted.sub(round), x).add(1f);
    return e.mul(power(shifted));
  }

  /** A power of two from the sum of n and a ROUND that holds the bias of its exponent. */
  private static FloatVector power(FloatVector shifted) {
    return shifted
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .reinterpretAsFloats();
  }

  /** As {@link ScalarMath#expm1OfRest}. */
  private static FloatVector expm1OfRest(FloatVector n, FloatVector x) {
    FloatVector r = n.fma(FloatVector.broadcast(FLOAT, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(FLOAT, -LN2_LOW), r);
    FloatVector square = r.mul(r);
    FloatVector q = square.fma(FloatVector.broadcast(FLOAT, EXP_5), r.fma(EXP_4, EXP_3));
    q = q.fma(square, r.fma(EXP_2, EXP_1)).fma(r, FloatVector.broadcast(FLOAT, EXP_0));
    return q.fma(square, r);
  }

  /** e^x - 1 for x from 0 to 80 or NaN, as {@link ScalarFunctions#tanh} takes it. */
  static FloatVector expm1OfPositive(FloatVector x) {
    FloatVector round = FloatVector.broadcast(FLOAT, BIASED_ROUND);
    FloatVector shifted = x.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
    FloatVector p = expm1OfRest(shifted.sub(round), x);
    FloatVector power = power(shifted);
    return power.fma(p, power.sub(1f));
  }

  /** As {@link ScalarMath#log}. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.lt(Float.MIN_NORMAL);
    FloatVector normal = x.blend(x.mul(0x1p23f), subnormal);
    FloatVector none = FloatVector.zero(FLOAT);
    FloatVector y = normalLog(normal, none.blend(-MANTISSA_BITS, subnormal));
    y = x.blend(y, x.lt(Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, x.lt(0f));
    return y.blend(Float.NEGATIVE_INFINITY, x.eq(0f));
  }

  /** As {@link ScalarMath#log} for positive normal finite x. */
  static FloatVector normalLog(FloatVector x) {
    return normalLog(x, FloatVector.zero(FLOAT));
  }

  private static FloatVector normalLog(FloatVector x, FloatVector exponent) {
    IntVector bits = x.reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector e =
        (FloatVector)
            bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS).convert(VectorOperators.I2F, 0);
    e = e.add(exponent);
    FloatVector f = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
    FloatVector square = f.mul(f);
    FloatVector tail = logPolynomial(f, square).mul(f.mul(square));
    tail = e.fma(FloatVector.broadcast(FLOAT, LN2_LOW), tail);
    tail = square.fma(FloatVector.broadcast(FLOAT, -0.5f), tail);
    return e.fma(FloatVector.broadcast(FLOAT, LN2_HIGH), f.add(tail));
  }

  private static FloatVector logPolynomial(FloatVector f, FloatVector square) {
    FloatVector fourth = square.mul(square);
    FloatVector low = f.fma(LOG_3, LOG_2).fma(square, f.fma(LOG_1, LOG_0));
    FloatVector high = f.fma(LOG_7, LOG_6).fma(square, f.fma(LOG_5, LOG_4));
    high = fourth.fma(FloatVector.broadcast(FLOAT, LOG_8), high);
    return high.fma(fourth, low);
  }
}
