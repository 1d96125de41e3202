package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NaN, infinities, zeros and constant rows in layer and RMS normalisation, as their documentation
 * says.
 */
class RowNormSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  /** A group of rows and one behind it; the special row is in either. */
  private static final int M = 5;

  private static final int[] ROWS = {1, 4};

  private static FloatMatrix random(Layout layout, int n, int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(layout, M, n, mix::normal);
  }

  private static FloatSpan span(int n, int seed) {
    return random(Layout.DENSE, n, seed).row(0);
  }

  private static void fill(FloatMatrix x, int row, float value) {
    for (int j = 0; j < x.columns(); j++) {
      x.set(row, j, value);
    }
  }

  /** Less than a vector, a rest, whole turns of the lanes, and more than a block. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 67, 128, 4101})
  void aRowOfEqualElementsGivesBeta(int n) {
    FloatSpan gamma = span(n, 1);
    FloatSpan beta = span(n, 2);
    for (Layout layout : LAYOUTS) {
      for (float value : new float[] {0f, 0.1f, -3e30f}) {
        for (int row : ROWS) {
          FloatMatrix x = random(layout, n, 3);
          fill(x, row, value);
          FloatMatrix y = Views.matrix(layout, M, n);
          new LayerNorm(gamma, beta, 1e-5).forward(x, y);
          FloatMatrix z = Views.matrix(layout, M, n);
          new LayerNorm(gamma, beta, value == 0.1f ? 0 : 1e-80).forward(x, z);
          for (int j = 0; j < n; j++) {
            String context = layout + " of " + value + " in row " + row + " at " + j;
            assertEquals(beta.get(j), y.get(row, j), context);
            assertEquals(NAN, z.get(row, j), context);
            assertTrue(Float.isFinite(y.get(row - 1, j)), context);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 67, 128, 4101})
  void oneThatIsNotFiniteMakesItsRowNaN(int n) {
    LayerNorm norm = new LayerNorm(span(n, 1), span(n, 2), 1e-5);
    for (Layout layout : LAYOUTS) {
      for (float value : new float[] {NAN, INFINITY, -INFINITY}) {
        for (int place : new int[] {0, n / 2, n - 1}) {
          for (int row : ROWS) {
            FloatMatrix x = random(layout, n, 3);
            x.set(row, place, value);
            FloatMatrix y = Views.matrix(layout, M, n);
            FloatMatrix dx = Views.matrix(layout, M, n);
            FloatSpan dgamma = FloatSpan.zeros(n);
            FloatSpan dbeta = FloatSpan.zeros(n);
            norm.forward(x, y);
            norm.backward(x, random(layout, n, 4), dx, dgamma, dbeta);
            String context = layout + " of " + value + " in row " + row + " at " + place;
            assertNaNInRow(row, y, context);
            assertNaNInRow(row, dx, context);
            for (int j = 0; j < n; j++) {
              assertEquals(NAN, dgamma.get(j), context);
              assertTrue(Float.isFinite(dbeta.get(j)), context);
            }
          }
        }
      }
    }
  }

  private static void assertNaNInRow(int row, FloatMatrix x, String context) {
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        String where = context + ": " + i + ", " + j;
        assertEquals(i == row, Float.isNaN(x.get(i, j)), where);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 67, 128, 4101})
  void rmsOfRowsThatOverflow(int n) {
    FloatSpan gamma = span(n, 1);
    RmsNorm norm = new RmsNorm(gamma, 1e-6);
    for (Layout layout : LAYOUTS) {
      for (float value : new float[] {NAN, INFINITY, -INFINITY, 2e19f, -Float.MAX_VALUE}) {
        for (int row : ROWS) {
          FloatMatrix x = random(layout, n, 3);
          x.set(row, n / 2, value);
          FloatMatrix y = Views.matrix(layout, M, n);
          norm.forward(x, y);
          for (int j = 0; j < n; j++) {
            String context = layout + " of " + value + " in row " + row + " at " + j;
            boolean expected = Float.isNaN(value) || (j == n / 2 && Float.isInfinite(value));
            assertEquals(expected ? NAN : 0f, Math.abs(y.get(row, j)), context);
            assertTrue(Float.isFinite(y.get(row - 1, j)), context);
          }
        }
      }
    }
  }

  /** Of a row of 4096, whose squares are added in float. */
  @Test
  void squaresThatOverflowInTheirSumLeaveBeta() {
    FloatSpan gamma = span(4096, 1);
    FloatSpan beta = span(4096, 2);
    for (Layout layout : LAYOUTS) {
      FloatMatrix x = random(layout, 4096, 3);
      for (int j = 0; j < 4096; j++) {
        x.set(1, j, j % 2 == 0 ? 3e17f : -3e17f);
      }
      FloatMatrix y = Views.matrix(layout, M, 4096);
      new LayerNorm(gamma, beta, 1e-5).forward(x, y);
      FloatMatrix z = Views.matrix(layout, M, 4096);
      new RmsNorm(gamma, 1e-6).forward(x, z);
      for (int j = 0; j < 4096; j++) {
        assertEquals(beta.get(j), y.get(1, j), layout::toString);
        assertEquals(0f, Math.abs(z.get(1, j)), layout::toString);
        assertTrue(Float.isFinite(y.get(0, j)) && z.get(0, j) != 0, layout::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 67, 128, 4101})
  void rmsOfZerosKeepsTheirSigns(int n) {
    FloatSpan gamma = FloatSpan.zeros(n);
    for (int j = 0; j < n; j++) {
      gamma.set(j, 1 + j % 3);
    }
    for (Layout layout : LAYOUTS) {
      for (int row : ROWS) {
        FloatMatrix x = random(layout, n, 3);
        for (int j = 0; j < n; j++) {
          x.set(row, j, j % 2 == 0 ? -0f : 0f);
        }
        FloatMatrix y = Views.matrix(layout, M, n);
        new RmsNorm(gamma, 1e-6).forward(x, y);
        FloatMatrix z = Views.matrix(layout, M, n);
        new RmsNorm(gamma, row == 1 ? 0 : 1e-80).forward(x, z);
        for (int j = 0; j < n; j++) {
          assertEquals(x.get(row, j), y.get(row, j), layout + " at " + j); // of the same sign
          assertEquals(NAN, z.get(row, j), layout + " at " + j);
        }
      }
    }
  }

  @Test
  void withoutRowsGradientsOfParametersAreZero() {
    int n = 67;
    FloatMatrix none = FloatMatrix.zeros(0, n);
    FloatSpan gamma = span(n, 1);
    FloatSpan dgamma = span(n, 2);
    FloatSpan dbeta = span(n, 3);
    new LayerNorm(gamma, gamma, 1e-5).forward(none, none);
    new LayerNorm(gamma, gamma, 1e-5).backward(none, none, none, dgamma, dbeta);
    FloatSpan ofRms = span(n, 4);
    new RmsNorm(gamma, 1e-6).forward(none, none);
    new RmsNorm(gamma, 1e-6).backward(none, none, none, ofRms);
    for (int j = 0; j < n; j++) {
      assertEquals(0f, dgamma.get(j));
      assertEquals(0f, dbeta.get(j));
      assertEquals(0f, ofRms.get(j));
    }
  }

  @Test
  void withoutColumnsThereIsNothingToDo() {
    FloatMatrix none = FloatMatrix.of(new float[] {7}, 1, M, 0, 0, 1);
    FloatSpan p = FloatSpan.zeros(0);
    LayerNorm layer = new LayerNorm(p, p, 1e-5);
    RmsNorm rms = new RmsNorm(p, 1e-6);
    layer.forward(none, none);
    layer.backward(none, none, none, p, p);
    rms.forward(none, none);
    rms.backward(none, none, none, p);
    assertEquals(7f, none.array()[0]);
  }
}
