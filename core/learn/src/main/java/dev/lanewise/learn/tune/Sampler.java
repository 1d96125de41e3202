package dev.lanewise.learn.tune;

import java.util.List;

/**
 * Chooses the trials of a study, round by round. A round begins when all trials of the one before
 * have ended, so that nothing depends on which of them was the first.
 *
 * <p>A sampler is a pure function and has no state.
 */
public interface Sampler {
  /**
   * Names the sampler with its figures, the same text in every process: a journal is continued by a
   * sampler of the same name only.
   *
   * @return such as {@code random(60)}
   */
  String name();

  /**
   * The next round.
   *
   * @param space the parameters
   * @param seed the key of the study's random numbers
   * @param goal which scores are better
   * @param before how all trials of the rounds before ended, those without a score too, in the
   *     order of their proposals
   * @return the trials, no number twice at a budget; none if the study is complete
   */
  List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before);

  /**
   * Points of the unit cube, uniform and independent.
   *
   * <p>Source: J. Bergstra and Y. Bengio, Random search for hyper-parameter optimization, 2012.
   *
   * @param trials the number of trials, at least 1
   * @return the sampler, of budget 1
   * @throws IllegalArgumentException if trials is below 1
   */
  static Sampler random(int trials) {
    return new RandomSampler(trials);
  }

  /**
   * A grid, to compare with: all combinations of values that are spaced evenly on their scales, in
   * the middle of cells. Each parameter has the same number of values, as far as it has so many and
   * the number of trials allows; the first ones may have one more.
   *
   * @param trials the most trials, at least 1; there are fewer where the grid's size does not
   *     divide that, or where combinations differ in parameters only that do not exist
   * @return the sampler, of budget 1
   * @throws IllegalArgumentException if trials is below 1
   */
  static Sampler grid(int trials) {
    return new GridSampler(trials);
  }

  /**
   * Coarse to fine in 5 rounds around the best tenth, each 0.6 times as wide as the one before.
   *
   * @param trials the number of trials, at least 5
   * @return the sampler, of budget 1
   * @throws IllegalArgumentException if trials is below 5
   */
  static Sampler coarseToFine(int trials) {
    return coarseToFine(trials, 5, 0.1, 0.6);
  }

  /**
   * Coarse to fine: the first round is random; round r (from 0 on) draws each parameter from an
   * interval of its scale that has the length shrink^r and lies around the median of the best
   * trials so far. A choice is drawn from those of the best trials. A parameter that none of them
   * has is drawn from its whole scale. Trials without a score count among those so far, but not
   * among the best; where none has one, a round is as random as the first.
   *
   * @param trials the number of trials, at least as many as rounds
   * @param rounds the number of rounds, of about equal size, at least 1
   * @param quantile the share of the trials so far that is the best ones, above 0, at most 1
   * @param shrink by what intervals shrink from round to round, above 0, at most 1
   * @return the sampler, of budget 1
   * @throws IllegalArgumentException if rounds is below 1, trials below rounds, or quantile or
   *     shrink not above 0 and at most 1
   */
  static Sampler coarseToFine(int trials, int rounds, double quantile, double shrink) {
    return new CoarseToFineSampler(trials, rounds, quantile, shrink);
  }

  /**
   * Successive halving: random trials at a small budget, of which the best 1 / eta go on to a
   * budget eta times as large, and so on. A trial goes on when all of its rung have ended. One
   * without a score does not go on; where fewer than 1 / eta have one, fewer go on, and where none
   * has, the study is complete.
   *
   * <p>Source: K. Jamieson and A. Talwalkar, Non-stochastic best arm identification and
   * hyperparameter optimization, 2016.
   *
   * @param trials the number of trials at the least budget, at least 1
   * @param least the least budget, at least 1
   * @param most the budget of the last rung, at least the least
   * @param eta what a budget is multiplied by, and the number of trials divided by, at least 2
   * @return the sampler; budgets are totals, what a trial has spent before included
   * @throws IllegalArgumentException if trials or the least budget is below 1, the last budget
   *     below the least, or eta below 2
   */
  static Sampler halving(int trials, int least, int most, int eta) {
    return new HalvingSampler(trials, least, most, eta);
  }
}
