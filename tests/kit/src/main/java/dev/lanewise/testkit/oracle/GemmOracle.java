package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import dev.lanewise.testkit.internal.Matrices;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * C = alpha · A · B + beta · C with A (m, k), B (k, n) and C (m, n).
 *
 * <p>beta = 0 never reads C, which may then be null; alpha = 0 and k = 0 read neither A nor B, as
 * in the BLAS. So a NaN or an infinity there has no effect. Double does not overflow where {@code
 * float} does.
 */
public final class GemmOracle {
  private static final String NAME = "GemmOracle";

  private GemmOracle() {}

  /**
   * alpha · A · B + beta · C, within (k + 2) · 2^-53 times its {@link #magnitude} and what
   * subnormal doubles lose: 2^-29 of {@link #errorBound}.
   *
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and the rows of B
   * @param alpha the factor of the product
   * @param a A, m × k
   * @param b B, k × n
   * @param beta the factor of C
   * @param c C, m × n, not changed; not read if beta = 0
   * @return the new C, m × n
   */
  public static double[] gemm(
      int m, int n, int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    requireOperands(NAME, m, n, k, a, b, beta, c);
    double[] result = new double[Extents.size(NAME, m, n)];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = beta == 0 ? 0 : beta * c[i * n + j];
        for (int l = 0; l < k && alpha != 0; l++) {
          sum += alpha * a[i * k + l] * b[l * n + j];
        }
        result[i * n + j] = sum;
      }
    }
    return result;
  }

  /**
   * Element (i, j) of alpha · A · B + beta · C without any rounding.
   *
   * @param i the row, from 0
   * @param j the column, from 0
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and the rows of B
   * @param alpha the factor of the product
   * @param a A, m × k
   * @param b B, k × n
   * @param beta the factor of C
   * @param c C, m × n; not read if beta = 0
   * @return the element
   * @throws IllegalArgumentException if a value that is read is NaN or infinite
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public static BigDecimal exact(
      int i,
      int j,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      double[] b,
      double beta,
      double[] c) {
    requireOperands(NAME, m, n, k, a, b, beta, c);
    Checks.index(NAME, "row", i, m);
    Checks.index(NAME, "column", j, n);
    BigDecimal product = BigDecimal.ZERO;
    for (int l = 0; l < k && alpha != 0; l++) {
      product = product.add(Exact.product(a[i * k + l], b[l * n + j]));
    }
    BigDecimal scaled = alpha == 0 ? BigDecimal.ZERO : Exact.decimal(alpha).multiply(product);
    return beta == 0 ? scaled : scaled.add(Exact.product(beta, c[i * n + j]));
  }

  /**
   * |alpha| · |A| · |B| + |beta| · |C|, to which the error of a product is in proportion.
   *
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and the rows of B
   * @param alpha the factor of the product
   * @param a A, m × k
   * @param b B, k × n
   * @param beta the factor of C
   * @param c C, m × n; not read if beta = 0
   * @return the magnitude, m × n
   */
  public static double[] magnitude(
      int m, int n, int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    requireOperands(NAME, m, n, k, a, b, beta, c);
    return gemm(
        m,
        n,
        k,
        Math.abs(alpha),
        Matrices.absolute(a),
        Matrices.absolute(b),
        Math.abs(beta),
        beta == 0 ? null : Matrices.absolute(c));
  }

  /**
   * gamma_(k+2) · (|alpha| · |A| · |B| + |beta| · |C|) + underflow: what any {@code float}
   * implementation keeps to that sums k products in whatever order, fused or not, with alpha
   * applied to an operand or to the sum.
   *
   * <p>On its way a term meets at most k + 2 roundings: the product, k - 1 additions, the product
   * with alpha and the addition of beta · C. An operation whose result is subnormal is off by up to
   * 2^-150 instead; the underflow term, 2^-149 · (max(1, |alpha|) · k + Σ_l |a_il| + Σ_l |b_lj| +
   * 2), collects those: a product alpha · a_il is multiplied by b_lj, and alpha · b_lj by a_il. The
   * bound does not hold where the {@code float} computation overflows.
   *
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and the rows of B
   * @param alpha the factor of the product
   * @param a A, m × k
   * @param b B, k × n
   * @param beta the factor of C
   * @param c C, m × n; not read if beta = 0
   * @return the largest absolute error of each element, m × n
   */
  public static double[] errorBound(
      int m, int n, int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    double[] bound = magnitude(m, n, k, alpha, a, b, beta, c);
    double[] columnSums = ColumnSumsOracle.magnitude(k, n, b);
    double[] rowSums = new double[m];
    Arrays.setAll(rowSums, i -> rowSum(k, a, i));
    double gamma = Bound.gamma(k + 2);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sums = alpha == 0 ? 0 : rowSums[i] + columnSums[j];
        bound[i * n + j] = gamma * bound[i * n + j] + underflow(k, alpha, sums);
      }
    }
    return bound;
  }

  /**
   * The part of an element's error that subnormal results add, twice 2^-150 for each.
   *
   * @param sumOfOperands Σ_l |a_il| + Σ_l |b_lj|
   */
  static double underflow(int k, double alpha, double sumOfOperands) {
    return 0x1p-149 * (Math.max(1, Math.abs(alpha)) * k + sumOfOperands + 2);
  }

  /** Σ_l |a_il|. */
  static double rowSum(int k, double[] a, int i) {
    double sum = 0;
    for (int l = i * k; l < (i + 1) * k; l++) {
      sum += Math.abs(a[l]);
    }
    return sum;
  }

  static void requireOperands(
      String name, int m, int n, int k, double[] a, double[] b, double beta, double[] c) {
    Extents.require(name, "A", a, m, k);
    Extents.require(name, "B", b, k, n);
    if (beta != 0) {
      Extents.require(name, "C", c, m, n);
    }
  }
}
