package dev.lanewise.suite;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.internal.vector.Hardware;
import java.util.Locale;
import java.util.Optional;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Ends an execution of tests that does not run the implementation and the width that it is meant to
 * test.
 *
 * <p>The build says what it means by {@value #IMPLEMENTATION} (scalar, vector) and {@value #BITS}
 * (a number, or "native" for all that the hardware has). Without them, as in an IDE, anything may
 * run.
 */
public final class Guard implements LauncherSessionListener {
  static final String IMPLEMENTATION = "lanewise.test.expectImplementation";
  static final String BITS = "lanewise.test.expectBits";

  /** What runs. */
  record Running(String implementation, int bits, int hardwareBits) {
    static Running here() {
      String implementation = Lanes.implementation().name().toLowerCase(Locale.ROOT);
      boolean vector = Lanes.bits() > 0;
      return new Running(implementation, Lanes.bits(), vector ? Hardware.bits() : 0);
    }
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    System.out.println(Lanes.describe());
    String implementation = System.getProperty(IMPLEMENTATION);
    String bits = System.getProperty(BITS);
    complaint(implementation, bits, Running.here())
        .ifPresent(
            text -> {
              throw new IllegalStateException(text);
            });
  }

  /** What is wrong, if something is. */
  static Optional<String> complaint(String implementation, String bits, Running running) {
    if (implementation != null && !implementation.equals(running.implementation)) {
      return Optional.of(wrong(IMPLEMENTATION, implementation, running.implementation));
    }
    if (bits != null) {
      int expected = bits.equals("native") ? running.hardwareBits : Integer.parseInt(bits);
      if (running.bits != expected) {
        return Optional.of(wrong(BITS, expected + " bits (" + bits + ")", running.bits));
      }
    }
    return Optional.empty();
  }

  private static String wrong(String property, Object expected, Object actual) {
    return "these tests must run %s, as %s says, but %s runs; %s"
        .formatted(expected, property, actual, Lanes.describe());
  }
}
