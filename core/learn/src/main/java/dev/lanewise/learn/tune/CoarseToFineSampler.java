package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/** Random in rounds, each in a smaller box around the best trials so far. */
record CoarseToFineSampler(int trials, int rounds, double quantile, double shrink)
    implements Sampler {
  CoarseToFineSampler {
    Checks.atLeastOne("coarse-to-fine", "rounds", rounds);
    if (trials < rounds) {
      throw new IllegalArgumentException(
          "coarse-to-fine: trials is %d; it must be at least %d".formatted(trials, rounds));
    }
    checkShare("quantile", quantile);
    checkShare("shrink", shrink);
  }

  private static void checkShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "coarse-to-fine: %s is %s; it must be above 0 and at most 1".formatted(name, value));
    }
  }

  /** The number of trials before a round. */
  private int start(int round) {
    return (int) ((long) trials * round / rounds);
  }

  @Override
  public List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before) {
    int round = 0;
    while (start(round) < before.size()) {
      round++;
    }
    if (round >= rounds) {
      return List.of();
    }
    // A product like 0.07 · 100 may come out a little above its whole number.
    int best = (int) Math.max(Math.ceil(quantile * before.size() - 1e-9), 1);
    List<Outcome> ranked = goal.ranked(before);
    List<Assignment> region = ranked.stream().limit(best).map(Outcome::assignment).toList();
    double width = StrictMath.pow(shrink, round);
    List<Proposal> proposals = new ArrayList<>();
    for (int trial = start(round); trial < start(round + 1); trial++) {
      double[] point = Draws.point(space, seed, trial);
      for (int i = 0; i < point.length; i++) {
        point[i] = zoomed(space.parameters().get(i), region, width, point[i]);
      }
      proposals.add(new Proposal(trial, space.at(point), 1));
    }
    return List.copyOf(proposals);
  }

  /** Where u of the unit interval lies in the interval of a parameter. */
  private static double zoomed(
      Parameter parameter, List<Assignment> region, double width, double u) {
    double[] positions =
        region.stream()
            .filter(assignment -> assignment.has(parameter.name()))
            .mapToDouble(
                assignment -> parameter.position(assignment.values().get(parameter.name())))
            .sorted()
            .toArray();
    if (positions.length == 0) {
      return u;
    }
    if (parameter.isChoice()) {
      return positions[(int) (u * positions.length)];
    }
    double middle = positions[(positions.length - 1) / 2];
    double from = Math.clamp(middle - width / 2, 0, 1 - width);
    return Math.min(from + u * width, Scale.BELOW_ONE);
  }

  @Override
  public String name() {
    return "coarse-to-fine("
        + trials
        + ", rounds "
        + rounds
        + ", quantile "
        + quantile
        + ", shrink "
        + shrink
        + ")";
  }

  @Override
  public String toString() {
    return name();
  }
}
