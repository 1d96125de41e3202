package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Extents;

/**
 * L = -Σ_j y_j · log a_j with a = softmax(z), for each row z of m rows and n classes; J = (1/m) Σ
 * L. The target y of a row is a distribution over the classes, or 1 for a label and 0 elsewhere:
 * then L = log Σ_j exp(z_j) - z_label.
 *
 * <p>A label's logit of -infinity gives an infinite loss. A row that holds a NaN or a +infinity, or
 * nothing but -infinity, gives NaN, as softmax does. A label outside [0, n) is an {@link
 * IllegalArgumentException}.
 */
public final class CrossEntropyOracle {
  private static final String NAME = "CrossEntropyOracle";

  private CrossEntropyOracle() {}

  /**
   * The loss of each row.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param labels the class of each row
   * @return the m losses, with full relative accuracy even where they are tiny
   */
  public static double[] losses(int m, int n, double[] z, int[] labels) {
    requireOperands(m, n, z, labels);
    double[] logA = SoftmaxOracle.logForward(m, n, z);
    double[] losses = new double[m];
    for (int i = 0; i < m; i++) {
      losses[i] = 0 - logA[i * n + labels[i]]; // a loss of 0 is not -0
    }
    return losses;
  }

  /**
   * J = (1/m) Σ L.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param labels the class of each row
   * @return the mean loss; NaN if m = 0
   */
  public static double mean(int m, int n, double[] z, int[] labels) {
    return mean(losses(m, n, z, labels));
  }

  /**
   * dJ/dz = (a - y) / m with a = softmax(z) and y = 1 for the label, 0 elsewhere.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param labels the class of each row
   * @return the gradient, m × n, with full relative accuracy
   */
  public static double[] gradient(int m, int n, double[] z, int[] labels) {
    requireOperands(m, n, z, labels);
    double[] gradient = SoftmaxOracle.forward(m, n, z);
    for (int i = 0; i < m; i++) {
      // A row of a sums to 1, so a_label - 1 is minus the others' sum, which does not cancel.
      CompensatedSum others = new CompensatedSum();
      for (int j = 0; j < n; j++) {
        if (j != labels[i]) {
          others.add(gradient[i * n + j]);
        }
      }
      gradient[i * n + labels[i]] = -others.value();
      for (int j = 0; j < n; j++) {
        gradient[i * n + j] /= m;
      }
    }
    return gradient;
  }

  /**
   * The loss of each row, with 0 · log 0 = 0.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param y the targets, m × n: numbers of at least 0, the sum of each row 1
   * @return the m losses
   */
  public static double[] losses(int m, int n, double[] z, double[] y) {
    Extents.require(NAME, "z", z, m, n);
    Extents.require(NAME, "y", y, m, n);
    double[] logA = SoftmaxOracle.logForward(m, n, z);
    double[] terms = new double[z.length];
    for (int i = 0; i < terms.length; i++) {
      boolean impossible = logA[i] == Double.NEGATIVE_INFINITY;
      terms[i] = impossible && y[i] == 0 ? 0 : -y[i] * logA[i];
    }
    return RowSumsOracle.sums(m, n, terms);
  }

  /**
   * J = (1/m) Σ L.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param y the targets, m × n: numbers of at least 0, the sum of each row 1
   * @return the mean loss; NaN if m = 0
   */
  public static double mean(int m, int n, double[] z, double[] y) {
    return mean(losses(m, n, z, y));
  }

  private static double mean(double[] losses) {
    return RowSumsOracle.sums(1, losses.length, losses)[0] / losses.length;
  }

  /**
   * dJ/dz = (a - y) / m.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @param y the targets, m × n: numbers of at least 0, the sum of each row 1
   * @return the gradient, m × n, with the absolute accuracy of a and y
   */
  public static double[] gradient(int m, int n, double[] z, double[] y) {
    Extents.require(NAME, "z", z, m, n);
    Extents.require(NAME, "y", y, m, n);
    double[] gradient = SoftmaxOracle.forward(m, n, z);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (gradient[i] - y[i]) / m;
    }
    return gradient;
  }

  private static void requireOperands(int m, int n, double[] z, int[] labels) {
    Extents.require(NAME, "z", z, m, n);
    Extents.require(NAME, "labels", labels, m);
    for (int i = 0; i < m; i++) {
      if (labels[i] < 0 || labels[i] >= n) {
        throw new IllegalArgumentException(
            NAME + ": label " + labels[i] + " of row " + i + " is not one of " + n + " classes");
      }
    }
  }
}
