package dev.lanewise.suite.contract;

import static dev.lanewise.suite.contract.SpecialFeatures.BETA;
import static dev.lanewise.suite.contract.SpecialFeatures.GAMMA;
import static dev.lanewise.suite.contract.SpecialFeatures.LAYOUTS;
import static dev.lanewise.suite.contract.SpecialFeatures.M;
import static dev.lanewise.suite.contract.SpecialFeatures.N;
import static dev.lanewise.suite.contract.SpecialFeatures.PLACES;
import static dev.lanewise.suite.contract.SpecialFeatures.isPlace;
import static dev.lanewise.suite.contract.SpecialFeatures.ones;
import static dev.lanewise.suite.contract.SpecialFeatures.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.contract.SpecialFeatures.Form;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * NaN, infinities and zeros in batch normalisation by given statistics, among these and in X, as
 * their documentation says.
 */
class InferenceSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** Statistics of a feature that are given, and what comes of finite elements. */
  private enum Given {
    NEGATIVE_VARIANCE(0.5f, -1f, 1e-5, NAN, NAN, NAN),
    NO_VARIANCE(0.5f, 0f, 0, NAN, INFINITY, INFINITY),
    VARIANCE_NAN(0.5f, NAN, 1e-5, NAN, NAN, NAN),
    INFINITE_VARIANCE(0.5f, INFINITY, 1e-5, null, 0f, 0f),
    MEAN_NAN(NAN, 1f, 1e-5, NAN, null, NAN),
    INFINITE_MEAN(-INFINITY, 1f, 1e-5, NAN, null, NAN);

    final float mean;
    final float variance;
    final double eps;

    /** The output; null for beta. */
    final Float y;

    /** The absolute gradient of the input; null for what is finite and not 0. */
    final Float dx;

    /** The absolute gradient of gamma. */
    final float dgamma;

    Given(float mean, float variance, double eps, Float y, Float dx, float dgamma) {
      this.mean = mean;
      this.variance = variance;
      this.eps = eps;
      this.y = y;
      this.dx = dx;
      this.dgamma = dgamma;
    }

    FloatSpan means() {
      return spread(FloatSpan.zeros(N), mean);
    }

    FloatSpan variances() {
      return spread(ones(N), variance);
    }

    private static FloatSpan spread(FloatSpan ordinary, float special) {
      for (int j : PLACES) {
        ordinary.set(j, special);
      }
      return ordinary;
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenStatisticsThatAreSpecial(Form form) {
    for (Given given : Given.values()) {
      for (Layout layout : LAYOUTS) {
        for (boolean relu : new boolean[] {false, true}) {
          assertInference(form, layout, given, relu);
        }
      }
    }
  }

  private static void assertInference(Form form, Layout layout, Given given, boolean relu) {
    BatchNorm plain = new BatchNorm(GAMMA, BETA, given.eps);
    BatchNorm norm = relu ? plain.relu() : plain;
    FloatMatrix x = random(layout, 14);
    FloatMatrix y = Views.matrix(layout, M, N);
    FloatMatrix dx = Views.matrix(layout, M, N);
    FloatSpan dgamma = FloatSpan.zeros(N);
    FloatSpan dbeta = FloatSpan.zeros(N);
    Samples d = form.of(random(layout, 15));
    norm.inference(form.of(x), given.means(), given.variances(), form.of(y));
    norm.inferenceBackward(
        form.of(x), d, given.means(), given.variances(), form.of(dx), dgamma, dbeta);
    String context = layout + " " + given + (relu ? ", relu" : "");
    for (int j = 0; j < N; j++) {
      assertTrue(Float.isFinite(dbeta.get(j)), context);
      assertEquals(isPlace(j) ? given.dgamma : Math.abs(dgamma.get(j)), Math.abs(dgamma.get(j)));
      float beta = relu ? Math.max(BETA.get(j), 0f) : BETA.get(j);
      for (int i = 0; i < M; i++) {
        if (!isPlace(j)) {
          assertTrue(Float.isFinite(y.get(i, j)) && Float.isFinite(dx.get(i, j)), context);
          continue;
        }
        assertEquals(given.y == null ? beta : given.y, y.get(i, j), context);
        float absolute = Math.abs(dx.get(i, j));
        if (given.dx == null) {
          assertTrue(absolute > 0 && Float.isFinite(absolute), context);
        } else {
          assertEquals(given.dx, absolute, context);
        }
      }
    }
  }

  @Test
  void foldingStatisticsThatAreSpecial() {
    for (Given given : Given.values()) {
      FloatMatrix w = random(Layout.DENSE, 16);
      FloatSpan bias = random(1, N, 17).row(0);
      new BatchNorm(GAMMA, BETA, given.eps).fold(w, bias, given.means(), given.variances());
      for (int j : PLACES) {
        float expected = given.y == null ? BETA.get(j) : given.y;
        switch (given) { // a product with an infinity and no difference of two
          case NO_VARIANCE, INFINITE_MEAN -> assertTrue(Float.isInfinite(bias.get(j)), given::name);
          default -> assertEquals(expected, bias.get(j), given::name);
        }
        for (int i = 0; i < M; i++) {
          float absolute = Math.abs(w.get(i, j));
          if (given.dx == null) {
            assertTrue(absolute > 0 && Float.isFinite(absolute), given::name);
          } else {
            assertEquals(given.dx, absolute, given::name);
          }
          assertTrue(Float.isFinite(w.get(i, 1)), given::name);
        }
      }
    }
  }

  /** An element of its own with given statistics; ReLU is y &lt; 0 ? 0 : y. */
  @ParameterizedTest
  @EnumSource
  void inferenceOfSpecialElements(Form form) {
    float[] special = {NAN, INFINITY, -INFINITY, 0f, -0f, 2f, -2f};
    float[] plain = {NAN, INFINITY, -INFINITY, 0f, -0f, 2f, -2f};
    float[] rectified = {NAN, INFINITY, 0f, 0f, -0f, 2f, 0f};
    float[] masks = {1, 1, 0, 0, 0, 1, 0};
    FloatSpan ones = ones(N);
    FloatSpan mean = FloatSpan.zeros(N);
    FloatSpan minusZeros = FloatSpan.zeros(N);
    Arrays.fill(minusZeros.array(), -0f);
    BatchNorm norm = new BatchNorm(ones, minusZeros, 0);
    int[] begins = {0, 30, M - special.length}; // in vectors of samples, and behind the last one
    for (Layout layout : LAYOUTS) {
      for (int cell = 0; cell < begins.length * PLACES.length; cell++) {
        int begin = begins[cell / PLACES.length];
        int j = PLACES[cell % PLACES.length];
        FloatMatrix x = random(layout, 8);
        FloatMatrix y = Views.matrix(layout, M, N);
        FloatMatrix z = Views.matrix(layout, M, N);
        FloatMatrix dx = Views.matrix(layout, M, N);
        FloatMatrix d = random(layout, 9);
        for (int k = 0; k < special.length; k++) {
          x.set(begin + k, j, special[k]);
        }
        norm.inference(form.of(x), mean, ones, form.of(y));
        norm.relu().inference(form.of(x), mean, ones, form.of(z));
        norm.relu()
            .inferenceBackward(
                form.of(x), form.of(d), mean, ones, form.of(dx), FloatSpan.zeros(N), ones(N));
        for (int k = 0; k < special.length; k++) {
          String context = layout + " at " + (begin + k) + ", " + j + ": " + special[k];
          int i = begin + k;
          assertEquals(plain[k], y.get(i, j), context);
          assertEquals(rectified[k], z.get(i, j), context);
          // NaN is not at most 0, so that its gradient passes.
          assertEquals(masks[k] == 0 ? 0f : d.get(i, j), dx.get(i, j), context);
          assertTrue(Float.isFinite(y.get(i, (j + 1) % N)), context);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutSamplesGradientsOfParametersAreZero(Form form) {
    FloatMatrix none = FloatMatrix.zeros(0, N);
    FloatSpan dgamma = ones(N);
    FloatSpan dbeta = ones(N);
    BatchNorm norm = new BatchNorm(GAMMA, BETA, 1e-5);
    FloatSpan statistics = ones(N);
    Samples x = form.of(none);
    norm.inference(x, statistics, statistics, x);
    for (BatchNorm each : new BatchNorm[] {norm, norm.relu()}) {
      each.inferenceBackward(x, x, statistics, statistics, x, dgamma, dbeta);
      for (int j = 0; j < N; j++) {
        assertEquals(0f, dgamma.get(j));
        assertEquals(0f, dbeta.get(j));
      }
    }
  }
}
