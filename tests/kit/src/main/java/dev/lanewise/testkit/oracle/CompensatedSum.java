package dev.lanewise.testkit.oracle;

/**
 * A running sum whose error is at most 2^-53 · |sum| + n² · 2^-106 · Σ|x|, to first order.
 *
 * <p>Source: A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen,
 * ZAMM 54, 1974; the bound is that of T. Ogita, S. Rump and S. Oishi, Accurate sum and dot product,
 * SIAM J. Sci. Comput. 26, 2005.
 */
final class CompensatedSum {
  private double sum;
  private double lost;

  void add(double x) {
    double next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? (sum - next) + x : (x - next) + sum;
    sum = next;
  }

  double value() {
    // Beside an infinite sum the lost digits are infinity - infinity.
    return Double.isFinite(sum) ? sum + lost : sum;
  }
}
