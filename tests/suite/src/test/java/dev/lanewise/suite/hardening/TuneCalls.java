package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Parameter;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyListener;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.learn.tune.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** How the search of hyperparameters is called. */
final class TuneCalls {
  private TuneCalls() {}

  private static Space space() {
    return Space.empty().uniform("rate", 0, 1).integer("units", 1, 9).choice("kind", "a", "b");
  }

  private static Assignment assignment() {
    return space().at(0.5, 0.5, 0.5);
  }

  /** A trial as an objective is given it, once it has run. */
  private static Trial trial() {
    AtomicReference<Trial> kept = new AtomicReference<>();
    Objective objective =
        trial -> {
          kept.set(trial);
          return 1;
        };
    try {
      Study.of(space(), Sampler.random(1), objective).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept.get();
  }

  private static BooleanSupplier never() {
    return () -> false;
  }

  private static Object[] outcome() {
    return arguments(
        0, assignment(), 1, Outcome.Status.FINISHED, 0.5, "none", List.of(new Report(1, 0.5)));
  }

  private static List<Outcome> outcomes() {
    return List.of(new Outcome(0, assignment(), 1, Outcome.Status.FINISHED, 0.5, "", List.of()));
  }

  static void addTo(Examples examples, SampleFolder files) {
    examples
        .value(String[].class, () -> new String[] {"a", "b"})
        .value(Duration.class, () -> Duration.ofSeconds(1))
        .value(Object.class, () -> 0.5)
        .value(Space.class, TuneCalls::space)
        .value(Assignment.class, TuneCalls::assignment)
        .value(Parameter.class, () -> space().parameters().getFirst())
        .value(Sampler.class, () -> Sampler.random(1))
        .value(Objective.class, () -> (Objective) trial -> 0)
        .value(Condition.class, () -> Condition.atLeast("rate", 0.5))
        .value(Condition.AtLeast.class, () -> new Condition.AtLeast("rate", 0.5))
        .value(Condition.AtMost.class, () -> new Condition.AtMost("rate", 0.5))
        .value(Condition.OneOf.class, () -> new Condition.OneOf("kind", List.of("a")))
        .value(Trial.class, TuneCalls::trial)
        .call(
            "Trial.apart(Proposal, int, long, BooleanSupplier)",
            () -> arguments(new Proposal(0, assignment(), 9), 3, 1L, never()))
        .call("Assignment.of(SequencedMap)", () -> arguments(assignment().values()))
        .call("Study.withObjective(UnaryOperator)", () -> arguments(UnaryOperator.identity()))
        .value(Study.class, () -> Study.of(space(), Sampler.random(1), trial -> 0))
        .call("Assignment.number(String)", () -> arguments("rate"))
        .call("Assignment.integer(String)", () -> arguments("units"))
        .call("Assignment.choice(String)", () -> arguments("kind"))
        .call("Condition.OneOf(String, List)", () -> arguments("kind", List.of("a")))
        .call("Goal.ranked(List)", () -> arguments(outcomes()))
        .call(
            "Outcome(int, Assignment, int, Outcome.Status, double, String, List)",
            TuneCalls::outcome)
        .call("StudyResult(Goal, List, boolean)", () -> arguments(Goal.MINIMISE, outcomes(), true))
        .call("Sampler.coarseToFine(int)", () -> arguments(9))
        .call("Sampler.halving(int, int, int, int)", () -> arguments(4, 1, 4, 2))
        .call("Sampler.coarseToFine(int, int, double, double)", () -> arguments(9, 3, 0.5, 0.5))
        .call("Space.uniform(String, double, double)", () -> arguments("new", 0.25, 0.5))
        .call("Space.logUniform(String, double, double)", () -> arguments("new", 0.25, 0.5))
        .call("Space.oneMinusLogUniform(String, double, double)", () -> arguments("new", 0.25, 0.5))
        .call("Space.integer(String, int, int)", () -> arguments("new", 2, 4))
        .call("Space.logInteger(String, int, int)", () -> arguments("new", 2, 4))
        .call("Space.at(double[])", () -> arguments(new double[] {0.5, 0.5, 0.5}))
        .value(StudyListener.class, () -> StudyListener.NONE)
        .value(StudyResult.class, () -> new StudyResult(Goal.MINIMISE, outcomes(), true))
        .call("Importance(String, double)", () -> arguments("rate", 0.5))
        .call("Study.withDescription(String)", () -> arguments("of samples"))
        .call("Study.trialSeed(int)", () -> arguments(1))
        .call("Study.withJournal(Path)", () -> arguments(files.output()));
  }
}
