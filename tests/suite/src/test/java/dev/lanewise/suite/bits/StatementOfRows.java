package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.suite.engine.Views;

/**
 * The operations along rows and per element, restated from their documentation, one element after
 * the other and without a thought for speed.
 *
 * <p>exp, log and the activation functions alone are those of the definitions: they have no other
 * documentation of their bits.
 */
final class StatementOfRows {
  private StatementOfRows() {}

  @FunctionalInterface
  private interface Element {
    float at(int i, int j);
  }

  private static void set(FloatMatrix y, Element element) {
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        y.set(i, j, element.at(i, j));
      }
    }
  }

  static void activation(ActivationFunction f, float slope, FloatMatrix x, FloatMatrix y) {
    set(
        y,
        (i, j) -> {
          float[] one = {x.get(i, j)};
          ScalarActivation.forward(f, slope, 1, one, 0, one, 0);
          return f == ActivationFunction.RELU && x.get(i, j) < 0 ? 0 : one[0];
        });
  }

  static void activationBackward(
      ActivationFunction f, float slope, FloatMatrix x, FloatMatrix dy, FloatMatrix dx) {
    set(
        dx,
        (i, j) -> {
          float[] one = {x.get(i, j)};
          ScalarActivation.backward(f, slope, 1, one, 0, new float[] {dy.get(i, j)}, 0, one, 0);
          return one[0];
        });
  }

  /** e^((x - M)/T) of a row, M its largest element, NaN if one is NaN. */
  private static float[] exponentials(float temperature, FloatMatrix x, int i) {
    float max = max(x.columns(), (row, j) -> x.get(i, j));
    float[] e = new float[x.columns()];
    for (int j = 0; j < e.length; j++) {
      e[j] = ScalarMath.exp((x.get(i, j) - max) * (1 / temperature));
    }
    return e;
  }

  private static float max(int n, Element x) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, x.at(0, j));
    }
    return max;
  }

  private static float max(FloatMatrix x, int i) {
    return max(x.columns(), (row, j) -> x.get(i, j));
  }

  private static float sum(float[] x) {
    return Statement.sum(x.length, j -> x[j]);
  }

  static void softmax(float temperature, FloatMatrix x, FloatMatrix y) {
    for (int i = 0; i < x.rows(); i++) {
      float[] e = exponentials(temperature, x, i);
      float reciprocal = 1 / sum(e);
      for (int j = 0; j < e.length; j++) {
        y.set(i, j, e[j] * reciprocal);
      }
    }
  }

  static void softmaxBackward(float temperature, FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    for (int i = 0; i < y.rows(); i++) {
      float s = Statement.dot(1, dy, y, i, i);
      for (int j = 0; j < y.columns(); j++) {
        dx.set(i, j, y.get(i, j) * (dy.get(i, j) - s) * (1 / temperature));
      }
    }
  }

  static void logSoftmax(float temperature, FloatMatrix x, FloatMatrix y) {
    for (int i = 0; i < x.rows(); i++) {
      float max = max(x, i);
      float log = ScalarMath.log(sum(exponentials(temperature, x, i)));
      for (int j = 0; j < x.columns(); j++) {
        y.set(i, j, (x.get(i, j) - max) * (1 / temperature) - log);
      }
    }
  }

  static void logSoftmaxBackward(float temperature, FloatMatrix y, FloatMatrix dy, FloatMatrix dx) {
    for (int i = 0; i < y.rows(); i++) {
      int row = i;
      float s = Statement.sum(y.columns(), j -> dy.get(row, j));
      for (int j = 0; j < y.columns(); j++) {
        float e = ScalarMath.exp(y.get(i, j));
        dx.set(i, j, Math.fma(-e, s, dy.get(i, j)) * (1 / temperature));
      }
    }
  }

  static void logSumExp(float temperature, FloatMatrix x, FloatMatrix sums) {
    for (int i = 0; i < x.rows(); i++) {
      float max = max(x, i);
      float log = ScalarMath.log(sum(exponentials(temperature, x, i)));
      sums.set(0, i, Float.isInfinite(max) ? max : max * (1 / temperature) + log);
    }
  }

  static void logSumExpBackward(
      float temperature, FloatMatrix x, FloatMatrix sums, FloatMatrix slopes, FloatMatrix dx) {
    float scale = 1 / temperature;
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        float e = ScalarMath.exp(Math.fma(x.get(i, j), scale, -sums.get(0, i)));
        dx.set(i, j, e * (slopes.get(0, i) * scale));
      }
    }
  }

  static float loss(FloatMatrix x, Labels labels) {
    float[] losses = new float[x.rows()];
    for (int i = 0; i < losses.length; i++) {
      float logarithm = ScalarMath.log(sum(exponentials(1, x, i)));
      losses[i] = (max(x, i) - x.get(i, labels.get(i))) + logarithm;
    }
    return sum(losses) / x.rows();
  }

  static float loss(FloatMatrix x, Labels labels, FloatMatrix dx) {
    float loss = loss(x, labels);
    float scale = 1f / x.rows();
    for (int i = 0; i < x.rows(); i++) {
      float[] e = exponentials(1, x, i);
      float reciprocal = 1 / sum(e);
      for (int j = 0; j < e.length; j++) {
        dx.set(i, j, Math.fma(e[j], reciprocal, j == labels.get(i) ? -1f : -0f) * scale);
      }
    }
    return loss;
  }

  static float loss(double smoothing, FloatMatrix x, FloatMatrix targets, FloatMatrix dx) {
    float[] losses = new float[x.rows()];
    for (int i = 0; i < losses.length; i++) {
      int n = x.columns();
      int row = i;
      float[] t = new float[n];
      for (int j = 0; j < n; j++) {
        float rest = (float) (smoothing / n);
        float mixed = Math.fma((float) (1 - smoothing), targets.get(i, j), rest);
        t[j] = smoothing > 0 ? mixed : targets.get(i, j);
      }
      float[] e = exponentials(1, x, i);
      float max = max(x, i);
      float[] logits = Views.dense(x.row(row));
      float difference =
          Statement.row(n, (j, s) -> t[j] == 0 ? s : Math.fma(t[j], max - logits[j], s));
      float total = sum(t);
      losses[i] = Math.fma(total, ScalarMath.log(sum(e)), difference);
      float scale = total / sum(e);
      for (int j = 0; j < n; j++) {
        dx.set(i, j, Math.fma(e[j], scale, -t[j]) * (1f / x.rows()));
      }
    }
    return sum(losses) / x.rows();
  }

  static float binaryLoss(FloatMatrix x, FloatMatrix targets, FloatMatrix dx) {
    int n = x.columns();
    double count = (double) x.rows() * n;
    float[] sums = new float[x.rows()];
    for (int i = 0; i < sums.length; i++) {
      float[] losses = new float[n];
      for (int j = 0; j < n; j++) {
        float[] one = {x.get(i, j)};
        float[] target = {targets.get(i, j)};
        ScalarSoftmax.binaryLosses(1, one, 0, target, 0, losses, j);
        ScalarActivation.forward(ActivationFunction.SIGMOID, 0f, 1, one, 0, one, 0);
        dx.set(i, j, (one[0] - target[0]) * (float) (1 / count));
      }
      sums[i] = sum(losses);
    }
    return (float) (sum(sums) / count);
  }

  static void rowSums(FloatMatrix x, FloatMatrix sums) {
    for (int i = 0; i < x.rows(); i++) {
      int row = i;
      sums.set(0, i, Statement.sum(x.columns(), j -> x.get(row, j)));
    }
  }

  static void rowMeans(FloatMatrix x, FloatMatrix means) {
    for (int i = 0; i < x.rows(); i++) {
      int row = i;
      double sum = Statement.sum(x.columns(), j -> x.get(row, j));
      means.set(0, i, (float) (sum / x.columns()));
    }
  }

  static void rowDots(FloatMatrix x, FloatMatrix y, FloatMatrix sums) {
    for (int i = 0; i < x.rows(); i++) {
      sums.set(0, i, Statement.dot(1, x, y, i, i));
    }
  }

  static void rowMaxima(FloatMatrix x, FloatMatrix maxima, FloatMatrix places) {
    for (int i = 0; i < x.rows(); i++) {
      int place = x.columns() == 0 ? -1 : 0;
      for (int j = 1; j < x.columns(); j++) {
        place = Float.compare(x.get(i, j), x.get(i, place)) > 0 ? j : place;
      }
      maxima.set(0, i, place < 0 ? Float.NEGATIVE_INFINITY : x.get(i, place));
      places.set(0, i, place);
    }
  }

  static void columnMaxima(FloatMatrix x, FloatMatrix maxima) {
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      maxima.set(0, j, max(x.rows(), (row, i) -> x.get(i, column)));
    }
  }

  static void all(FloatMatrix x, FloatMatrix results) {
    float[] a = Views.dense(x);
    results.set(0, 0, sum(a));
    results.set(0, 1, (float) (sum(a) / (double) a.length));
    results.set(0, 2, Statement.row(a.length, (i, s) -> Math.fma(a[i], a[i], s)));
    results.set(0, 3, max(a.length, (row, i) -> a[i]));
  }
}
