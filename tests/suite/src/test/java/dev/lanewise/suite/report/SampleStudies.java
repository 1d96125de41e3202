package dev.lanewise.suite.report;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.report.StudyPage;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Studies of a space with parameters of every kind, and their pages. */
final class SampleStudies {
  static final List<Fact> FACTS = List.of(new Fact("Samples", Pages.HOSTILE));

  static final Space SPACE =
      Space.empty()
          .logUniform("rate", 1e-4, 1)
          .oneMinusLogUniform("momentum", 0.9, 0.999)
          .integer("layers", 1, 3)
          .logInteger("units 2", 8, 512)
          .onlyIf(Condition.atLeast("layers", 2))
          .choice(Pages.HOSTILE, "relu", Pages.HOSTILE)
          .choice("mode", "a", "b", "c")
          .onlyIf(Condition.isOneOf(Pages.HOSTILE, Pages.HOSTILE));

  private SampleStudies() {}

  /** Of trials, each seventh fails, and of those each second has taken too long. */
  static StudyResult study(Sampler sampler, Goal goal, ToDoubleFunction<Assignment> score) {
    List<Outcome> outcomes = new ArrayList<>();
    while (true) {
      List<Proposal> round = sampler.next(SPACE, 3, goal, List.copyOf(outcomes));
      if (round.isEmpty()) {
        return new StudyResult(goal, outcomes, true);
      }
      round.forEach(
          proposal -> {
            Status status =
                proposal.trial() % 7 != 3
                    ? Status.FINISHED
                    : proposal.trial() % 2 == 0 ? Status.TIMED_OUT : Status.FAILED;
            outcomes.add(
                new Outcome(
                    proposal.trial(),
                    proposal.assignment(),
                    proposal.budget(),
                    status,
                    status == Status.FINISHED
                        ? score.applyAsDouble(proposal.assignment()) / proposal.budget()
                        : Double.NaN,
                    status == Status.FINISHED ? "" : Pages.HOSTILE,
                    List.of()));
          });
    }
  }

  static double bowl(Assignment a) {
    double rate = StrictMath.log10(a.number("rate")) + 1.5;
    return rate * rate + (a.has("units 2") ? 0.1 : 0.5);
  }

  static StudyResult study(int trials) {
    return study(Sampler.random(trials), Goal.MINIMISE, SampleStudies::bowl);
  }

  /** A study in rounds of halving, whose budgets are 1, 3 and 9. */
  static StudyResult halving(Goal goal) {
    return study(Sampler.halving(60, 1, 9, 3), goal, SampleStudies::bowl);
  }

  static String page(Space space, StudyResult result) {
    return StudyPage.html(FACTS, space, result, Importance.of(space, result));
  }

  static String page(StudyResult result) {
    return page(SPACE, result);
  }
}
