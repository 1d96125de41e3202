package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.internal.Checks;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * C · r = alpha · A · (B · r) + beta · C0 · r for random r of ±1: checks a large product C in O(mk
 * + kn + mn) steps instead of O(mnk).
 *
 * <p>For errors e_j of a row's elements, each within gamma_(k+2) times its magnitude, the row's
 * error is Σ r_j e_j. By Hoeffding's inequality it exceeds λ‖e‖ with probability at most
 * 2·exp(-λ²/2), and by that of Cauchy and Schwarz never √n·‖e‖. As ‖e‖ ≤ gamma_(k+2) · (|alpha| ·
 * ‖a_i‖ · ‖B‖_F + |beta| · ‖c_i‖), a row is held to min(8, √n) times that, plus the underflow term
 * of {@link GemmOracle#errorBound}: a right product is refused with a probability below 2^-45 per
 * row and vector.
 *
 * <p>That admits a single wrong element in a long row if it is wrong by little. Where all operands
 * are integers so small that no {@code float} operation can round, |alpha| · k · max|a| · max(1,
 * max|b|) + |beta| · max|c| ≤ 2^24, the bound is zero instead and every wrong element shows, but
 * for errors in one row that cancel under each of the vectors (probability at most 2^-8 per row):
 * test indexing with such operands.
 *
 * <p>Source: R. Freivalds, Probabilistic machines can use less running time, IFIP 1977.
 */
public final class Freivalds {
  private static final String NAME = "Freivalds";
  private static final int VECTORS = 8;

  private Freivalds() {}

  /**
   * Asserts that a matrix is alpha · A · B + beta · C.
   *
   * @param name what is checked, for the message
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and the rows of B
   * @param alpha the factor of the product, finite
   * @param a A, m × k, finite
   * @param b B, k × n, finite
   * @param beta the factor of C, finite
   * @param c C before the product, m × n, finite; not read if beta = 0
   * @param actual C after the product
   * @param seed the seed of the random vectors
   * @return the largest error / bound of any row, at most 1
   * @throws AssertionError if a row is beyond its bound
   */
  public static double check(
      String name,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      double[] b,
      double beta,
      double[] c,
      Elements actual,
      long seed) {
    Checks.notNull(NAME, "name", name);
    GemmOracle.requireOperands(NAME, m, n, k, a, b, beta, c);
    Checks.finite(NAME, "alpha", alpha);
    Checks.finite(NAME, "beta", beta);
    Checks.notNull(NAME, "actual", actual);
    double[] bounds = rowBounds(m, n, k, alpha, a, b, beta, c);
    SplittableRandom random = new SplittableRandom(seed);
    double worst = 0;
    for (int vector = 0; vector < VECTORS; vector++) {
      double[] r = new double[n];
      for (int j = 0; j < n; j++) {
        r[j] = random.nextBoolean() ? 1 : -1;
      }
      double[] br = GemmOracle.gemm(k, 1, n, 1, b, r, 0, null);
      double[] cr = beta == 0 ? null : GemmOracle.gemm(m, 1, n, 1, c, r, 0, null);
      double[] expected = GemmOracle.gemm(m, 1, k, alpha, a, br, beta, cr);
      for (int i = 0; i < m; i++) {
        double projected = 0;
        for (int j = 0; j < n; j++) {
          projected += actual.at(i, j) * r[j];
        }
        double error = Math.abs(projected - expected[i]);
        // Negated, so that a NaN fails.
        if (!(error <= bounds[i])) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "%s: %d×%d×%d, row %d times a random ±1 vector: expected %s, actual %s, error %s,"
                      + " bound %s; seed=%d vector=%d",
                  name,
                  m,
                  n,
                  k,
                  i,
                  expected[i],
                  projected,
                  error,
                  bounds[i],
                  seed,
                  vector));
        }
        worst = Math.max(worst, error == 0 ? 0 : error / bounds[i]);
      }
    }
    return worst;
  }

  private static double[] rowBounds(
      int m, int n, int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    double[] bounds = new double[m];
    if (isExact(k, alpha, a, b, beta, c)) {
      return bounds;
    }
    double sumOfAbsoluteB = 0;
    for (double value : b) {
      sumOfAbsoluteB += Math.abs(value);
    }
    double factor = Math.min(8, Math.sqrt(n)) * Bound.gamma(k + 2);
    double normOfB = norm(b, 0, b.length);
    for (int i = 0; i < m; i++) {
      double norm = Math.abs(alpha) * norm(a, i * k, k) * normOfB;
      if (beta != 0) {
        norm += Math.abs(beta) * norm(c, i * n, n);
      }
      double underflow = n * GemmOracle.underflow(k, alpha, GemmOracle.rowSum(k, a, i));
      bounds[i] = factor * norm + underflow + 0x1p-149 * sumOfAbsoluteB;
    }
    return bounds;
  }

  private static boolean isExact(
      int k, double alpha, double[] a, double[] b, double beta, double[] c) {
    double product = Math.abs(alpha) * k * largestInteger(a) * Math.max(1, largestInteger(b));
    double addend = beta == 0 ? 0 : Math.abs(beta) * largestInteger(c);
    return alpha == Math.rint(alpha) && beta == Math.rint(beta) && product + addend <= 0x1p24;
  }

  /** max|x|, or infinity if there is a value that is not an integer. */
  private static double largestInteger(double[] values) {
    double largest = 0;
    for (double value : values) {
      if (value != Math.rint(value)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double norm(double[] values, int from, int length) {
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
