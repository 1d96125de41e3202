package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.CommandText;
import dev.lanewise.bench.console.Fact;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a study found, in words. */
public final class StudySummary {
  private static final double LEAST_SHARE = 0.005;

  private StudySummary() {}

  /**
   * The facts of a study of which a trial has finished.
   *
   * @param result what it found
   * @param importance how much each parameter mattered
   * @param command the words of the command that trains the best trial
   * @return names and values
   */
  public static List<Fact> facts(
      StudyResult result, List<Importance> importance, List<String> command) {
    Outcome best = result.best().orElseThrow();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Best",
            "trial %d, validation accuracy %s"
                .formatted(best.trial(), TrialText.percent(best.score()))));
    facts.add(new Fact("Its parameters", TrialText.parameters(best.assignment())));
    List<Outcome> others =
        result.outcomes().stream().filter(o -> o.status() != Status.FINISHED).toList();
    if (!others.isEmpty()) {
      facts.add(
          new Fact(
              "Not finished",
              "%d of %d trials, such as %s"
                  .formatted(others.size(), result.outcomes().size(), describe(others.get(0)))));
    }
    String mattered = text(importance);
    if (!mattered.isEmpty()) {
      facts.add(new Fact("What mattered", mattered));
    }
    facts.add(new Fact("Trained again by", CommandText.of(command)));
    return facts;
  }

  /** Those of at least half a percent. */
  private static String text(List<Importance> parameters) {
    return parameters.stream()
        .filter(parameter -> parameter.share() >= LEAST_SHARE)
        .map(parameter -> "%s %.0f %%".formatted(parameter.parameter(), 100 * parameter.share()))
        .collect(Collectors.joining(", "));
  }

  /**
   * How a trial ended.
   *
   * @param outcome the trial
   * @return such as {@code trial 3: failed: ...}
   */
  public static String describe(Outcome outcome) {
    return "trial %d: %s".formatted(outcome.trial(), TrialText.end(outcome));
  }
}
