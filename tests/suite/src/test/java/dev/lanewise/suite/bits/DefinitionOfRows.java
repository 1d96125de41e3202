package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarMaximum;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.suite.engine.Views;

/** The definitions along rows and per element, called on a copy of each row. */
final class DefinitionOfRows {
  private DefinitionOfRows() {}

  private static float[] row(FloatMatrix x, int i) {
    return Views.dense(x.row(i));
  }

  private static void store(float[] row, FloatMatrix y, int i) {
    for (int j = 0; j < row.length; j++) {
      y.set(i, j, row[j]);
    }
  }

  private static float[] lanes() {
    return new float[ScalarReduce.WORK];
  }

  static void activation(ActivationFunction f, float slope, FloatMatrix x, FloatMatrix y) {
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      ScalarActivation.forward(f, slope, a.length, a, 0, a, 0);
      store(a, y, i);
    }
  }

  static void activationBackward(
      ActivationFunction f, float slope, FloatMatrix x, FloatMatrix dy, FloatMatrix dx) {
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      ScalarActivation.backward(f, slope, a.length, a, 0, row(dy, i), 0, a, 0);
      store(a, dx, i);
    }
  }

  static void softmax(float temperature, FloatMatrix x, FloatMatrix y) {
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      int n = a.length;
      float max = ScalarMaximum.max(a, 0, n);
      float sum = ScalarSoftmax.exponentials(n, max, 1 / temperature, a, 0, a, 0, lanes());
      ScalarSoftmax.multiply(n, 1 / sum, a, 0);
      store(a, y, i);
    }
  }

  static void softmaxBackward(float temperature, FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    for (int i = 0; i < y.rows(); i++) {
      float[] a = row(y, i);
      float[] d = row(dy, i);
      float s = ScalarReduce.dot(1f, d, 0, 1, a, 0, 1, a.length, lanes());
      ScalarSoftmax.backward(a.length, s, 1 / temperature, a, 0, d, 0, d, 0);
      store(d, dx, i);
    }
  }

  static void logSoftmax(float temperature, FloatMatrix x, FloatMatrix y) {
    float scale = 1 / temperature;
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      int n = a.length;
      float max = ScalarMaximum.max(a, 0, n);
      float sum = ScalarSoftmax.sumOfExponentials(n, max, scale, a, 0, lanes());
      ScalarSoftmax.logarithms(n, max, scale, ScalarMath.log(sum), a, 0, a, 0);
      store(a, y, i);
    }
  }

  static void logSoftmaxBackward(float temperature, FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    for (int i = 0; i < y.rows(); i++) {
      float[] a = row(y, i);
      float[] d = row(dy, i);
      float s = ScalarReduce.sum(d, 0, 1, d.length, lanes());
      ScalarSoftmax.logBackward(a.length, s, 1 / temperature, a, 0, d, 0, d, 0);
      store(d, dx, i);
    }
  }

  static void logSumExp(float temperature, FloatMatrix x, FloatMatrix sums) {
    float scale = 1 / temperature;
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      float max = ScalarMaximum.max(a, 0, a.length);
      float sum = ScalarSoftmax.sumOfExponentials(a.length, max, scale, a, 0, lanes());
      boolean infinite = Float.isInfinite(max);
      sums.set(0, i, infinite ? max : max * scale + ScalarMath.log(sum));
    }
  }

  static void logSumExpBackward(
      float temperature, FloatMatrix x, FloatMatrix sums, FloatMatrix slopes, FloatMatrix dx) {
    float scale = 1 / temperature;
    for (int i = 0; i < x.rows(); i++) {
      float[] a = row(x, i);
      float factor = slopes.get(0, i) * scale;
      ScalarSoftmax.logSumExpBackward(a.length, scale, sums.get(0, i), factor, a, 0, a, 0);
      store(a, dx, i);
    }
  }

  /** Mean loss against labels, with its gradient unless dx is null. */
  static float loss(FloatMatrix x, Labels labels, FloatMatrix dx) {
    int m = x.rows();
    float[] losses = new float[m];
    for (int i = 0; i < m; i++) {
      float[] a = row(x, i);
      int n = a.length;
      float max = ScalarMaximum.max(a, 0, n);
      float logit = a[labels.get(i)];
      float sum = ScalarSoftmax.exponentials(n, max, 1f, a, 0, a, 0, lanes());
      losses[i] = (max - logit) + ScalarMath.log(sum);
      if (dx != null) {
        float e = a[labels.get(i)];
        ScalarSoftmax.gradient(n, 1 / sum, 0f, 1f / m, a, 0);
        a[labels.get(i)] = ScalarMath.fma(e, 1 / sum, -1f) * (1f / m);
        store(a, dx, i);
      }
    }
    return ScalarReduce.sum(losses, 0, 1, m, lanes()) / m;
  }

  /** Mean loss against smoothed distributions, with its gradient. */
  static float loss(double smoothing, FloatMatrix x, FloatMatrix targets, FloatMatrix dx) {
    int m = x.rows();
    float[] losses = new float[m];
    for (int i = 0; i < m; i++) {
      float[] a = row(x, i);
      float[] t = row(targets, i);
      int n = a.length;
      if (smoothing > 0) {
        ScalarSoftmax.smooth(n, (float) (1 - smoothing), (float) (smoothing / n), t, 0);
      }
      float max = ScalarMaximum.max(a, 0, n);
      float total = ScalarReduce.sum(t, 0, 1, n, lanes());
      float difference = ScalarSoftmax.sumOfTargets(n, max, a, 0, t, 0, lanes());
      float sum = ScalarSoftmax.exponentials(n, max, 1f, a, 0, a, 0, lanes());
      losses[i] = ScalarMath.fma(total, ScalarMath.log(sum), difference);
      ScalarSoftmax.gradientOfTargets(n, total / sum, 1f / m, t, 0, a, 0);
      store(a, dx, i);
    }
    return ScalarReduce.sum(losses, 0, 1, m, lanes()) / m;
  }

  static float binaryLoss(FloatMatrix x, FloatMatrix targets, FloatMatrix dx) {
    int m = x.rows();
    int n = x.columns();
    double count = (double) m * n;
    float[] sums = new float[m];
    for (int i = 0; i < m; i++) {
      float[] a = row(x, i);
      float[] t = row(targets, i);
      float[] losses = new float[n];
      ScalarSoftmax.binaryLosses(n, a, 0, t, 0, losses, 0);
      sums[i] = ScalarReduce.sum(losses, 0, 1, n, lanes());
      ScalarSoftmax.binaryGradient(n, (float) (1 / count), a, 0, t, 0, a, 0);
      store(a, dx, i);
    }
    return (float) (ScalarReduce.sum(sums, 0, 1, m, lanes()) / count);
  }

  static void rowSums(FloatMatrix x, FloatMatrix sums) {
    for (int i = 0; i < x.rows(); i++) {
      sums.set(0, i, ScalarReduce.sum(row(x, i), 0, 1, x.columns(), lanes()));
    }
  }

  static void rowDots(FloatMatrix x, FloatMatrix y, FloatMatrix sums) {
    for (int i = 0; i < x.rows(); i++) {
      int n = x.columns();
      sums.set(0, i, ScalarReduce.dot(1f, row(x, i), 0, 1, row(y, i), 0, 1, n, lanes()));
    }
  }

  static void rowMaxima(FloatMatrix x, FloatMatrix maxima, FloatMatrix places) {
    for (int i = 0; i < x.rows(); i++) {
      maxima.set(0, i, ScalarMaximum.max(row(x, i), 0, x.columns()));
      places.set(0, i, ScalarMaximum.argmax(row(x, i), 0, x.columns()));
    }
  }

  static void columnSums(FloatMatrix x, FloatMatrix sums) {
    double[] total = new double[x.columns()];
    ScalarColumns.sums(
        x.rows(), x.columns(), x.array(), x.offset(), x.rowStride(), x.columnStride(), total);
    for (int j = 0; j < total.length; j++) {
      sums.set(0, j, (float) total[j]);
    }
  }

  static void means(FloatMatrix x, FloatMatrix rows, FloatMatrix columns, FloatMatrix places) {
    for (int i = 0; i < x.rows(); i++) {
      float sum = ScalarReduce.sum(row(x, i), 0, 1, x.columns(), lanes());
      rows.set(0, i, (float) (sum / (double) x.columns()));
    }
    double[] total = new double[x.columns()];
    ScalarColumns.sums(
        x.rows(), x.columns(), x.array(), x.offset(), x.rowStride(), x.columnStride(), total);
    for (int j = 0; j < total.length; j++) {
      columns.set(0, j, (float) (total[j] / x.rows()));
      places.set(0, j, ScalarMaximum.argmax(row(x.transpose(), j), 0, x.rows()));
    }
  }

  static void columnDots(FloatMatrix x, FloatMatrix y, FloatMatrix sums) {
    double[] total = new double[x.columns()];
    ScalarColumns.dots(
        x.rows(),
        x.columns(),
        x.array(),
        x.offset(),
        x.rowStride(),
        x.columnStride(),
        y.array(),
        y.offset(),
        y.rowStride(),
        y.columnStride(),
        total);
    for (int j = 0; j < total.length; j++) {
      sums.set(0, j, (float) total[j]);
    }
  }

  static void columnMaxima(FloatMatrix x, FloatMatrix maxima) {
    float[] max = new float[x.columns()];
    ScalarColumns.maxima(
        x.rows(), x.columns(), x.array(), x.offset(), x.rowStride(), x.columnStride(), max);
    store(max, maxima, 0);
  }

  /** Sum, mean, sum of squares and maximum of all elements. */
  static void all(FloatMatrix x, FloatMatrix results) {
    float[] a = Views.dense(x);
    float sum = ScalarReduce.sum(a, 0, 1, a.length, lanes());
    results.set(0, 0, sum);
    results.set(0, 1, (float) (sum / (double) a.length));
    results.set(0, 2, ScalarReduce.dot(1f, a, 0, 1, a, 0, 1, a.length, lanes()));
    results.set(0, 3, ScalarMaximum.max(a, 0, a.length));
  }
}
