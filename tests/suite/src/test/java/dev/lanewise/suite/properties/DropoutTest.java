package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What dropout is in theory: a mask of independent numbers, without bias, the same both ways. */
class DropoutTest {
  private static final int ROWS = 100;
  private static final int COLUMNS = 1000;
  private static final int SIZE = ROWS * COLUMNS;

  private static float[] mask(double rate, long seed, int purpose, int step) {
    FloatMatrix ones = FloatMatrix.zeros(ROWS, COLUMNS);
    Arrays.fill(ones.array(), 1f);
    Dropout.apply(ones, ones, rate, seed, purpose, step);
    return ones.array();
  }

  /** The share and the mean are within six deviations, which two cases in 10^9 are beyond. */
  @Property(tries = 100)
  void theMeanIsKept(@ForAll @DoubleRange(max = 0.99) double rate, @ForAll long seed) {
    int kept = 0;
    double sum = 0;
    for (float y : mask(rate, seed, 1, 1)) {
      kept += y == 0 ? 0 : 1;
      sum += y;
    }
    double deviation = Math.sqrt(rate * (1 - rate) / SIZE);
    assertEquals(1 - rate, (double) kept / SIZE, 6 * deviation, "share of what is kept");
    assertEquals(1, sum / SIZE, 6 * deviation / (1 - rate) + U, "mean");
  }

  /** Neighbours in a row, in a column, in seed, purpose and step: 1/4 of the pairs are kept. */
  @Property(tries = 50)
  void masksAreIndependent(@ForAll long seed) {
    float[] mask = mask(0.5, seed, 7, 9);
    float[][] others = {
      mask(0.5, seed + 1, 7, 9),
      mask(0.5, seed, 8, 9),
      mask(0.5, seed, 7, 10),
      shifted(mask, 1),
      shifted(mask, COLUMNS)
    };
    // A pair has the variance 3/16, and with neighbours that it shares an element with, 5/16.
    double deviation = Math.sqrt(5.0 / 16 / SIZE);
    for (int k = 0; k < others.length; k++) {
      int both = 0;
      for (int i = 0; i < SIZE; i++) {
        both += mask[i] != 0 && others[k][i] != 0 ? 1 : 0;
      }
      assertEquals(0.25, (double) both / SIZE, 6 * deviation, "pairs of kind " + k);
    }
  }

  private static float[] shifted(float[] mask, int by) {
    float[] shifted = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      shifted[i] = mask[(i + by) % mask.length];
    }
    return shifted;
  }

  /** y = mask·x and dx = mask·dy, whatever the layouts, NaN and infinities among x. */
  @Property
  void backwardHasTheMaskOfForward(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @DoubleRange(max = 0.99) double rate) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 1 + Math.abs(mix.normal()));
    FloatMatrix dy = Views.matrix(given.output(), m, n, () -> -1 - Math.abs(mix.normal()));
    FloatMatrix y = Views.matrix(given.output(), m, n);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    Dropout.apply(x, y, rate, given.seed(), 1, 2);
    Dropout.apply(dy, dx, rate, given.seed(), 1, 2);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(y.get(i, j) == 0, dx.get(i, j) == 0, i + ", " + j + " of " + given);
      }
    }
    Dropout.apply(Views.matrix(given.input(), m, n), y, rate, given.seed(), 1, 2);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int bits = Float.floatToIntBits(y.get(i, j));
        String context = i + ", " + j + " of " + given;
        assertEquals(dx.get(i, j) == 0, bits == 0, context + ": NaN that is dropped is +0");
        assertTrue(bits == 0 || Float.isNaN(y.get(i, j)), context);
      }
    }
  }

  /** A rate of 0 changes nothing; a higher rate drops what a lower one does and more. */
  @Property(tries = 50)
  void higherRatesDropMore(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.8) double rate,
      @ForAll @DoubleRange(min = 0.1, max = 0.19) double more) {
    float[] all = new float[SIZE];
    Arrays.fill(all, 1f);
    assertArrayEquals(all, mask(0, seed, 1, 2));
    float[] low = mask(rate, seed, 1, 2);
    float[] high = mask(rate + more, seed, 1, 2);
    int dropped = 0;
    for (int i = 0; i < SIZE; i++) {
      assertTrue(low[i] != 0 || high[i] == 0, "element " + i);
      dropped += low[i] != high[i] && high[i] == 0 ? 1 : 0;
    }
    assertNotEquals(0, dropped);
  }

  /** A number that equals the rate is at least the rate. */
  @Property(tries = 50)
  void whatEqualsTheRateIsKept(@ForAll long seed, @ForAll @IntRange(max = SIZE - 1) int index) {
    float number = Philox.uniform(seed, 1, 2, index);
    assertNotEquals(0, mask(number, seed, 1, 2)[index]);
    assertEquals(0, mask(Math.nextUp((double) number), seed, 1, 2)[index]);
  }
}
