package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.Peer;
import dev.lanewise.kernels.Lanes;

/**
 * Refuses to measure anything but what a method's name says.
 *
 * <p>A JMH fork that lost its module flag, or a machine without the wanted width, would run the
 * fall-back without a sign: the results are the same, and the figures are those of something else.
 */
public final class Guard {
  private Guard() {}

  /**
   * Checks this JVM against a benchmark method.
   *
   * @param method the method's name
   * @throws IllegalStateException if the method is {@code scalar} and vector code runs, or if it is
   *     {@code lanewise} or {@code peak} and scalar code or vectors of another width than the JVM's
   *     (or that of {@code -Dlanewise.bits}) run
   */
  public static void require(String method) {
    Lanes.Implementation actual = Lanes.implementation();
    // Vectors are asked for their width only where there are any.
    int expectedBits =
        actual == Lanes.Implementation.VECTOR
            ? Integer.getInteger("lanewise.bits", MultiplyAdds.preferredBits())
            : 0;
    require(method, actual, Lanes.bits(), expectedBits);
  }

  /**
   * The decision of {@link #require(String)}.
   *
   * @param method the method's name
   * @param actual the implementation that runs
   * @param bits the width that it uses
   * @param expectedBits the width that vector code should use
   * @throws IllegalStateException if they do not fit
   */
  public static void require(
      String method, Lanes.Implementation actual, int bits, int expectedBits) {
    Implementation implementation = Implementation.of(method);
    if (implementation == Implementation.PEER && Peer.ofMethod(method).isEmpty()) {
      throw new IllegalStateException(method + ": no implementation is known by it");
    }
    Lanes.Implementation wanted = implementation.code().orElse(actual);
    if (wanted != actual) {
      throw new IllegalStateException(
          "%s measures %s code, but %s runs: %s"
              .formatted(method, wanted, actual, Lanes.describe()));
    }
    if (wanted == Lanes.Implementation.VECTOR && bits != expectedBits) {
      throw new IllegalStateException(
          "%s measures vectors of %d bits, but they have %d: %s"
              .formatted(method, expectedBits, bits, Lanes.describe()));
    }
  }
}
