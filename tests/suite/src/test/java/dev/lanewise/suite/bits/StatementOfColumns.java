package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;

/** The operations down columns, restated from their documentation. */
final class StatementOfColumns {
  private static final int CHUNK = 64;
  private static final int GROUP = 8;

  private StatementOfColumns() {}

  @FunctionalInterface
  private interface Element {
    float at(int i);
  }

  static void columnSums(FloatMatrix x, FloatMatrix sums) {
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      sums.set(0, j, (float) sum(x.rows(), i -> x.get(i, column)));
    }
  }

  /** The sum in double, divided before it is rounded. */
  static void columnMeans(FloatMatrix x, FloatMatrix means) {
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      means.set(0, j, (float) (sum(x.rows(), i -> x.get(i, column)) / x.rows()));
    }
  }

  /** The first of the largest, in the order that puts -0 below +0 and NaN above all; -1 of none. */
  static void columnArgmax(FloatMatrix x, FloatMatrix places) {
    for (int j = 0; j < x.columns(); j++) {
      int place = x.rows() == 0 ? -1 : 0;
      for (int i = 1; i < x.rows(); i++) {
        place = Float.compare(x.get(i, j), x.get(place, j)) > 0 ? i : place;
      }
      places.set(0, j, place);
    }
  }

  static void columnDots(FloatMatrix x, FloatMatrix y, FloatMatrix sums) {
    int m = x.rows();
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      double total = 0;
      for (int from = 0; from < m; from += CHUNK) {
        int to = Math.min(m, from + CHUNK);
        total += chunkOfProducts(from, to, i -> x.get(i, column), i -> y.get(i, column));
      }
      sums.set(0, j, (float) total);
    }
  }

  /** Chunks of 64 rows added in double. */
  private static double sum(int m, Element x) {
    double total = 0;
    for (int from = 0; from < m; from += CHUNK) {
      total += chunk(from, Math.min(m, from + CHUNK), x);
    }
    return total;
  }

  /** Groups of 8 as balanced trees, the roots and the rows left over one after the other. */
  private static float chunk(int from, int to, Element x) {
    float sum = 0;
    int i = from;
    for (; i + GROUP <= to; i += GROUP) {
      sum += tree(i, i + GROUP, x);
    }
    for (; i < to; i++) {
      sum += x.at(i);
    }
    return sum;
  }

  private static float tree(int from, int to, Element x) {
    int middle = (from + to) / 2;
    return to - from == 1 ? x.at(from) : tree(from, middle, x) + tree(middle, to, x);
  }

  /** As a sum, but two products meet in one fma, and a row left over is fused into the sum. */
  private static float chunkOfProducts(int from, int to, Element x, Element y) {
    float sum = 0;
    int i = from;
    for (; i + GROUP <= to; i += GROUP) {
      int first = i;
      sum += tree(0, GROUP / 2, pair -> pair(first + 2 * pair, x, y));
    }
    for (; i < to; i++) {
      sum = Math.fma(x.at(i), y.at(i), sum);
    }
    return sum;
  }

  private static float pair(int i, Element x, Element y) {
    return Math.fma(x.at(i + 1), y.at(i + 1), x.at(i) * y.at(i));
  }

  /** Chunks about their first row, merged from first to last in double. */
  static Definition.Moments moments(FloatMatrix x) {
    int n = x.columns();
    Definition.Moments moments = new Definition.Moments(new double[n], new double[n]);
    for (int j = 0; j < n; j++) {
      int column = j;
      double mean = 0;
      double squares = 0;
      for (int from = 0; from < x.rows(); from += CHUNK) {
        int to = Math.min(x.rows(), from + CHUNK);
        float pivot = x.get(from, j);
        Element d = i -> x.get(i, column) - pivot;
        double s1 = chunk(from, to, d);
        double s2 = chunkOfProducts(from, to, d, d);
        double shift = s1 * (1.0 / (to - from));
        double deviations = s2 - s1 * shift;
        double weight = (double) (to - from) / to;
        double delta = (pivot + shift) - mean;
        mean += delta * weight;
        squares += (deviations < 0 ? 0 : deviations) + (delta * delta) * (from * weight);
      }
      moments.mean()[j] = mean;
      moments.variance()[j] = squares / x.rows();
    }
    return moments;
  }

  /** (x - high) - low, the mean being high + low in two floats. */
  private static float centred(float x, double mean) {
    float high = (float) mean;
    float low = (float) (mean - high);
    return (x - high) - low;
  }

  static void normalise(
      FloatMatrix x,
      FloatMatrix gamma,
      FloatMatrix beta,
      double eps,
      Definition.Moments s,
      FloatMatrix y) {
    for (int j = 0; j < x.columns(); j++) {
      float scale = (float) (gamma.get(0, j) / Math.sqrt(s.variance()[j] + eps));
      for (int i = 0; i < x.rows(); i++) {
        float t = centred(x.get(i, j), s.mean()[j]);
        y.set(i, j, Math.fma(t, scale, beta.get(0, j)));
      }
    }
  }

  static void batchNormBackward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      double eps,
      Definition.Moments s,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    int m = x.rows();
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      Element t = i -> centred(x.get(i, column), s.mean()[column]);
      Element d = i -> dy.get(i, column);
      double sumD = sum(m, d);
      double sumDt = 0;
      for (int from = 0; from < m; from += CHUNK) {
        sumDt += chunkOfProducts(from, Math.min(m, from + CHUNK), d, t);
      }
      double inverse = 1 / Math.sqrt(s.variance()[j] + eps);
      dgamma.set(0, j, (float) (sumDt * inverse));
      dbeta.set(0, j, (float) sumD);
      float scale = (float) (gamma.get(0, j) * inverse);
      float slope = (float) (sumDt * inverse * inverse / m);
      for (int i = 0; i < m; i++) {
        float bracket = Math.fma(-t.at(i), slope, d.at(i) - (float) (sumD / m));
        dx.set(i, j, scale * bracket);
      }
    }
  }
}
