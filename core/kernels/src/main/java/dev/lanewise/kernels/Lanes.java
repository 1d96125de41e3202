package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;

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

  private static final int NUMERICS = 1;

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
   * All of it in a line, for logs and reports.
   *
   * @return for example {@code lanewise numerics 1: vector code at the hardware's width (256 bits,
   *     16 registers)}
   */
  public static String describe() {
    String size = bits() == 0 ? "" : " (%d bits, %d registers)".formatted(bits(), registers());
    return "lanewise numerics %d: %s%s".formatted(NUMERICS, reason(), size);
  }
}
