package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a study has to do, in a plain loop: the oracle of studies. */
record Search(Space space, Sampler sampler, long seed, Goal goal) {
  /** An outcome whose score, if NaN, means that the trial failed. */
  static Outcome outcome(Proposal proposal, double score) {
    boolean failed = Double.isNaN(score);
    return new Outcome(
        proposal.trial(),
        proposal.assignment(),
        proposal.budget(),
        failed ? Status.FAILED : Status.FINISHED,
        score,
        failed ? "failed" : "",
        List.of());
  }

  List<Outcome> run(ToDoubleFunction<Proposal> objective) {
    List<Outcome> outcomes = new ArrayList<>();
    while (true) {
      List<Proposal> round = sampler.next(space, seed, goal, List.copyOf(outcomes));
      if (round.isEmpty()) {
        return outcomes;
      }
      round.forEach(proposal -> outcomes.add(outcome(proposal, objective.applyAsDouble(proposal))));
    }
  }

  /** The best score. */
  double best(ToDoubleFunction<Proposal> objective) {
    return goal.ranked(run(objective)).getFirst().score();
  }
}
