package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;

/**
 * a_j = exp(z_j - max z) / Σ_l exp(z_l - max z) for each row z of m rows and n classes.
 *
 * <p>A logit of -infinity gives 0. A row that holds a NaN or a +infinity, or nothing but -infinity,
 * is NaN as a whole.
 */
public final class SoftmaxOracle {
  private static final String NAME = "SoftmaxOracle";

  private SoftmaxOracle() {}

  /**
   * Softmax of each row.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @return a, m × n
   */
  public static double[] forward(int m, int n, double[] z) {
    Extents.require(NAME, "z", z, m, n);
    double[] a = new double[z.length];
    for (int i = 0; i < m; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, z[i * n + j]);
      }
      for (int j = 0; j < n; j++) {
        a[i * n + j] = StrictMath.exp(z[i * n + j] - max);
      }
    }
    double[] sums = RowSumsOracle.sums(m, n, a);
    for (int i = 0; i < a.length; i++) {
      a[i] /= sums[i / n];
    }
    return a;
  }

  /**
   * dz_j = a_j · (da_j - Σ_l da_l · a_l) for each row: the Jacobian times da.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param a the result of the forward pass, m × n
   * @param da the gradient with respect to a, m × n
   * @return the gradient with respect to the logits, m × n
   */
  public static double[] backward(int m, int n, double[] a, double[] da) {
    Extents.require(NAME, "a", a, m, n);
    Extents.require(NAME, "da", da, m, n);
    double[] dots = RowSumsOracle.dots(m, n, da, a);
    double[] dz = new double[a.length];
    for (int i = 0; i < dz.length; i++) {
      dz[i] = a[i] * (da[i] - dots[i / n]);
    }
    return dz;
  }

  /**
   * log a_j = (z_j - max z) - log Σ_l exp(z_l - max z) of each row, never through a itself.
   *
   * <p>The largest logit's own term is 1, so that the sum's logarithm is log(1 + rest): where one
   * logit stands far out, its log a = -rest keeps all its digits. A logit of -infinity gives
   * -infinity. Rows that are NaN under {@link #forward} are NaN here.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param z the logits, m × n
   * @return log a, m × n
   */
  public static double[] logForward(int m, int n, double[] z) {
    Extents.require(NAME, "z", z, m, n);
    double[] logA = new double[z.length];
    for (int i = 0; i < m && n > 0; i++) {
      int top = 0;
      for (int j = 0; j < n; j++) {
        if (z[i * n + j] > z[i * n + top]) {
          top = j;
        }
      }
      double max = z[i * n + top];
      double logSum = Double.isInfinite(max) ? Double.NaN : StrictMath.log1p(rest(n, z, i, top));
      for (int j = 0; j < n; j++) {
        logA[i * n + j] = (z[i * n + j] - max) - logSum;
      }
    }
    return logA;
  }

  /**
   * log Σ_j exp(z_j) = max z + log Σ_j exp(z_j - max z) of each row.
   *
   * <p>A NaN gives NaN, otherwise a +infinity gives +infinity; a row of nothing but -infinity, as
   * one without elements, gives -infinity.
   *
   * @param m the number of rows
   * @param n the number of elements of a row
   * @param z the exponents, m × n
   * @return the m logarithms
   */
  public static double[] logSumExp(int m, int n, double[] z) {
    Extents.require(NAME, "z", z, m, n);
    double[] logarithms = new double[m];
    for (int i = 0; i < m; i++) {
      double max = Double.NEGATIVE_INFINITY;
      int top = -1;
      for (int j = 0; j < n; j++) {
        double next = Math.max(max, z[i * n + j]);
        top = next > max ? j : top;
        max = next;
      }
      logarithms[i] = Double.isFinite(max) ? max + StrictMath.log1p(rest(n, z, i, top)) : max;
    }
    return logarithms;
  }

  /** Σ_j exp(z_j - z_top) over the elements of a row but its largest, whose own term is 1. */
  private static double rest(int n, double[] z, int row, int top) {
    CompensatedSum rest = new CompensatedSum();
    for (int j = 0; j < n; j++) {
      if (j != top) {
        rest.add(StrictMath.exp(z[row * n + j] - z[row * n + top]));
      }
    }
    return rest.value();
  }

  /**
   * dz_j = dl_j - a_j · Σ_l dl_l for each row: the gradient through log a.
   *
   * @param m the number of rows
   * @param n the number of classes
   * @param a the result of {@link #forward}, m × n: the probabilities, not their logarithms
   * @param dl the gradient with respect to log a, m × n
   * @return the gradient with respect to the logits, m × n
   */
  public static double[] logBackward(int m, int n, double[] a, double[] dl) {
    Extents.require(NAME, "a", a, m, n);
    Extents.require(NAME, "dl", dl, m, n);
    double[] sums = RowSumsOracle.sums(m, n, dl);
    double[] dz = new double[a.length];
    for (int i = 0; i < dz.length; i++) {
      dz[i] = dl[i] - a[i] * sums[i / n];
    }
    return dz;
  }

  /**
   * ∂a_j/∂z_k = a_j · (1 - a_j) where j = k, and -a_j · a_k where j ≠ k, of one row.
   *
   * @param a one row of the result of the forward pass
   * @return the Jacobian, n × n, with j as its row
   */
  public static double[] jacobian(double[] a) {
    int n = Checks.notNull(NAME, "a", a).length;
    double[] jacobian = new double[Extents.size(NAME, n, n)];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        jacobian[j * n + k] = j == k ? a[j] * (1 - a[j]) : -a[j] * a[k];
      }
    }
    return jacobian;
  }
}
