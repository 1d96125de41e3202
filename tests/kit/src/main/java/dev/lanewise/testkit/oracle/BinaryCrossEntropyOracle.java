package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Extents;

/**
 * L = log(1 + e^z) - t · z for each of m × n logits z, with t the probability of the class; J =
 * 1/(m·n) Σ L.
 *
 * <p>L is computed as (1 - t) · z + log(1 + e^-z) for positive z and as -t · z + log(1 + e^z) for
 * the others: for t from 0 to 1 nothing cancels and nothing overflows. NaN gives NaN.
 */
public final class BinaryCrossEntropyOracle {
  private static final String NAME = "BinaryCrossEntropyOracle";

  private BinaryCrossEntropyOracle() {}

  /**
   * The loss of each element.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param z the logits, m × n
   * @param t the targets, m × n
   * @return the losses, m × n, with full relative accuracy
   */
  public static double[] losses(int m, int n, double[] z, double[] t) {
    requireOperands(m, n, z, t);
    double[] losses = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double linear = z[i] > 0 ? (1 - t[i]) * z[i] : -t[i] * z[i];
      losses[i] = linear + StrictMath.log1p(StrictMath.exp(-Math.abs(z[i])));
    }
    return losses;
  }

  /**
   * Σ L.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param z the logits, m × n
   * @param t the targets, m × n
   * @return the sum of the losses; 0 if there are none
   */
  public static double sum(int m, int n, double[] z, double[] t) {
    double[] losses = losses(m, n, z, t);
    return RowSumsOracle.sums(1, losses.length, losses)[0];
  }

  /**
   * J = 1/(m·n) Σ L.
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param z the logits, m × n
   * @param t the targets, m × n
   * @return the mean loss; NaN if there are none
   */
  public static double mean(int m, int n, double[] z, double[] t) {
    return sum(m, n, z, t) / z.length;
  }

  /**
   * dJ/dz = (1/(1 + e^-z) - t) / (m·n).
   *
   * @param m the number of rows
   * @param n the number of columns
   * @param z the logits, m × n
   * @param t the targets, m × n
   * @return the gradient of the mean, m × n
   */
  public static double[] gradient(int m, int n, double[] z, double[] t) {
    requireOperands(m, n, z, t);
    double[] gradient = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double exponential = StrictMath.exp(-Math.abs(z[i]));
      double sigmoid = (z[i] > 0 ? 1 : exponential) / (1 + exponential);
      gradient[i] = Double.isNaN(z[i]) ? Double.NaN : (sigmoid - t[i]) / z.length;
    }
    return gradient;
  }

  private static void requireOperands(int m, int n, double[] z, double[] t) {
    Extents.require(NAME, "z", z, m, n);
    Extents.require(NAME, "t", t, m, n);
  }
}
