package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.IeeeMode;
import java.util.EnumSet;
import java.util.Set;

/**
 * What runs in this process, why, and the version of the numerics.
 *
 * <p>The choice is made once, when the first operation runs or this class is first asked. It
 * changes the speed of results, never their bits. System properties override it: {@code
 * -Dlanewise.impl=auto|vector|scalar} and {@code -Dlanewise.bits=128|256|512}, the latter to test
 * narrower vectors than the hardware has.
 */
public final class Lanes {
  /** The two implementations of every operation. */
  public enum Implementation {
    /** The definitions, in plain Java. */
    SCALAR,
    /** The Vector API. */
    VECTOR
  }

  /** In what a thread's arithmetic can deviate from the default mode of IEEE 754. */
  public enum IeeeDeviation {
    /** Subnormal results become zero. */
    FLUSH_TO_ZERO,
    /** Subnormal operands count as zero. */
    DENORMALS_ARE_ZERO,
    /** Results are rounded up, down or towards zero, and not to the nearest. */
    DIRECTED_ROUNDING
  }

  private static final int NUMERICS = 3;

  private Lanes() {}

  /**
   * The implementation that runs.
   *
   * @return the implementation
   * @throws IllegalStateException if what the system properties ask for cannot run
   */
  public static Implementation implementation() {
    return Chooser.vector() ? Implementation.VECTOR : Implementation.SCALAR;
  }

  /**
   * The width of the vectors that are used.
   *
   * @return 128, 256 or 512 bits, or 0 for scalar code
   */
  public static int bits() {
    return Chooser.BITS;
  }

  /**
   * The vector registers that the kernels count on.
   *
   * @return 16 or 32, or 0 for scalar code
   */
  public static int registers() {
    return Chooser.REGISTERS;
  }

  /**
   * Why this implementation runs and, where it is the slower one, what to do.
   *
   * @return one sentence
   */
  public static String reason() {
    return Chooser.REASON;
  }

  /**
   * The version of the numerics: equal versions give equal bits for equal inputs, on every machine.
   * It is written into whatever must be reproduced, and rises with any change of any bit.
   *
   * @return the version
   */
  public static int numerics() {
    return NUMERICS;
  }

  /**
   * In what the calling thread's arithmetic deviates from the default mode of IEEE 754.
   *
   * <p>Equal bits everywhere are promised in that mode alone. The mode belongs to a thread, and
   * every JVM starts its threads in the default one; but native code may set another and leave it
   * behind, for example a library compiled with {@code -ffast-math}. On x86-64 {@code
   * -XX:+RestoreMXCSROnJNICalls} restores the default after each call of native code. Ask on the
   * thread that computes, after the native code in question has run.
   *
   * @return the deviations, found out by a few operations; empty in the default mode
   */
  public static Set<IeeeDeviation> ieeeDeviations() {
    Set<IeeeDeviation> deviations = EnumSet.noneOf(IeeeDeviation.class);
    if (IeeeMode.flushesResults()) {
      deviations.add(IeeeDeviation.FLUSH_TO_ZERO);
    }
    if (IeeeMode.flushesOperands()) {
      deviations.add(IeeeDeviation.DENORMALS_ARE_ZERO);
    }
    if (!IeeeMode.roundsToNearest()) {
      deviations.add(IeeeDeviation.DIRECTED_ROUNDING);
    }
    return deviations;
  }

  /**
   * All of it in a line, for logs and reports.
   *
   * @return for example {@code lanewise numerics 3: vector code at the hardware's width (256 bits,
   *     16 registers)}
   */
  public static String describe() {
    String size = bits() == 0 ? "" : " (%d bits, %d registers)".formatted(bits(), registers());
    return "lanewise numerics %d: %s%s".formatted(NUMERICS, reason(), size);
  }
}
