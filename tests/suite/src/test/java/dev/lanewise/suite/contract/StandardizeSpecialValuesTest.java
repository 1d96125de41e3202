package dev.lanewise.suite.contract;

import static dev.lanewise.suite.contract.SpecialFeatures.LAYOUTS;
import static dev.lanewise.suite.contract.SpecialFeatures.M;
import static dev.lanewise.suite.contract.SpecialFeatures.N;
import static dev.lanewise.suite.contract.SpecialFeatures.PLACES;
import static dev.lanewise.suite.contract.SpecialFeatures.constant;
import static dev.lanewise.suite.contract.SpecialFeatures.isPlace;
import static dev.lanewise.suite.contract.SpecialFeatures.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import org.junit.jupiter.api.Test;

/** NaN, infinities and constant features in the normalisation of inputs. */
class StandardizeSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  @Test
  void constantInputsHaveNoVariance() {
    for (Layout layout : LAYOUTS) {
      Standardize standardize = new Standardize(N, 1e-4);
      FloatMatrix x = constant(random(layout, 10), 0.1f);
      standardize.fit(x);
      standardize.fit(x.rows(0, 5));
      FloatMatrix y = Views.matrix(layout, M, N);
      standardize.apply(x, y);
      for (int j : PLACES) {
        assertEquals(0.1f, standardize.mean(j), layout::toString);
        assertEquals(0.0, standardize.variance(j), layout::toString);
        assertEquals(0f, y.get(M - 1, j), layout::toString);
      }
      x.set(2, 15, 1.1f);
      standardize.apply(x, y);
      assertEquals(100, y.get(2, 15), 1e-4, layout::toString);
      Standardize withoutEps = new Standardize(N, 0);
      withoutEps.fit(constant(x, 0.1f));
      withoutEps.apply(constant(x, 5f), y);
      for (int j = 0; j < N; j++) {
        assertEquals(isPlace(j), Float.isNaN(y.get(3, j)), layout::toString);
      }
    }
  }

  @Test
  void inputsThatAreNotFiniteMakeTheirFeatureNaN() {
    for (float value : new float[] {NAN, INFINITY, -INFINITY}) {
      for (int row : new int[] {3, M - 1}) { // in a chunk, and among those that wait
        Standardize standardize = new Standardize(N, 1e-5);
        FloatMatrix x = random(Layout.DENSE, 11);
        x.set(row, 15, value);
        standardize.fit(x);
        FloatMatrix y = FloatMatrix.zeros(M, N);
        standardize.apply(random(Layout.DENSE, 12), y);
        for (int j = 0; j < N; j++) {
          assertEquals(j == 15, !Double.isFinite(standardize.mean(j)));
          assertEquals(j == 15, Double.isNaN(standardize.variance(j)));
          assertEquals(j == 15, Float.isNaN(y.get(7, j)));
        }
      }
    }
  }

  @Test
  void beforeAnyInputStatisticsAreZero() {
    Standardize standardize = new Standardize(2, 1e-5);
    standardize.fit(FloatMatrix.zeros(0, 2));
    assertEquals(0, standardize.samples());
    assertEquals(0.0, standardize.mean(1));
    assertEquals(0.0, standardize.variance(1));
  }
}
