package dev.lanewise.bench.report;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Parameter;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A study of hyperparameters as one page that needs nothing else: the best trials, the importance
 * of each parameter, how the search went, and scores against the parameters on their own scales.
 */
public final class StudyPage {
  private static final int MOST_BEST = 10;
  private static final int MOST_FAILURES = 20;
  private static final int LONGEST_ERROR = 300;
  private static final int DIGITS = 6;

  private StudyPage() {}

  /** All that the page shows. */
  private record Data(
      List<Fact> facts,
      boolean maximise,
      boolean complete,
      List<ParameterAxis> axes,
      List<Mark> trials,
      Shares importance,
      Table best,
      Table failures,
      long moreFailures) {}

  /** A trial at a budget; places and values are those of the parameters, in order. */
  private record Mark(
      int trial,
      int budget,
      Outcome.Status status,
      Double score,
      String result,
      List<Double> places,
      List<String> values) {}

  /** Importance, and the trials that it is from; without shares there are too few of these. */
  private record Shares(int trials, int least, int budget, List<Importance> shares) {
    static Shares of(StudyResult result, List<Importance> importance) {
      List<Outcome> trials = Importance.comparable(result);
      return new Shares(
          trials.size(),
          Importance.LEAST_TRIALS,
          trials.isEmpty() ? 0 : trials.getFirst().budget(),
          importance);
    }
  }

  /**
   * The page.
   *
   * @param facts what was searched, by name
   * @param space the parameters
   * @param result the trials
   * @param importance how much each parameter mattered
   * @return HTML in UTF-8
   */
  public static String html(
      List<Fact> facts, Space space, StudyResult result, List<Importance> importance) {
    List<ParameterAxis> axes = space.parameters().stream().map(ParameterAxis::of).toList();
    List<Outcome> failed = result.outcomes().stream().filter(o -> !isFinished(o)).toList();
    Data data =
        new Data(
            facts,
            result.goal() == Goal.MAXIMISE,
            result.complete(),
            axes,
            result.outcomes().stream().map(outcome -> mark(space, axes, outcome)).toList(),
            Shares.of(result, importance),
            best(space, result),
            failures(failed),
            Math.max(0, failed.size() - MOST_FAILURES));
    return PageTemplate.fill("study.html", Map.of("data", data));
  }

  private static boolean isFinished(Outcome outcome) {
    return outcome.status() == Outcome.Status.FINISHED;
  }

  private static Mark mark(Space space, List<ParameterAxis> axes, Outcome outcome) {
    List<Double> places = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Parameter parameter = space.parameters().get(i);
      places.add(axes.get(i).place(parameter, outcome.assignment().values().get(parameter.name())));
    }
    return new Mark(
        outcome.trial(),
        outcome.budget(),
        outcome.status(),
        isFinished(outcome) ? outcome.score() : null,
        isFinished(outcome)
            ? Numbers.rounded(outcome.score(), DIGITS)
            : state(outcome) + ": " + error(outcome),
        places,
        values(space, outcome));
  }

  private static List<String> values(Space space, Outcome outcome) {
    return space.parameters().stream()
        .map(
            parameter ->
                ParameterAxis.text(parameter, outcome.assignment().values().get(parameter.name())))
        .toList();
  }

  /** Each trial once, at the largest budget that it has finished; larger budgets first. */
  private static Table best(Space space, StudyResult result) {
    Set<Integer> seen = new HashSet<>();
    List<Outcome> ranked =
        result.goal().ranked(result.outcomes()).stream()
            .sorted(Comparator.comparingInt(Outcome::budget).reversed())
            .filter(outcome -> seen.add(outcome.trial()))
            .limit(MOST_BEST)
            .toList();
    List<String> names = space.parameters().stream().map(Parameter::name).toList();
    return new Table(
        "Best trials",
        Stream.concat(Stream.of("trial", "budget", "score"), names.stream()).toList(),
        0,
        ranked.stream()
            .map(
                outcome ->
                    Stream.concat(
                            Stream.of(
                                Integer.toString(outcome.trial()),
                                Integer.toString(outcome.budget()),
                                Numbers.rounded(outcome.score(), DIGITS)),
                            values(space, outcome).stream())
                        .toList())
            .toList());
  }

  private static Table failures(List<Outcome> failed) {
    return new Table(
        "Trials without a score",
        List.of("trial", "budget", "end", "error", "parameters"),
        5,
        failed.stream()
            .limit(MOST_FAILURES)
            .map(
                outcome ->
                    List.of(
                        Integer.toString(outcome.trial()),
                        Integer.toString(outcome.budget()),
                        state(outcome),
                        error(outcome),
                        outcome.assignment().toString()))
            .toList());
  }

  private static String state(Outcome outcome) {
    return outcome.status() == Outcome.Status.TIMED_OUT ? "timed out" : "failed";
  }

  private static String error(Outcome outcome) {
    String error = outcome.error();
    return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + " ...";
  }
}
