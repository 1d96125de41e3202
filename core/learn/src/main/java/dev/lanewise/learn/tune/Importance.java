package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much a parameter mattered in a study: its share of how scores vary over the space.
 *
 * <p>The ranks of the scores are fitted by a sum of functions of one parameter and of two, each on
 * its own scale. Ranks, because one loss of 10^6 should not hide all others. A parameter gets the
 * variance of its function, and half of that of each function that it has with another: its Shapley
 * effect. A conditional parameter's functions are 0 where it does not exist. What three parameters
 * do only together is missed, and a choice that mattered is underrated by a coarse-to-fine study,
 * which leaves few trials of bad choices. Trials that have failed say nothing: of a parameter that
 * decides whether training diverges, only the rest of its range counts.
 *
 * <p>Sources: G. Blatman and B. Sudret, Adaptive sparse polynomial chaos expansion based on least
 * angle regression, 2011, for the fit; J. Chen and Z. Chen, Extended Bayesian information criteria
 * for model selection with large model spaces, 2008, for what belongs to it; A. Owen, Sobol'
 * indices and Shapley value, 2014, for the shares; R. Iman and W. Conover, The use of the rank
 * transform in regression, 1979.
 *
 * @param parameter the parameter's name
 * @param share its share, at least 0; those of all parameters sum to 1, or are all 0 if no
 *     parameter is seen to matter
 */
public record Importance(String parameter, double share) {
  /** The fewest trials that tell something. */
  public static final int LEAST_TRIALS = 10;

  /** Checks the share. */
  public Importance {
    Checks.notNull("Importance", "parameter", parameter);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Importance: the share of %s is %s; it must be from 0 to 1".formatted(parameter, share));
    }
  }

  /**
   * The importance of each parameter of a study, from its {@link #comparable} trials.
   *
   * @param space the parameters
   * @param result the study
   * @return the parameters, the most important first, equal ones in the order of the space; empty
   *     if there are fewer than {@link #LEAST_TRIALS} comparable trials
   */
  public static List<Importance> of(Space space, StudyResult result) {
    Checks.notNull("Importance", "space", space);
    List<Outcome> trials = comparable(result);
    if (trials.size() < LEAST_TRIALS) {
      return List.of();
    }
    double[] effects =
        Expansion.effects(
            space,
            trials.stream().map(Outcome::assignment).toList(),
            ranks(trials.stream().mapToDouble(Outcome::score).toArray()));
    double sum = IntStream.range(0, effects.length).mapToDouble(i -> effects[i]).sum();
    return IntStream.range(0, effects.length)
        .mapToObj(
            i ->
                new Importance(
                    space.parameters().get(i).name(), sum == 0 ? 0 : Math.min(effects[i] / sum, 1)))
        .sorted(Comparator.comparingDouble(Importance::share).reversed())
        .toList();
  }

  /**
   * The finished trials of one budget, as scores of different budgets do not compare: of that which
   * the most trials have finished; of equal ones the largest.
   *
   * @param result the study
   * @return how they ended, in the order of the study
   */
  public static List<Outcome> comparable(StudyResult result) {
    Map<Integer, List<Outcome>> budgets =
        Checks.notNull("Importance", "result", result).outcomes().stream()
            .filter(outcome -> outcome.status() == Outcome.Status.FINISHED)
            .collect(Collectors.groupingBy(Outcome::budget, TreeMap::new, Collectors.toList()));
    return budgets.values().stream()
        .reduce((fewer, more) -> more.size() >= fewer.size() ? more : fewer)
        .orElse(List.of());
  }

  /** From 1 on; equal scores have the mean of their ranks. */
  private static double[] ranks(double[] scores) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[scores.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
    }
    return ranks;
  }
}
