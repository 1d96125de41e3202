package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;

/** Random at a small budget; the best of a rung go on to a larger one. */
record HalvingSampler(int trials, int least, int most, int eta) implements Sampler {
  HalvingSampler {
    Checks.atLeastOne("halving", "trials", trials);
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "halving: budgets are %d to %d; they must be at least 1 and rise".formatted(least, most));
    }
    if (eta < 2) {
      throw new IllegalArgumentException(
          "halving: eta is %d; it must be at least 2".formatted(eta));
    }
  }

  @Override
  public List<Proposal> next(Space space, long seed, Goal goal, List<Outcome> before) {
    if (before.isEmpty()) {
      return RandomSampler.proposals(space, seed, trials, least);
    }
    int spent = before.getLast().budget();
    if (spent >= most) {
      return List.of();
    }
    List<Outcome> rung = before.stream().filter(outcome -> outcome.budget() == spent).toList();
    int budget = (int) Math.min((long) spent * eta, most);
    return goal.ranked(rung).stream()
        .limit(Math.max(rung.size() / eta, 1))
        .map(outcome -> new Proposal(outcome.trial(), outcome.assignment(), budget))
        .toList();
  }

  @Override
  public String name() {
    return "halving(" + trials + ", budgets " + least + " to " + most + ", eta " + eta + ")";
  }

  @Override
  public String toString() {
    return name();
  }
}
