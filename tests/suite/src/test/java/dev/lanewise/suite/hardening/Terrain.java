package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

/** Elements of arrays too large for a second copy: each a function of its index. */
final class Terrain {
  private static final int EDGE = 512;

  private Terrain() {}

  /** A number in [-1, 1), a multiple of 2^-23: a sequence of H. Weyl's. */
  static float value(long index) {
    return ((index * 0x9e3779b97f4a7c15L) >> 40) * 0x1p-23f;
  }

  static void fill(float[] array) {
    for (int i = 0; i < array.length; i++) {
      array[i] = value(i);
    }
  }

  /**
   * Where elements are checked: both ends, the middle, next to 2^30 and 2^31, and far apart in
   * between.
   */
  static int[] places(int length) {
    IntStream ends =
        IntStream.of(0, length / 2, 1 << 30, length - EDGE)
            .flatMap(middle -> IntStream.range(middle - EDGE, middle + EDGE));
    int step = Math.max(1, length / 50_000);
    return IntStream.concat(ends, IntStream.range(0, length / step).map(i -> i * step))
        .filter(i -> i >= 0 && i < length)
        .sorted()
        .distinct()
        .toArray();
  }

  static void equal(float expected, float actual, String what, long index) {
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
      assertEquals(expected, actual, what + " at " + index);
    }
  }

  static void near(double expected, double actual, double bound, String what, long index) {
    if (!(Math.abs(expected - actual) <= bound)) {
      assertTrue(
          false, "%s at %d: %s, not %s ± %s".formatted(what, index, actual, expected, bound));
    }
  }
}
