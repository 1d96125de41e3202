package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Philox against the answers published with it, and its distributions against theory. */
class PhiloxTest {
  private static final int COUNT = 100_000;

  @Test
  void publishedAnswers() {
    assertBlock(0, 0, 0, 0, 0L, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertBlock(-1, -1, -1, -1, -1L, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertBlock(
        0x243f6a88,
        0x85a308d3,
        0x13198a2e,
        0x03707344,
        0x299f31d0a4093822L,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }

  private static void assertBlock(int c0, int c1, int c2, int c3, long key, int... words) {
    for (int which = 0; which < words.length; which++) {
      assertEquals(words[which], Philox.word(which, c0, c1, c2, c3, key), "word " + which);
    }
  }

  @Test
  void coordinatesAreTheCounter() {
    long index = (5L << 34) + 4 * 7 + 2;
    assertEquals(Philox.word(2, 7, 5, 3, 9, 42), Philox.bits(42, 9, 3, index));
    assertThrows(IllegalArgumentException.class, () -> Philox.bits(1, 1, 1, -1));
    assertThrows(IllegalArgumentException.class, () -> Philox.below(1, 1, 1, 1, 0));
  }

  /** Kolmogorov's statistic stays below its 0.1 % point, 1.95 / sqrt(n). */
  @Test
  void uniformNumbersAreUniform() {
    double[] x = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = Philox.uniform(3, 1, 4, i);
      assertTrue(x[i] >= 0 && x[i] < 1);
    }
    Arrays.sort(x);
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      worst = Math.max(worst, Math.abs(x[i] - (i + 0.5) / COUNT));
    }
    assertTrue(worst < 1.95 / Math.sqrt(COUNT), "Kolmogorov distance " + worst);
  }

  @Test
  void quantilesOfTheNormalDistribution() {
    assertEquals(0, Philox.quantile(0.5), 1e-7);
    assertEquals(1.2815515655, Philox.quantile(0.9), 2e-6);
    assertEquals(-1.9599639845, Philox.quantile(0.025), 2e-6);
    assertEquals(-3.0902323062, Philox.quantile(0.001), 2e-6);
    assertEquals(-5.9978070150, Philox.quantile(1e-9), 2e-6);
    assertEquals(5.1993375822, Philox.quantile(1 - 1e-7), 2e-6);
  }

  @Test
  void normalNumbersHaveTheirMoments() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = Philox.normal(7, 2, 0, i);
      sum += x;
      squares += x * x;
    }
    double error = 4 / Math.sqrt(COUNT);
    assertEquals(0, sum / COUNT, error);
    assertEquals(1, squares / COUNT, Math.sqrt(2) * error);
  }

  @Test
  void boundedIntegersReachEveryValueEquallyOften() {
    int[] counts = new int[10];
    for (int i = 0; i < COUNT; i++) {
      counts[Philox.below(5, 3, 1, i, counts.length)]++;
    }
    for (int count : counts) {
      assertEquals(COUNT / 10.0, count, 4 * Math.sqrt(COUNT / 10.0));
    }
  }
}
