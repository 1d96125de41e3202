package dev.lanewise.kernels.internal;

/**
 * Whether the processor has a fused multiply-add, and its replacement where it has none.
 *
 * <p>Without the instruction {@code Math.fma} goes through {@code BigDecimal} and takes
 * microseconds. No flag tells this in every JVM, so a few calls are timed: even interpreted ones
 * take some ten nanoseconds with the instruction.
 */
public final class Fma {
  private static final int TRIALS = 5;
  private static final int CALLS = 20;
  private static final long LONGEST_NANOS = 250L * CALLS;

  /** Whether {@code Math.fma} is an instruction here. */
  public static final boolean HARDWARE = isFast();

  private Fma() {}

  private static boolean isFast() {
    // The smallest of several trials: a descheduled thread must not look like a slow instruction.
    float sink = 0.5f;
    long shortest = Long.MAX_VALUE;
    for (int trial = 0; trial < TRIALS; trial++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        sink = Math.fma(sink, 0.999f, 0.001f);
      }
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return sink > 0f && shortest <= LONGEST_NANOS;
  }

  /**
   * a·b + c rounded once to float, by double arithmetic: the product is exact in double, the sum is
   * rounded to odd, and rounding that to float is right because double has more than two bits to
   * spare (S. Boldo and G. Melquiond, Emulation of FMA and correctly rounded sums, 2008).
   */
  public static float throughDouble(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    double virtual = sum - product;
    double error = (product - (sum - virtual)) + (c - virtual);
    if (error != 0 && !Double.isNaN(error)) {
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & 1) == 0) {
        // The exact sum lies beyond the rounded one or before it: step to the odd neighbour there.
        bits += (error > 0) == (sum > 0) ? 1 : -1;
        sum = Double.longBitsToDouble(bits);
      }
    }
    return (float) sum;
  }
}
