package dev.lanewise.suite.hardening;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import java.util.Arrays;

/** Statistics of very many samples: 10^8 rows of a view for a length of 2^31 - 9. */
final class LargeNorms {
  private static final int FEATURES = 8;

  /** From row to row: two operands and a gap. */
  private static final int STRIDE = 21;

  private static final double EPS = 1e-5;

  private LargeNorms() {}

  private static float sample(int row, int feature) {
    return 10 * feature + Terrain.value((long) row * FEATURES + feature);
  }

  private static float gradient(int row, int feature) {
    return Terrain.value((long) row * FEATURES + feature + (1L << 40));
  }

  /** Means, variances and gradients of gamma and beta in double. */
  private static final class Oracle {
    final double[] mean = new double[FEATURES];
    final double[] variance = new double[FEATURES];
    final double[] dgamma = new double[FEATURES];
    final double[] dbeta = new double[FEATURES];
    final int rows;

    Oracle(int rows) {
      this.rows = rows;
      double[] dots = new double[FEATURES];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < FEATURES; j++) {
          double x = sample(i, j) - 10.0 * j;
          double d = gradient(i, j);
          mean[j] += x;
          variance[j] += x * x;
          dbeta[j] += d;
          dots[j] += d * x;
        }
      }
      for (int j = 0; j < FEATURES; j++) {
        double shift = mean[j] / rows;
        variance[j] = variance[j] / rows - shift * shift;
        mean[j] = 10 * j + shift;
        dgamma[j] = (dots[j] - shift * dbeta[j]) / deviation(j);
      }
    }

    double deviation(int j) {
      return Math.sqrt(variance[j] + EPS);
    }

    double normal(int i, int j) {
      return (sample(i, j) - mean[j]) / deviation(j);
    }

    /** The mean within what its documentation says, W being u²·max|x|·(1 + k/32) of k chunks. */
    void check(double mean, double variance, int j) {
      double w = U * U * 81 * (1 + rows / 2048.0);
      Terrain.near(this.mean[j], mean, 21 * U + w, "mean", j);
      Terrain.near(this.variance[j], variance, 65 * U + 2 * w, "variance", j);
    }
  }

  /** Forward, backward and inference, and the normalisation of inputs, through views. */
  static long batchNorm(int longest) {
    float[] array = new float[longest];
    int rows = longest / STRIDE;
    int first = longest - (rows - 1) * STRIDE - 2 * FEATURES;
    FloatMatrix x = FloatMatrix.of(array, first, rows, FEATURES, STRIDE, 1);
    FloatMatrix y = FloatMatrix.of(array, first + FEATURES, rows, FEATURES, STRIDE, 1);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < FEATURES; j++) {
        array[first + i * STRIDE + j] = sample(i, j);
      }
    }
    Oracle oracle = new Oracle(rows);
    FloatSpan gamma = FloatSpan.zeros(FEATURES);
    FloatSpan beta = FloatSpan.zeros(FEATURES);
    for (int j = 0; j < FEATURES; j++) {
      gamma.set(j, gamma(j));
      beta.set(j, j - 3.5f);
    }
    BatchNorm norm = new BatchNorm(gamma, beta, EPS);
    BatchStatistics statistics = new BatchStatistics(FEATURES);
    norm.forward(x, statistics, y);
    for (int j = 0; j < FEATURES; j++) {
      oracle.check(statistics.mean(j), statistics.variance(j), j);
    }
    int[] places = Terrain.places(rows);
    checkOutput(oracle, norm, y, places, 1e-4);
    try (Workers workers = Workers.of(2)) {
      FloatSpan mean = FloatSpan.zeros(FEATURES);
      FloatSpan variance = FloatSpan.zeros(FEATURES);
      for (int j = 0; j < FEATURES; j++) {
        mean.set(j, (float) oracle.mean[j]);
        variance.set(j, (float) oracle.variance[j]);
      }
      norm.inference(x, mean, variance, y, workers);
      checkOutput(oracle, norm, y, places, 1e-4);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < FEATURES; j++) {
          array[first + i * STRIDE + FEATURES + j] = gradient(i, j);
        }
      }
      checkBackward(oracle, norm, x, y, statistics, places, workers);
    }
    return 3L * FEATURES * places.length + standardize(oracle, x, y, places);
  }

  private static float gamma(int j) {
    return 1 + j / 4f;
  }

  private static void checkOutput(
      Oracle oracle, BatchNorm norm, FloatMatrix y, int[] places, double bound) {
    for (int i : places) {
      for (int j = 0; j < FEATURES; j++) {
        double expected = gamma(j) * oracle.normal(i, j) + j - 3.5;
        Terrain.near(expected, y.get(i, j), bound, norm + ", feature " + j, i);
      }
    }
  }

  private static void checkBackward(
      Oracle oracle,
      BatchNorm norm,
      FloatMatrix x,
      FloatMatrix d,
      BatchStatistics statistics,
      int[] places,
      Workers workers) {
    int m = oracle.rows;
    FloatSpan dgamma = FloatSpan.zeros(FEATURES);
    FloatSpan dbeta = FloatSpan.zeros(FEATURES);
    norm.backward(x, d, statistics, d, dgamma, dbeta, workers);
    for (int j = 0; j < FEATURES; j++) {
      double bound = 23 * U * m; // Σ|d|·ζ is below m
      Terrain.near(oracle.dbeta[j], dbeta.get(j), bound, "dbeta", j);
      Terrain.near(oracle.dgamma[j], dgamma.get(j), bound, "dgamma", j);
      double scale = gamma(j) / oracle.deviation(j);
      for (int i : places) {
        double mean = (oracle.dbeta[j] + oracle.normal(i, j) * oracle.dgamma[j]) / m;
        double expected = scale * (gradient(i, j) - mean);
        Terrain.near(expected, d.get(i, j), 1e-4, "dx, feature " + j, i);
      }
    }
  }

  /** In one piece and in batches: the same bits. */
  private static long standardize(Oracle oracle, FloatMatrix x, FloatMatrix y, int[] places) {
    int rows = x.rows();
    int batch = rows / 101 + 3;
    Standardize whole = new Standardize(FEATURES, EPS);
    whole.fit(x);
    Standardize batches = new Standardize(FEATURES, EPS);
    for (int from = 0; from < rows; from += batch) {
      batches.fit(x.rows(from, Math.min(rows, from + batch)));
    }
    assertEquals(rows, batches.samples());
    for (int j = 0; j < FEATURES; j++) {
      oracle.check(batches.mean(j), batches.variance(j), j);
      assertEquals(whole.mean(j), batches.mean(j));
      assertEquals(whole.variance(j), batches.variance(j));
    }
    batches.apply(x, y);
    for (int i : places) {
      for (int j = 0; j < FEATURES; j++) {
        Terrain.near(oracle.normal(i, j), y.get(i, j), 1e-4, "standardized " + j, i);
      }
    }
    return (long) FEATURES * places.length;
  }

  /** A whole array with channels first, and column-major; then as a row with gamma and beta. */
  static long longRows(int longest) {
    float[] array = new float[longest];
    int channels = 3;
    int length = longest / channels;
    Terrain.fill(array);
    int end = longest - channels * length;
    BatchStatistics statistics = new BatchStatistics(channels);
    FloatBatch x = FloatBatch.of(array, end, 1, 0, channels, length, length, 1);
    statistics.compute(x);
    double[][] moments = new double[channels][];
    for (int c = 0; c < channels; c++) {
      moments[c] = moments(array, end + c * length, length);
      Terrain.near(moments[c][0], statistics.mean(c), 1e-5, "mean", c);
      Terrain.near(moments[c][1], statistics.variance(c), 1e-5, "variance", c);
    }
    statistics.compute(FloatMatrix.of(array, end, length, channels, 1, length));
    for (int c = 0; c < channels; c++) {
      Terrain.near(moments[c][0], statistics.mean(c), 1e-5, "mean of a column", c);
      Terrain.near(moments[c][1], statistics.variance(c), 1e-5, "variance of a column", c);
    }
    FloatSpan ones = FloatSpan.zeros(channels);
    Arrays.fill(ones.array(), 1f);
    new BatchNorm(ones, FloatSpan.zeros(channels), EPS).forward(x, statistics, x);
    int[] places = Terrain.places(length);
    for (int c = 0; c < channels; c++) {
      for (int i : places) {
        int at = end + c * length + i;
        double expected = (Terrain.value(at) - moments[c][0]) / Math.sqrt(moments[c][1] + EPS);
        Terrain.near(expected, array[at], 1e-4, "channel " + c, i);
      }
    }
    return (long) channels * places.length + layerNorm(array);
  }

  private static double[] moments(float[] array, int from, int length) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double x = array[from + i];
      sum += x;
      squares += x * x;
    }
    double mean = sum / length;
    return new double[] {mean, squares / length - mean * mean};
  }

  /** Two rows of 2^29 elements, with gamma and beta in what is left of the array. */
  private static long layerNorm(float[] array) {
    int n = array.length / 4;
    Terrain.fill(array);
    int end = array.length - 2 * n;
    FloatMatrix x = FloatMatrix.of(array, end, 2, n, n, 1);
    FloatSpan gamma = FloatSpan.of(array, 0, n);
    FloatSpan beta = FloatSpan.of(array, n, n);
    double[][] moments = {moments(array, end, n), moments(array, end + n, n)};
    new LayerNorm(gamma, beta, EPS).forward(x, x);
    int[] places = Terrain.places(n);
    for (int r = 0; r < 2; r++) {
      double inverse = 1 / Math.sqrt(moments[r][1] + EPS);
      for (int i : places) {
        int at = end + r * n + i;
        double normal = (Terrain.value(at) - moments[r][0]) * inverse;
        double expected = Terrain.value(i) * normal + Terrain.value(n + i);
        Terrain.near(expected, array[at], 1e-4, "row " + r, i);
      }
    }
    return 2L * places.length;
  }
}
