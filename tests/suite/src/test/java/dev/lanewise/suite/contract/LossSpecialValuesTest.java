package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of logits that are infinite, as their documentation says. */
class LossSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  /** More than a vector and no multiple of one, so that the elements that are left count too. */
  private static final int N = 67;

  /** The gradient is sigmoid(x) - t, of a sigmoid of 1 or 0. */
  @ParameterizedTest
  @CsvSource({
    "Infinity, 1, 0, 0",
    "Infinity, 0, Infinity, 1",
    "Infinity, 0.75, Infinity, 0.25",
    "-Infinity, 0, 0, 0",
    "-Infinity, 1, Infinity, -1",
    "-Infinity, 0.75, Infinity, -0.75",
    "NaN, 0, NaN, NaN",
    "NaN, 1, NaN, NaN"
  })
  void ofTwoClasses(float logit, float target, float loss, float slope) {
    for (Layout layout : LAYOUTS) {
      for (int place = 0; place < N; place++) {
        FloatMatrix x = Views.matrix(layout, 1, N, () -> 0);
        FloatMatrix t = Views.matrix(layout, 1, N, () -> 0.5);
        FloatMatrix losses = Views.matrix(layout, 1, N);
        FloatMatrix dx = Views.matrix(layout, 1, N);
        x.set(0, place, logit);
        t.set(0, place, target);
        String context = layout + " at " + place;
        BinaryCrossEntropy.SUM.losses(x, t, losses);
        float sum = BinaryCrossEntropy.SUM.lossAndGradient(x, t, dx);
        double rest = (N - 1) * Math.log(2);
        assertEquals(loss + rest, sum, 1e-4, context);
        for (int j = 0; j < N; j++) {
          assertEquals(j == place ? loss : Math.log(2), losses.get(0, j), 1e-7, context);
          assertEquals(j == place ? slope : 0, dx.get(0, j), 0f, context);
        }
      }
    }
  }

  /** The row alone: those beside it have a loss and a gradient. */
  @ParameterizedTest
  @EnumSource(names = {"DENSE", "STRIDED", "COLUMN_MAJOR"})
  void ofNothingButMinusInfinity(Layout layout) {
    for (int n : new int[] {1, 3, 10, N, 4100}) {
      for (double smoothing : new double[] {0, 0.1}) {
        int m = 3;
        FloatMatrix x = Views.matrix(layout, m, n, () -> 1);
        for (int j = 0; j < n; j++) {
          x.set(1, j, -INFINITY);
        }
        CrossEntropy sum = CrossEntropy.SUM.withLabelSmoothing(smoothing);
        FloatMatrix targets = Views.matrix(layout, m, n, () -> 1.0 / n);
        FloatSpan losses = Views.span(layout, m);
        FloatMatrix dx = Views.matrix(layout, m, n, () -> 7);
        String context = layout + " n=" + n + " s=" + smoothing;
        Labels labels = Labels.of(0, 0, n - 1);
        assertEquals(Float.NaN, sum.loss(x, labels), context);
        assertEquals(Float.NaN, sum.lossAndGradient(x, labels, dx), context);
        sum.lossesAndGradient(x, labels, losses, dx);
        assertMiddleIsNaN(losses, dx, context);
        assertEquals(Float.NaN, sum.loss(x, targets), context);
        sum.lossesAndGradient(x, targets, losses, dx);
        assertMiddleIsNaN(losses, dx, context + " distributions");
      }
    }
  }

  private static void assertMiddleIsNaN(FloatSpan losses, FloatMatrix dx, String context) {
    for (int i = 0; i < losses.length(); i++) {
      assertEquals(i == 1, Float.isNaN(losses.get(i)), context + " loss " + i);
      for (int j = 0; j < dx.columns(); j++) {
        assertEquals(i == 1, Float.isNaN(dx.get(i, j)), context + " gradient " + i + ", " + j);
      }
    }
  }

  /** A logit of -infinity beside finite ones is no class, whose loss is infinite. */
  @ParameterizedTest
  @ValueSource(ints = {3, 10, N, 4100})
  void ofOneMinusInfinity(int n) {
    FloatMatrix x = Views.matrix(Layout.DENSE, 1, n, () -> 1);
    x.set(0, n / 2, -INFINITY);
    FloatMatrix dx = Views.matrix(Layout.DENSE, 1, n);
    assertEquals(INFINITY, CrossEntropy.MEAN.lossAndGradient(x, Labels.of(n / 2), dx));
    assertEquals(-1f, dx.get(0, n / 2));
    float loss = CrossEntropy.MEAN.lossAndGradient(x, Labels.of(0), dx);
    assertEquals(Math.log(n - 1), loss, 1e-5);
    assertEquals(0f, dx.get(0, n / 2));
  }
}
