package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;

/** The operations down columns, restated from their documentation. */
final class StatementOfColumns {
  private static final int CHUNK = 64;
  private static final int GROUP = 4;

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

  /** Groups of 4 as balanced trees, the roots and the rows left over one after the other. */
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

  /** gamma / sqrt(variance + eps), rounded once. */
  private static float scale(FloatMatrix gamma, double eps, Definition.Moments s, int j) {
    return (float) (gamma.get(0, j) / Math.sqrt(s.variance()[j] + eps));
  }

  /** fma(x - high, scale, shift) with what rounding leaves of the mean in the shift. */
  private static float normalised(
      float x, FloatMatrix gamma, FloatMatrix beta, double eps, Definition.Moments s, int j) {
    float high = (float) s.mean()[j];
    float scale = scale(gamma, eps, s, j);
    float shift = (float) (beta.get(0, j) - (s.mean()[j] - high) * scale);
    return Math.fma(x - high, scale, shift);
  }

  static void normalise(
      boolean relu,
      FloatMatrix x,
      FloatMatrix gamma,
      FloatMatrix beta,
      double eps,
      Definition.Moments s,
      FloatMatrix y) {
    for (int j = 0; j < x.columns(); j++) {
      for (int i = 0; i < x.rows(); i++) {
        float z = normalised(x.get(i, j), gamma, beta, eps, s, j);
        y.set(i, j, relu && z < 0 ? 0 : z);
      }
    }
  }

  static void batchNormBackward(
      boolean relu,
      boolean constant,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      FloatMatrix beta,
      double eps,
      Definition.Moments s,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta) {
    int m = x.rows();
    for (int j = 0; j < x.columns(); j++) {
      int column = j;
      float high = (float) s.mean()[j];
      double low = s.mean()[j] - high;
      Element t = i -> x.get(i, column) - high;
      Element d =
          i ->
              relu && normalised(x.get(i, column), gamma, beta, eps, s, column) <= 0
                  ? 0
                  : dy.get(i, column);
      double sumD = sum(m, d);
      double sumDt = 0;
      for (int from = 0; from < m; from += CHUNK) {
        sumDt += chunkOfProducts(from, Math.min(m, from + CHUNK), d, t);
      }
      double perSample = 1.0 / m;
      double inverse = 1 / Math.sqrt(s.variance()[j] + eps);
      double product = (sumDt - low * sumD) * inverse;
      double slope = -(gamma.get(0, j) * inverse * inverse * product * perSample);
      double offset = -(gamma.get(0, j) * inverse * sumD * perSample + slope * low);
      dgamma.set(0, j, (float) product);
      dbeta.set(0, j, (float) sumD);
      float scale = scale(gamma, eps, s, j);
      for (int i = 0; i < m; i++) {
        float through = constant ? 0 : Math.fma(t.at(i), (float) slope, (float) offset);
        dx.set(i, j, constant ? d.at(i) * scale : Math.fma(d.at(i), scale, through));
      }
    }
  }
}
