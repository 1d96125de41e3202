package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.oracle.SoftmaxOracle;

/**
 * The error figures that the documentation of the kernels states, as formulas; u = 2^-24, and each
 * holds to first order in u.
 */
public final class Figures {
  /** Half of it absorbs a rounding to a subnormal, as many as a result sees. */
  public static final double SUBNORMAL = 0x1p-148;

  /**
   * What central differences add: with functions of order 10 and a step of 10^-6 their rounding is
   * about 10^-9.
   */
  public static final double DIFFERENCES = 1e-8;

  private static final int BLOCK = 4096;

  private Figures() {}

  /**
   * n/64 up to a block of 4096 elements, 2 for each doubling beyond: with a constant, the roundings
   * along a row of n.
   */
  public static double alongRow(int n) {
    return n <= BLOCK ? n / 64.0 : BLOCK / 64 + 2 * Math.log((double) n / BLOCK) / Math.log(2);
  }

  /** Softmax.forward: u·(M - x + 18 + n/64)·y + 2^-148. */
  public static double[] softmax(int m, int n, double[] x) {
    return softmax(m, n, x, 1f);
  }

  /** The same, or with 3·(M - x)/T for M - x and 2·log n more. */
  public static double[] softmax(int m, int n, double[] x, float temperature) {
    double[] z = RowFigures.divided(x, temperature);
    double[] errors = SoftmaxOracle.forward(m, n, z);
    int roundings = RowFigures.roundings(temperature);
    double more = temperature == 1 ? 0 : 2 * Math.log(n);
    for (int i = 0; i < m; i++) {
      double max = RowFigures.max(n, z, i);
      for (int j = 0; j < n; j++) {
        double distance = errors[i * n + j] == 0 ? 0 : max - z[i * n + j];
        errors[i * n + j] *= U * (roundings * distance + 18 + alongRow(n) + more);
        errors[i * n + j] += SUBNORMAL;
      }
    }
    return errors;
  }

  /** Softmax.backward: y·u·(2·|dy| + (9 + n/64)·Σ|dy|·y) + 2^-148, divided by T, and 2·u·|dx|. */
  public static double[] softmaxBackward(int m, int n, double[] y, double[] dy, float temperature) {
    double[] dx = RowFigures.divided(SoftmaxOracle.backward(m, n, y, dy), temperature);
    double[] errors = new double[y.length];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = i * n; j < (i + 1) * n; j++) {
        sum += Math.abs(dy[j]) * y[j];
      }
      for (int j = i * n; j < (i + 1) * n; j++) {
        double error = y[j] * U * (2 * Math.abs(dy[j]) + (9 + alongRow(n)) * sum) + SUBNORMAL;
        double quotient = temperature == 1 ? 0 : 2 * U * Math.abs(dx[j]) + SUBNORMAL;
        errors[j] = error / temperature + quotient;
      }
    }
    return errors;
  }

  /** CrossEntropy.loss: u·(14 + n/64 + (10 + m/64)·J). */
  public static double loss(int m, int n, double loss) {
    return U * (14 + alongRow(n) + (10 + alongRow(m)) * loss);
  }

  /** CrossEntropy.lossAndGradient: (that of softmax + 3·u) / m. */
  public static double[] lossGradient(int m, int n, double[] x) {
    double[] errors = softmax(m, n, x);
    for (int i = 0; i < errors.length; i++) {
      errors[i] = (errors[i] + 3 * U) / m;
    }
    return errors;
  }

  /** Reduce.columnSums: 20·u·Σ|x| + u·|s|. */
  public static double columnSum(double magnitude, double sum) {
    return U * (20 * magnitude + Math.abs(sum));
  }
}
