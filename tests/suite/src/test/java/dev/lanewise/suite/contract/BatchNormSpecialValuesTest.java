package dev.lanewise.suite.contract;

import static dev.lanewise.suite.contract.SpecialFeatures.BETA;
import static dev.lanewise.suite.contract.SpecialFeatures.GAMMA;
import static dev.lanewise.suite.contract.SpecialFeatures.LAYOUTS;
import static dev.lanewise.suite.contract.SpecialFeatures.M;
import static dev.lanewise.suite.contract.SpecialFeatures.N;
import static dev.lanewise.suite.contract.SpecialFeatures.PLACES;
import static dev.lanewise.suite.contract.SpecialFeatures.constant;
import static dev.lanewise.suite.contract.SpecialFeatures.isPlace;
import static dev.lanewise.suite.contract.SpecialFeatures.ones;
import static dev.lanewise.suite.contract.SpecialFeatures.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.contract.SpecialFeatures.Form;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * NaN, infinities, zeros and constant features in batch normalisation by the batch's own
 * statistics, as their documentation says.
 */
class BatchNormSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  @ParameterizedTest
  @EnumSource
  void aConstantFeatureGivesBeta(Form form) {
    for (Layout layout : LAYOUTS) {
      // Of the second no sum of 71 is exact.
      for (float value : new float[] {0f, 0.1f, -3e30f, Float.MIN_VALUE}) {
        FloatMatrix x = constant(random(layout, 3), value);
        for (double eps : new double[] {1e-5, 1e-70, 1e-80, 0}) {
          BatchStatistics statistics = new BatchStatistics(N);
          FloatMatrix y = Views.matrix(layout, M, N);
          new BatchNorm(GAMMA, BETA, eps).forward(form.of(x), statistics, form.of(y));
          for (int j = 0; j < N; j++) {
            for (int i = 0; i < M; i++) {
              String context = layout + " " + value + " eps=" + eps + " at " + i + ", " + j;
              if (isPlace(j)) {
                assertEquals(value, statistics.mean(j), context);
                assertEquals(0.0, statistics.variance(j), context);
                assertEquals(eps < 1e-77 ? NAN : BETA.get(j), y.get(i, j), context);
              } else {
                assertTrue(Float.isFinite(y.get(i, j)), context);
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSingleSampleGivesBeta(Form form) {
    FloatMatrix x = random(1, N, 4);
    FloatMatrix y = FloatMatrix.zeros(1, N);
    BatchStatistics statistics = new BatchStatistics(N);
    new BatchNorm(GAMMA, BETA, 1e-5).forward(form.of(x), statistics, form.of(y));
    for (int j = 0; j < N; j++) {
      assertEquals(x.get(0, j), statistics.mean(j));
      assertEquals(0.0, statistics.variance(j));
      assertEquals(BETA.get(j), y.get(0, j));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsNotFiniteMakesItsFeatureNaN(Form form) {
    for (Layout layout : LAYOUTS) {
      for (float value : new float[] {NAN, INFINITY, -INFINITY}) {
        for (int row : new int[] {0, 5, 64, M - 1}) { // a pivot, in a group, and behind the last
          FloatMatrix x = random(layout, 5);
          for (int j : PLACES) {
            x.set(row, j, value);
          }
          for (boolean relu : new boolean[] {false, true}) {
            assertNaNAtPlaces(form, layout, x, relu, layout + " " + value + " in row " + row);
          }
        }
      }
    }
  }

  private static void assertNaNAtPlaces(
      Form form, Layout layout, FloatMatrix x, boolean relu, String context) {
    BatchNorm plain = new BatchNorm(GAMMA, BETA, 1e-5);
    BatchNorm norm = relu ? plain.relu() : plain;
    BatchStatistics statistics = new BatchStatistics(N);
    FloatMatrix y = Views.matrix(layout, M, N);
    FloatMatrix dx = Views.matrix(layout, M, N);
    FloatSpan dgamma = FloatSpan.zeros(N);
    FloatSpan dbeta = FloatSpan.zeros(N);
    norm.forward(form.of(x), statistics, form.of(y));
    Samples d = form.of(random(layout, 6));
    norm.backward(form.of(x), d, statistics, form.of(dx), dgamma, dbeta);
    for (int j = 0; j < N; j++) {
      String where = context + ", feature " + j + (relu ? ", relu" : "");
      boolean expected = isPlace(j);
      assertEquals(expected, !Double.isFinite(statistics.mean(j)), where);
      assertEquals(expected, Double.isNaN(statistics.variance(j)), where);
      assertEquals(expected, Float.isNaN(dgamma.get(j)), where);
      assertTrue(Float.isFinite(dbeta.get(j)), where);
      for (int i = 0; i < M; i++) {
        assertEquals(expected, Float.isNaN(y.get(i, j)), where);
        assertEquals(expected, Float.isNaN(dx.get(i, j)), where);
      }
    }
  }

  /** Squares of differences beyond 10^19 overflow and leave beta, and tiny ones underflow. */
  @ParameterizedTest
  @EnumSource
  void largeAndTinyDifferences(Form form) {
    for (Layout layout : LAYOUTS) {
      FloatMatrix x = random(layout, 7);
      for (int j : PLACES) {
        float size = j == 15 ? 1e-23f : 1e20f;
        for (int i = 0; i < M; i++) {
          x.set(i, j, i % 2 == 0 ? size : -size);
        }
      }
      BatchStatistics statistics = new BatchStatistics(N);
      FloatMatrix y = Views.matrix(layout, M, N);
      new BatchNorm(GAMMA, BETA, 1e-5).forward(form.of(x), statistics, form.of(y));
      for (int i = 0; i < M; i++) {
        assertEquals(BETA.get(0), y.get(i, 0), layout::toString);
        assertEquals(BETA.get(66), y.get(i, 66), layout::toString);
      }
      assertEquals(1e20 / M, statistics.mean(0), 2e14, layout::toString);
      assertEquals(Double.POSITIVE_INFINITY, statistics.variance(0), layout::toString);
      assertEquals(Double.POSITIVE_INFINITY, statistics.variance(66), layout::toString);
      assertEquals(1e-23 / M, statistics.mean(15), 2e-29, layout::toString);
      assertEquals(0.0, statistics.variance(15), 0x1p-149, layout::toString);
    }
  }

  /** 64 and 4096 squares are added in float before they are merged in double. */
  @ParameterizedTest
  @EnumSource
  void squaresOverflowInTheSumOfABlock(Form form) {
    float size = form == Form.MATRIX ? 3e18f : 3e17f;
    FloatMatrix x = FloatMatrix.zeros(4096, 2);
    for (int i = 0; i < x.rows(); i++) {
      x.set(i, 0, i % 2 == 0 ? size : -size);
      x.set(i, 1, i % 2 == 0 ? size / 4 : -size / 4);
    }
    BatchStatistics statistics = new BatchStatistics(2);
    FloatMatrix y = FloatMatrix.zeros(4096, 2);
    FloatSpan beta = FloatSpan.of(new float[] {3, 3});
    new BatchNorm(ones(2), beta, 1e-5).forward(form.of(x), statistics, form.of(y));
    assertEquals(0, statistics.mean(0), 1e-5 * size);
    assertEquals(Double.POSITIVE_INFINITY, statistics.variance(0));
    assertEquals((double) size * size / 16, statistics.variance(1), 1e-4 * size * size);
    for (int i = 0; i < x.rows(); i++) {
      assertEquals(3f, y.get(i, 0));
      assertEquals(i % 2 == 0 ? 4f : 2f, y.get(i, 1), 1e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void differencesWhoseSumOverflowsAreAsAnInfinity(Form form) {
    for (Layout layout : LAYOUTS) {
      FloatMatrix x = random(layout, 13);
      for (int i = 0; i < M; i++) {
        for (int j : PLACES) {
          x.set(i, j, i % 2 == 0 ? 1e37f : -1e37f);
        }
      }
      assertNaNAtPlaces(form, layout, x, false, layout + " 1e37");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutFeaturesThereIsNothingToDo(Form form) {
    FloatMatrix none = FloatMatrix.zeros(3, 0);
    FloatSpan p = FloatSpan.zeros(0);
    BatchNorm norm = new BatchNorm(p, p, 1e-5);
    BatchStatistics statistics = new BatchStatistics(0);
    Samples x = form.of(none);
    norm.forward(x, statistics, x);
    norm.relu().backward(x, x, statistics, x, p, p);
    norm.inference(x, p, p, x);
    norm.inferenceBackward(x, x, p, p, x, p, p);
    norm.fold(none, p, p, p);
    assertEquals(3, statistics.samples());
  }
}
