package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Bound;

/** How far softmax in {@code float} may be off, and what is computed with it. */
final class SoftmaxBound {
  /** The error of central differences in double of functions of order 10. */
  static final double DIFFERENCES = 1e-7;

  private SoftmaxBound() {}

  /** The relative error of so many roundings; all of a value where they are beyond 2^23. */
  static double relative(double roundings) {
    double error = U * roundings;
    return error < 0.5 ? error / (1 - error) : 1;
  }

  /** The roundings in the sum of n exponentials, and in what divides them by it. */
  static double roundingsOfSum(int n) {
    return n + Math.log(Math.max(n, 1)) + 10;
  }

  /** The largest element of a row; NaN if one is NaN. */
  static double max(int n, double[] x, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = row * n; j < (row + 1) * n; j++) {
      max = Math.max(max, x[j]);
    }
    return max;
  }

  /**
   * u · (M - x_j + n + log n + 10 + shift · |M|) · a_j + underflow, and 0 where x_j is -infinity.
   *
   * @param shift 0, or 2 where rounding at the size of the logits is admitted
   */
  static double[] forward(int m, int n, double[] x, double[] a, double shift, double underflow) {
    double[] errors = new double[x.length];
    double roundings = roundingsOfSum(n);
    for (int i = 0; i < m; i++) {
      double max = max(n, x, i);
      for (int j = i * n; j < (i + 1) * n; j++) {
        errors[j] =
            x[j] == Double.NEGATIVE_INFINITY
                ? 0
                : relative(max - x[j] + roundings + shift * Math.abs(max)) * a[j] + underflow;
      }
    }
    return errors;
  }

  /** gamma_1 · (M - x_j + n + log n + 10 + 4 · log n + |log a_j|), for the logarithms. */
  static double[] logarithm(int m, int n, double[] x, double[] logA) {
    double[] errors = new double[x.length];
    double roundings = roundingsOfSum(n) + 4 * Math.log(Math.max(n, 1));
    for (int i = 0; i < m; i++) {
      double max = max(n, x, i);
      for (int j = i * n; j < (i + 1) * n; j++) {
        errors[j] = Bound.gamma(1) * (max - x[j] + roundings + Math.abs(logA[j]));
      }
    }
    return errors;
  }
}
