package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the command {@code tune} leaves in its journal and on the console. */
final class Studies {
  private static final Pattern REPORT = Pattern.compile("\\[(\\d+),([0-9.E-]+)]");

  private Studies() {}

  /** The lines of trials that have ended, in order of trial and budget. */
  static List<String> ends(Path journal) throws IOException {
    return Files.readAllLines(journal).stream()
        .filter(line -> line.startsWith("{\"trial\":") && !line.contains("\"event\":\"started\""))
        .sorted()
        .toList();
  }

  /** The line that begins so. */
  static String fact(Outcome outcome, String name) {
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing in " + outcome.out()));
  }

  /** The number of the best trial. */
  static int best(Outcome outcome) {
    Matcher trial = Pattern.compile("trial (\\d+), .*").matcher(fact(outcome, "Best"));
    assertTrue(trial.matches(), outcome.out());
    return Integer.parseInt(trial.group(1));
  }

  /** The scores after each epoch, as text, of the last end of a trial. */
  static List<String> reports(Path journal, int trial) throws IOException {
    String end =
        Files.readAllLines(journal).stream()
            .filter(line -> line.startsWith("{\"trial\":%d,".formatted(trial)))
            .filter(line -> line.contains("\"event\":\"finished\""))
            .reduce((first, second) -> second)
            .orElseThrow();
    return REPORT.matcher(end).results().map(report -> report.group(2)).toList();
  }
}
