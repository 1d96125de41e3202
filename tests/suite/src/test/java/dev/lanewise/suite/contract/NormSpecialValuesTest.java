package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * NaN, infinities, zeros and constant features in batch normalisation and the normalisation of
 * inputs, as their documentation says.
 */
class NormSpecialValuesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** More than a chunk, a group and a vector, and no multiple of either. */
  private static final int M = 71;

  private static final int N = 67;

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  /** The features whose elements are special: in a vector, at its end, and behind the last one. */
  private static final int[] PLACES = {0, 15, 66};

  private static final FloatSpan GAMMA = random(1, N, 1).row(0);
  private static final FloatSpan BETA = random(1, N, 2).row(0);

  /** A matrix with a feature in each column, as it is and with channels first. */
  private enum Form {
    MATRIX {
      @Override
      Samples of(FloatMatrix x) {
        return x;
      }
    },
    CHANNELS {
      @Override
      Samples of(FloatMatrix x) {
        FloatMatrix t = x.transpose();
        int n = t.columns();
        int rs = t.rowStride();
        int cs = t.columnStride();
        return FloatBatch.of(t.array(), t.offset(), 1, n * cs, t.rows(), n, rs, cs);
      }
    };

    abstract Samples of(FloatMatrix x);
  }

  private static FloatMatrix random(int m, int n, int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(Layout.DENSE, m, n, mix::normal);
  }

  private static FloatMatrix random(Layout layout, int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(layout, M, N, mix::normal);
  }

  private static boolean isPlace(int j) {
    return Arrays.stream(PLACES).anyMatch(place -> place == j);
  }

  /** Gives the features at the places one value throughout. */
  private static FloatMatrix constant(FloatMatrix x, float value) {
    for (int j : PLACES) {
      for (int i = 0; i < x.rows(); i++) {
        x.set(i, j, value);
      }
    }
    return x;
  }

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

  private static FloatSpan ones(int n) {
    FloatSpan ones = FloatSpan.zeros(n);
    Arrays.fill(ones.array(), 1f);
    return ones;
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
