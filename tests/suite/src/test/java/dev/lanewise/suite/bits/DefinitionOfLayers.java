package dev.lanewise.suite.bits;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;
import static dev.lanewise.kernels.internal.scalar.ScalarColumns.GROUP;
import static dev.lanewise.kernels.internal.scalar.ScalarLayerNorm.COEFFICIENTS;
import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarLayerNorm;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarRowMoments;
import dev.lanewise.suite.engine.Views;

/**
 * The definitions of layer and RMS normalisation, called on dense copies; without beta it is the
 * latter.
 */
record DefinitionOfLayers(double eps) implements LayerForm {
  @Override
  public void forward(FloatMatrix x, FloatMatrix gamma, FloatMatrix beta, FloatMatrix y) {
    int n = x.columns();
    float[] a = Views.dense(x);
    float[] g = Views.dense(gamma);
    float[] c = coefficients(a, x.rows(), n, beta == null);
    for (int i = 0; i < x.rows(); i++) {
      int co = COEFFICIENTS * i;
      if (beta == null) {
        ScalarLayerNorm.scale(n, c[co + 1], g, a, i * n, a, i * n);
      } else {
        ScalarLayerNorm.normalise(n, c, co, g, Views.dense(beta), a, i * n, a, i * n);
      }
    }
    store(a, y);
  }

  private static void store(float[] dense, FloatMatrix y) {
    for (int i = 0; i < dense.length; i++) {
      y.set(i / y.columns(), i % y.columns(), dense[i]);
    }
  }

  private float[] coefficients(float[] a, int m, int n, boolean rms) {
    float[] c = new float[COEFFICIENTS * m];
    for (int i = 0; i < m; i++) {
      if (rms) {
        ScalarLayerNorm.rmsCoefficients(squares(a, i * n, n) / n, eps, c, COEFFICIENTS * i);
      } else {
        Moments s = moments(a, i * n, n);
        double variance = s.variance()[0] / n;
        ScalarLayerNorm.coefficients(s.mean()[0], variance, eps, c, COEFFICIENTS * i);
      }
    }
    return c;
  }

  private static double squares(float[] a, int ao, int n) {
    float[] lanes = new float[ScalarReduce.WORK];
    double squares = 0;
    for (int j = 0; j < n; j += BLOCK) {
      int length = Math.min(BLOCK, n - j);
      squares += ScalarReduce.dot(1f, a, ao + j, 1, a, ao + j, 1, length, lanes);
    }
    return squares;
  }

  /** The mean, and the sum of squared deviations. */
  private static Moments moments(float[] a, int ao, int n) {
    Moments s = Moments.zeros(1);
    float[] lanes = new float[ScalarReduce.WORK];
    float[] sums = new float[3];
    for (int j = 0; j < n; j += BLOCK) {
      int length = Math.min(BLOCK, n - j);
      ScalarRowMoments.block(length, a, ao + j, lanes, sums);
      ScalarColumns.merge(j, length, 1, sums, 0, sums, 1, sums, 2, s.mean(), s.variance(), 0);
    }
    return s;
  }

  @Override
  public void backward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    int m = x.rows();
    int n = x.columns();
    float[] a = Views.dense(x);
    float[] d = Views.dense(dy);
    float[] c = coefficients(a, m, n, dbeta == null);
    double[] sumD = new double[n];
    double[] products = new double[n];
    for (int chunk = 0; chunk < m; chunk += CHUNK) {
      int end = Math.min(m, chunk + CHUNK);
      float[] sums = new float[2 * n];
      for (int i = chunk; i < end; i += GROUP) {
        int rows = Math.min(GROUP, end - i);
        float[] group = new float[COEFFICIENTS * GROUP];
        System.arraycopy(c, COEFFICIENTS * i, group, 0, COEFFICIENTS * rows);
        ScalarLayerNorm.addColumnSums(rows, n, group, a, i * n, n, d, i * n, n, sums, 0, n);
      }
      ScalarColumns.add(n, sums, 0, sumD);
      ScalarColumns.add(n, sums, n, products);
    }
    float[] g = Views.dense(gamma);
    for (int i = 0; i < m; i++) {
      gradient(n, c, COEFFICIENTS * i, dbeta == null, g, a, d, i * n);
    }
    store(d, dx);
    for (int j = 0; j < n; j++) {
      dgamma.set(0, j, (float) products[j]);
      if (dbeta != null) {
        dbeta.set(0, j, (float) sumD[j]);
      }
    }
  }

  /** Replaces d of a row by dx. */
  private static void gradient(
      int n, float[] c, int co, boolean rms, float[] gamma, float[] a, float[] d, int o) {
    float[] lanes = new float[ScalarReduce.WORK];
    float[] sums = new float[2];
    double sum = 0;
    double product = 0;
    for (int j = 0; j < n; j += BLOCK) {
      int length = Math.min(BLOCK, n - j);
      ScalarLayerNorm.gradientSums(length, c, co, gamma, j, a, o + j, d, o + j, lanes, sums);
      sum += sums[0];
      product += sums[1];
    }
    float mean = rms ? 0f : (float) (sum / n);
    ScalarLayerNorm.backward(n, c, co, mean, (float) (product / n), gamma, a, o, d, o, d, o);
  }
}
