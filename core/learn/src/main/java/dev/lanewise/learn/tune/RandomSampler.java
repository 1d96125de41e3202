package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;
import java.util.stream.IntStream;

/** Points of the unit cube, uniform and independent. */
record RandomSampler(int trials) implements Sampler {
  RandomSampler {
    Checks.atLeastOne("random", "trials", trials);
  }

  /** The first trials of a study, at a budget. */
  static List<Proposal> proposals(Space space, long seed, int trials, int budget) {
    return IntStream.range(0, trials)
        .mapToObj(trial -> new Proposal(trial, space.at(Draws.point(space, seed, trial)), budget))
        .toList();
  }

  @Override
  public List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before) {
    return before.isEmpty() ? proposals(space, seed, trials, 1) : List.of();
  }

  @Override
  public String name() {
    return "random(" + trials + ")";
  }

  @Override
  public String toString() {
    return name();
  }
}
