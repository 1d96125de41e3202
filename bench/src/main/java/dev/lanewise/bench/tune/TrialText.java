package dev.lanewise.bench.tune;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Outcome;
import java.util.Locale;
import java.util.stream.Collectors;

/** Trials in a few words. */
final class TrialText {
  /** Of an error, so that a line stays one. */
  private static final int MOST = 100;

  private TrialText() {}

  /** Such as {@code 97.39 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** Such as {@code lr 0.003120, optimizer adam}: four digits of each number. */
  static String parameters(Assignment assignment) {
    return assignment.values().entrySet().stream()
        .map(entry -> entry.getKey() + " " + text(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number)
        : value.toString();
  }

  /** The score, or why there is none. */
  static String end(Outcome outcome) {
    return switch (outcome.status()) {
      case FINISHED -> percent(outcome.score());
      case FAILED -> "failed: " + brief(outcome.error());
      case TIMED_OUT -> "timed out: " + brief(outcome.error());
    };
  }

  private static String brief(String error) {
    String line = error.lines().findFirst().orElse("");
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
