package dev.lanewise.suite.hardening;

/** How long hardening tests go on: briefly in each build, longer in {@code -Psoak}. */
final class Soak {
  /** Whether this is the long run. */
  static final boolean LONG = Boolean.getBoolean("lanewise.test.soak");

  private Soak() {}

  /** One of two figures. */
  static int of(int brief, int full) {
    return LONG ? full : brief;
  }

  /** Prints how many cases a test has been through. */
  static void report(String what, long cases) {
    System.out.printf("%s: %s: %d cases%n", LONG ? "soak" : "hardening", what, cases);
  }
}
