package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import java.util.Arrays;

/**
 * What backward passes of normalisations of every row have in common: beside X a gradient dY, and
 * the gradients dX, which is what {@link RowNormBenchmark} calls Y, and dgamma.
 *
 * <p>Every implementation computes the statistics of the rows anew but oneDNN, which reads those of
 * its forward pass.
 */
public abstract class RowNormBackwardBenchmark extends RowNormBenchmark {
  float[] dy;
  float[] dgamma;
  float[][] dyRows;
  FloatMatrix dyView;
  FloatSpan dgammaView;

  /** Work of {@code autovec}: of one row, the normalised elements, gamma·dy, and sums in chains. */
  float[] xhat;

  float[] g;
  float[] sums;
  float[] products;

  /** For subclasses. */
  RowNormBackwardBenchmark() {}

  @Override
  void prepareOperands() {
    dy = normal(4, m * n, 0, 1);
    dgamma = new float[n];
    dyRows = rows(dy, m, n);
    dyView = FloatMatrix.of(dy, m, n);
    dgammaView = FloatSpan.of(dgamma);
    xhat = new float[n];
    g = new float[n];
    sums = new float[n];
    products = new float[n];
  }

  /**
   * With ξ = (|x| + mean) / root, a row's mean of |x| being given, and r the roundings: dgamma
   * within 8·gamma_r·Σ|dy|·ξ down a column, and dx within 8·gamma_r / root·(|g| + Σ|g|/n +
   * ξ·Σ|g|·ξ/n); the 8 is for statistics whose terms are taken from the first element instead of
   * the mean.
   */
  final void check(
      String method, double[] mean, double[] root, double[] expectedDx, double[] expectedDgamma) {
    double[] dxMagnitude = new double[m * n];
    double[] dgammaMagnitude = new double[n];
    for (int i = 0; i < m; i++) {
      double size = 0;
      double product = 0;
      for (int j = 0; j < n; j++) {
        double xi = (Math.abs(x[i * n + j]) + mean[i]) / root[i];
        double term = Math.abs((double) gamma[j] * dy[i * n + j]);
        size += term / n;
        product += term * xi / n;
        dgammaMagnitude[j] += Math.abs(dy[i * n + j]) * xi;
      }
      for (int j = 0; j < n; j++) {
        double xi = (Math.abs(x[i * n + j]) + mean[i]) / root[i];
        double term = Math.abs((double) gamma[j] * dy[i * n + j]);
        dxMagnitude[i * n + j] = (term + size + xi * product) / root[i];
      }
    }
    new Accuracy(label(method) + " dgamma")
        .check(
            dgamma,
            expectedDgamma,
            Bound.gamma(roundings(m) + roundings(n) + 16, dgammaMagnitude).times(8),
            "shape=" + shape);
    new Accuracy(label(method) + " dx")
        .check(
            m,
            n,
            result(method, y, yRows),
            expectedDx,
            Bound.gamma(roundings(n) + 16, dxMagnitude).times(8),
            "shape=" + shape);
  }

  /** The mean of |x| of each row. */
  final double[] meanSizes() {
    double[] sizes = new double[m];
    Arrays.setAll(sizes, i -> Arrays.stream(Elements.widen(xRows[i])).map(Math::abs).sum() / n);
    return sizes;
  }
}
