package dev.lanewise.bench.tune;

import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import java.util.ArrayList;
import java.util.List;

/** How many trials a sampler proposes if all of them finish, each budget of one counted. */
public final class StudyPlan {
  private StudyPlan() {}

  /**
   * The number of them.
   *
   * @param sampler proposes them
   * @param space the parameters
   * @param seed the study's seed
   * @return how many there are
   */
  public static int size(Sampler sampler, Space space, long seed) {
    List<Outcome> outcomes = new ArrayList<>();
    while (true) {
      List<Proposal> round = sampler.next(space, seed, Goal.MAXIMISE, List.copyOf(outcomes));
      if (round.isEmpty()) {
        return outcomes.size();
      }
      round.forEach(proposal -> outcomes.add(finished(proposal)));
    }
  }

  private static Outcome finished(Proposal proposal) {
    return new Outcome(
        proposal.trial(),
        proposal.assignment(),
        proposal.budget(),
        Status.FINISHED,
        0,
        "",
        List.of());
  }
}
