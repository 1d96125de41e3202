package dev.lanewise.kernels.internal;

/**
 * How the calling thread rounds and treats subnormal numbers, found out by computing.
 *
 * <p>The operands are volatile, so that each question is answered by an instruction of the thread
 * that asks: a compiler that knew them would answer for the mode that it runs in itself. Results
 * are looked at as bits, because a comparison takes a subnormal number for zero as well where
 * operands are flushed.
 */
public final class IeeeMode {
  private static volatile float one = 1;
  private static volatile float half = 0.5f;
  private static volatile float belowHalfAnUlpOfOne = 0x1p-30f;
  private static volatile float smallestNormal = Float.MIN_NORMAL;
  private static volatile float smallest = Float.MIN_VALUE;
  private static volatile float large = 0x1p100f;

  private IeeeMode() {}

  /** Whether subnormal results become zero: normal operands, a subnormal and exact product. */
  public static boolean flushesResults() {
    return isZero(smallestNormal * half);
  }

  /** Whether subnormal operands count as zero: a subnormal operand, a normal and exact product. */
  public static boolean flushesOperands() {
    return isZero(smallest * large);
  }

  /** Whether 1 + d and 1 - d are 1 for a d that is small: no directed rounding leaves both. */
  public static boolean roundsToNearest() {
    float sum = one + belowHalfAnUlpOfOne;
    float difference = one - belowHalfAnUlpOfOne;
    return sum == 1 && difference == 1;
  }

  private static boolean isZero(float x) {
    return Float.floatToRawIntBits(x) == 0;
  }
}
