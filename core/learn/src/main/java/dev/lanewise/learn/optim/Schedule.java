package dev.lanewise.learn.optim;

import dev.lanewise.learn.internal.Checks;

/**
 * What the learning rate is multiplied by as training goes on: a function of the epochs that have
 * been trained, a fraction within an epoch.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The factor.
   *
   * @param epoch how many epochs have been trained, from 0 on
   * @return the factor, at least 0
   */
  double factor(double epoch);

  /**
   * 1, always.
   *
   * @return the schedule
   */
  static Schedule constant() {
    return epoch -> 1;
  }

  /**
   * 1 / (1 + rate·epoch) of whole epochs.
   *
   * @param rate the decay, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if the rate is negative or not finite
   */
  static Schedule inverse(double rate) {
    Checks.finiteNotNegative("Schedule", "rate", rate);
    return epoch -> 1 / (1 + rate * Math.floor(epoch));
  }

  /**
   * base^epoch of whole epochs.
   *
   * @param base the factor of one epoch, such as 0.95, above 0
   * @return the schedule
   * @throws IllegalArgumentException if the base is not finite and above 0
   */
  static Schedule exponential(double base) {
    Checks.finitePositive("Schedule", "base", base);
    return epoch -> StrictMath.pow(base, Math.floor(epoch));
  }

  /**
   * 1 / sqrt(epoch), counted from 1.
   *
   * @return the schedule
   */
  static Schedule inverseRoot() {
    return epoch -> 1 / Math.sqrt(Math.floor(epoch) + 1);
  }

  /**
   * factor^(number of whole periods).
   *
   * @param factor the factor of one period, such as 0.5, above 0
   * @param epochs the length of a period in epochs, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if the factor is not finite and above 0, or epochs is below 1
   */
  static Schedule steps(double factor, int epochs) {
    Checks.finitePositive("Schedule", "factor", factor);
    Checks.atLeastOne("Schedule", "epochs", epochs);
    return epoch -> StrictMath.pow(factor, Math.floor(epoch / epochs));
  }

  /**
   * (1 + cos(π·epoch / epochs)) / 2, from 1 down to 0; 0 afterwards.
   *
   * <p>Source: I. Loshchilov and F. Hutter, SGDR: stochastic gradient descent with warm restarts,
   * 2017, without the restarts.
   *
   * @param epochs how long it takes, above 0
   * @return the schedule
   * @throws IllegalArgumentException if epochs is not finite and above 0
   */
  static Schedule cosine(double epochs) {
    Checks.finitePositive("Schedule", "epochs", epochs);
    return epoch -> (1 + StrictMath.cos(StrictMath.PI * Math.min(epoch / epochs, 1))) / 2;
  }

  /**
   * Rises in a line from 0 and then follows this schedule, which begins when the rise ends.
   *
   * @param epochs how long the rise takes, above 0
   * @return the schedule
   * @throws IllegalArgumentException if epochs is not finite and above 0
   */
  default Schedule warmedUp(double epochs) {
    Checks.finitePositive("Schedule", "epochs", epochs);
    return epoch -> epoch < epochs ? epoch / epochs * factor(0) : factor(epoch - epochs);
  }
}
