package dev.lanewise.bench.result;

import java.util.Arrays;

/**
 * The median of independent values, with a confidence interval that supposes nothing of their
 * distribution: the interval from the j-th smallest to the j-th largest of n values holds the
 * median of the population with probability 1 - 2·Σ C(n, i)·2^-n, i &lt; j.
 *
 * <p>Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd edition, section 7.1.
 *
 * @param median the median of the values
 * @param low the interval's lower end
 * @param high its upper end
 * @param confidence the probability above; below {@link #WANTED} for fewer than 6 values, and 0 for
 *     a single one
 * @param count how many values
 */
public record Estimate(double median, double low, double high, double confidence, int count) {
  /** The confidence that six values or more give; the interval is the narrowest that has it. */
  public static final double WANTED = 0.95;

  /** What five values give, the fewest of which an interval is made. */
  private static final double ACCEPTED = 0.93;

  /**
   * Estimates the median.
   *
   * @param values at least one
   * @return the estimate
   * @throws IllegalArgumentException if there are no values
   */
  public static Estimate of(double... values) {
    int n = values.length;
    if (n == 0) {
      throw new IllegalArgumentException("an estimate needs at least one value");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double outside = Math.scalb(1.0, -n);
    double binomial = outside;
    int j = 1;
    while (2 * j < n) {
      binomial *= (double) (n - j + 1) / j;
      if (1 - 2 * (outside + binomial) < WANTED) {
        break;
      }
      outside += binomial;
      j++;
    }
    return new Estimate(
        median(sorted), sorted[j - 1], sorted[n - j], Math.max(0, 1 - 2 * outside), n);
  }

  /**
   * The speed, if the values are times.
   *
   * @param amount what is done in each of these times
   * @return the estimate of the amount divided by the values
   */
  public Estimate speed(double amount) {
    return new Estimate(amount / median, amount / high, amount / low, confidence, count);
  }

  /**
   * Whether there are values enough, five, for low and high to be called a confidence interval.
   *
   * @return whether the confidence is 0.93 or more
   */
  public boolean isInterval() {
    return confidence >= ACCEPTED;
  }

  /** The median of sorted values. */
  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
