package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_0;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_1;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_2;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_3;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_4;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_5;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.EXP_LOWEST;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.kernels.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.kernels.internal.vector.Species.FLOAT;

import dev.lanewise.kernels.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The elementary functions of {@link ScalarMath} on vectors, step by step the same. */
final class VectorMath {
  private static final int MANTISSA_BITS = 23;
  private static final int LIFT = 64;

  /**
   * ROUND with a float's exponent bias and the lift in the low bits, beside the rounded integer.
   */
  private static final float LIFTED_ROUND = ROUND + (127 + LIFT);

  private static final float LOWER = 0x1p-64f;

  private VectorMath() {}

  /**
   * e^x for x ≤ 0 or NaN, with the bits of {@link ScalarMath#exp}.
   *
   * <p>No clamp from above is needed, and one factor 2^(n + 64), which is never subnormal, can
   * stand for the definition's two: like theirs, its product is exact and the one with 2^-64 rounds
   * once. The constant that rounds x·log2 e is odd here and even there, which would part ties;
   * there are none below 2^22, because the significand of LOG2_E is odd and has 24 bits.
   */
  static FloatVector expOfNonPositive(FloatVector x) {
    FloatVector lowest = FloatVector.broadcast(FLOAT, EXP_LOWEST);
    FloatVector round = FloatVector.broadcast(FLOAT, LIFTED_ROUND);
    FloatVector clamped = x.blend(lowest, x.lt(lowest));
    FloatVector shifted = clamped.fma(FloatVector.broadcast(FLOAT, LOG2_E), round);
    FloatVector n = shifted.sub(round);
    FloatVector r = n.fma(FloatVector.broadcast(FLOAT, -LN2_HIGH), clamped);
    r = n.fma(FloatVector.broadcast(FLOAT, -LN2_LOW), r);
    FloatVector q = r.fma(FloatVector.broadcast(FLOAT, EXP_5), FloatVector.broadcast(FLOAT, EXP_4));
    q = q.fma(r, FloatVector.broadcast(FLOAT, EXP_3));
    q = q.fma(r, FloatVector.broadcast(FLOAT, EXP_2));
    q = q.fma(r, FloatVector.broadcast(FLOAT, EXP_1));
    q = q.fma(r, FloatVector.broadcast(FLOAT, EXP_0));
    FloatVector e = q.fma(r.mul(r), r).add(1f);
    FloatVector power =
        shifted
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
            .reinterpretAsFloats();
    return e.mul(power).mul(LOWER);
  }
}
