package dev.lanewise.suite.bits;

/** How large the cases are: small ones where the code is interpreted or compiled by C1 alone. */
final class Scale {
  /** Whether this execution is a slow one. */
  static final boolean SMALL = Boolean.getBoolean("lanewise.test.small");

  private Scale() {}

  /** Whether to leave a case out: seven of eight that take seconds in a slow execution. */
  static boolean leavesOut(long seed) {
    return SMALL && (seed & 7) != 0;
  }

  /** One of two figures. */
  static int of(int full, int small) {
    return SMALL ? small : full;
  }
}
