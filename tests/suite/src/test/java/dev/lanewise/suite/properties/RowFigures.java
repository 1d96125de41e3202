package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.SUBNORMAL;
import static dev.lanewise.suite.properties.Figures.alongRow;
import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.oracle.RowSumsOracle;
import dev.lanewise.testkit.oracle.SoftmaxOracle;

/**
 * The error figures of the operations along rows, as formulas beside {@link Figures}.
 *
 * <p>An exponential of (x - M)/T is off by one unit of (M - x)/T for each rounding of its argument:
 * the difference alone for T = 1, and reciprocal and product otherwise. In a sum of n exponentials
 * these errors count in proportion to the terms p, and Σ p·(M - x)/T plus the sum's logarithm is
 * the entropy of p, at most log n.
 */
public final class RowFigures {
  private RowFigures() {}

  /** How many roundings the argument of an exponential sees. */
  static int roundings(float temperature) {
    return temperature == 1 ? 1 : 3;
  }

  /** That of the logarithm of a sum of exponentials: 16 + n/64 + 2·log n, or 3·log n. */
  private static double logarithm(int n, float temperature) {
    return 16 + alongRow(n) + Math.max(2, roundings(temperature)) * Math.log(n);
  }

  /** x/T. */
  public static double[] divided(double[] x, float temperature) {
    double[] quotients = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      quotients[i] = x[i] / temperature;
    }
    return quotients;
  }

  static double max(int n, double[] x, int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = Math.max(max, x[row * n + j]);
    }
    return max;
  }

  /** LogSoftmax.forward: u·((M - x) + 16 + n/64 + 2·log n + |y|), or with 3·(M - x)/T and log n. */
  public static double[] logSoftmax(int m, int n, double[] x, float temperature) {
    double[] z = divided(x, temperature);
    double[] errors = SoftmaxOracle.logForward(m, n, z);
    for (int i = 0; i < m; i++) {
      double max = max(n, z, i);
      for (int j = i * n; j < (i + 1) * n; j++) {
        double distance = roundings(temperature) * (max - z[j]);
        errors[j] = U * (distance + logarithm(n, temperature) + Math.abs(errors[j]));
      }
    }
    return errors;
  }

  /**
   * LogSoftmax.backward: u·(2·|dy| + (9 + n/64)·e^y·Σ|dy|) and 2^-148·(1 + Σ|dy|) for what is
   * subnormal, divided by T, and 2·u·|dx| for that.
   */
  public static double[] logSoftmaxBackward(
      int m, int n, double[] a, double[] dy, double[] dx, float temperature) {
    double[] errors = new double[a.length];
    double[] sums = RowSumsOracle.magnitude(m, n, dy);
    for (int i = 0; i < errors.length; i++) {
      double sum = sums[i / n];
      double error = U * (2 * Math.abs(dy[i]) + (9 + alongRow(n)) * a[i] * sum);
      double quotient = temperature == 1 ? 0 : 2 * U * Math.abs(dx[i]);
      errors[i] = (error + SUBNORMAL * (1 + sum)) / temperature + quotient + SUBNORMAL;
    }
    return errors;
  }

  /** LogSumExp.forward: u·(16 + n/64 + 2·log n + |M| + |s|), or with 2·|M|/T and 3·log n. */
  public static double[] logSumExp(int m, int n, double[] x, float temperature) {
    double[] z = divided(x, temperature);
    double[] errors = SoftmaxOracle.logSumExp(m, n, z);
    for (int i = 0; i < m; i++) {
      double max = (temperature == 1 ? 1 : 2) * Math.abs(max(n, z, i));
      errors[i] = U * (logarithm(n, temperature) + max + Math.abs(errors[i]));
    }
    return errors;
  }

  /**
   * LogSumExp.backward: u·(4 + |x - s| + |s|)·|dx| + 2^-148·(1 + |ds|), or of x/T with |x/T| more
   * for the reciprocal in the exponent and 2 for the quotient.
   */
  public static double[] logSumExpBackward(
      int m, int n, double[] x, double[] sums, double[] slopes, double[] dx, float temperature) {
    double[] errors = new double[m * n];
    for (int i = 0; i < errors.length; i++) {
      double z = x[i] / temperature;
      double s = sums[i / n];
      double quotient = temperature == 1 ? 0 : 2 + Math.abs(z);
      double factor = 4 + Math.abs(z - s) + Math.abs(s) + quotient;
      double least = SUBNORMAL * (1 + Math.abs(slopes[i / n]));
      errors[i] = U * factor * Math.abs(dx[i]) + least * Math.max(1, 1 / temperature);
    }
    return errors;
  }

  /** Reduction.SUM along a row: (7 + n/64)·u·Σ|x|; 70 beyond 4096, and 1 for each doubling. */
  public static double sum(int n, double magnitude) {
    double doublings = Math.max(0, Math.log(n / 4096.0) / Math.log(2));
    return U * (n <= 4096 ? 7 + n / 64.0 : 70 + Math.ceil(doublings)) * magnitude;
  }

  /** BinaryCrossEntropy: 3·u·L + 2·u·|x·(1 - t)| for x > 0, and 3·u·L + u·|x·t| below. */
  public static double binaryLoss(double x, double t, double loss) {
    return U * (3 * loss + (x > 0 ? 2 * Math.abs(x * (1 - t)) : Math.abs(x * t))) + SUBNORMAL;
  }

  /** Of the sum of the losses of m×n elements, row sums added up. */
  public static double binarySum(int m, int n, double[] x, double[] t, double[] losses) {
    double error = 0;
    double total = 0;
    for (int i = 0; i < losses.length; i++) {
      error += binaryLoss(x[i], t[i], losses[i]);
      total += losses[i];
    }
    return error + sum(n, total) + sum(m, total);
  }
}
