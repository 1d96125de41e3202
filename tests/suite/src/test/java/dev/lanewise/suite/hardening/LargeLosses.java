package dev.lanewise.suite.hardening;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Classification;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Workers;

/** Softmax and losses over very many classes and very many samples. */
final class LargeLosses {
  private static final int CLASSES = 1_000_000;
  private static final int ROWS = 3;

  private LargeLosses() {}

  private static float logit(int row, int column) {
    return 8 * Terrain.value((long) row * CLASSES + column);
  }

  /** A million classes, of which the last is the label of each row. */
  static long classes(int longest) {
    int n = Math.min(CLASSES, longest);
    FloatMatrix x = FloatMatrix.zeros(ROWS, n);
    double[] log = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        x.set(i, j, logit(i, j));
        sum += StrictMath.exp(logit(i, j));
      }
      log[i] = StrictMath.log(sum);
    }
    // Within (M - x + 70 + a few doublings)·u, M - x being below 16.
    double bound = 110 * U;
    FloatMatrix y = FloatMatrix.zeros(ROWS, n);
    FloatMatrix logarithms = FloatMatrix.zeros(ROWS, n);
    FloatSpan sums = FloatSpan.zeros(ROWS);
    FloatSpan losses = FloatSpan.zeros(ROWS);
    Labels labels = Labels.of(n - 1, n - 1, n - 1);
    Labels best = Labels.of(new int[5 * ROWS]);
    Softmax.forward(x, y);
    LogSoftmax.forward(x, logarithms);
    LogSumExp.forward(x, sums);
    CrossEntropy.MEAN.losses(x, labels, losses);
    Classification.topK(x, 5, best);
    FloatMatrix dx = FloatMatrix.zeros(ROWS, n);
    double loss = CrossEntropy.MEAN.lossAndGradient(x, labels, dx);
    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      mean += (log[i] - logit(i, n - 1)) / ROWS;
      Terrain.near(log[i], sums.get(i), bound * 4, "log sum", i);
      Terrain.near(log[i] - logit(i, n - 1), losses.get(i), bound * 4, "loss", i);
      int above = 0;
      for (int j = 0; j < n; j++) {
        double softmax = StrictMath.exp(logit(i, j) - log[i]);
        Terrain.near(softmax, y.get(i, j), bound * softmax, "softmax", j);
        Terrain.near(logit(i, j) - log[i], logarithms.get(i, j), bound * 4, "log softmax", j);
        double gradient = (softmax - (j == n - 1 ? 1 : 0)) / ROWS;
        double within = bound * softmax + 2 * U * Math.abs(gradient);
        Terrain.near(gradient, dx.get(i, j), within, "gradient", j);
        above += logit(i, j) > logit(i, best.get(5 * i + 4)) ? 1 : 0;
      }
      assertEquals(4, above, "the fifth best class has four above it");
    }
    Terrain.near(mean, loss, bound * 4, "J", 0);
    return 3L * ROWS * n + oneRow(longest);
  }

  /** A row of half an array's length, into the other half. */
  private static long oneRow(int longest) {
    int n = longest / 2;
    float[] array = new float[longest];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      array[i] = Terrain.value(i);
      sum += i % 64 == 0 ? 64 * Math.exp(array[i]) : 0;
    }
    FloatMatrix x = FloatMatrix.of(array, 1, n);
    FloatMatrix y = FloatMatrix.of(array, longest - n, 1, n, n, 1);
    float[] log = new float[1];
    try (Workers workers = Workers.of(2)) {
      Softmax.forward(x, y, 1, workers);
      LogSumExp.forward(x, FloatSpan.of(log), 1, workers);
    }
    Terrain.near(StrictMath.log(sum), log[0], 0.01, "log sum of a sample of the terms", n);
    int[] places = Terrain.places(n);
    for (int i : places) {
      double softmax = StrictMath.exp(array[i] - (double) log[0]);
      Terrain.near(softmax, y.get(0, i), 1e-5 * softmax, "softmax", i);
    }
    return places.length + 1L;
  }

  /** 10^8 samples of two classes, for a length of 2^31 - 9. */
  static long samples(int longest) {
    int m = longest / 21;
    FloatMatrix x = FloatMatrix.zeros(m, 2);
    int[] classes = new int[m];
    double mean = 0;
    long right = 0;
    for (int i = 0; i < m; i++) {
      float difference = 4 * Terrain.value(i);
      x.set(i, 1, difference);
      classes[i] = i % 3 == 0 ? 0 : 1;
      double margin = classes[i] == 1 ? difference : -difference;
      mean += Math.log1p(Math.exp(-margin));
      right += margin > 0 || (margin == 0 && classes[i] == 0) ? 1 : 0;
    }
    mean /= m;
    Labels labels = Labels.of(classes);
    assertEquals(right / (double) m, Classification.accuracy(x, labels));
    try (Workers workers = Workers.of(2)) {
      float loss = CrossEntropy.MEAN.loss(x, labels, workers);
      Terrain.near(mean, loss, 200 * U * (1 + mean), "J", m);
      Terrain.equal(
          loss, CrossEntropy.MEAN.lossAndGradient(x, labels, x, workers), "J beside dX", m);
    }
    int[] places = Terrain.places(m);
    for (int i : places) {
      double sigmoid = 1 / (1 + StrictMath.exp(-4 * (double) Terrain.value(i)));
      double expected = (sigmoid - classes[i]) / m;
      Terrain.near(expected, x.get(i, 1), 1e-5 / m, "gradient", i);
      Terrain.near(-expected, x.get(i, 0), 1e-5 / m, "gradient", i);
    }
    return 2L * places.length + 3;
  }
}
