package dev.lanewise.bench.report;

import dev.lanewise.bench.result.Results;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison for people. */
public final class ComparisonText {
  private ComparisonText() {}

  /**
   * For a console.
   *
   * @param comparison the comparison
   * @return lines of text
   */
  public static String text(Comparison comparison) {
    return list("Environment and settings differ:", comparison.differences(), "  ")
        + list("Yardsticks, change of time:", comparison.machine(), "  ")
        + only(comparison, "  ")
        + table(comparison).text()
        + "\n"
        + summary(comparison)
        + "\n";
  }

  /**
   * For a comment on a change.
   *
   * @param comparison the comparison
   * @return Markdown
   */
  public static String markdown(Comparison comparison) {
    return "**"
        + summary(comparison)
        + "**\n\n"
        + Table.escapeLines(
            list("Environment and settings differ:", comparison.differences(), "- "))
        + Table.escapeLines(list("Yardsticks, change of time:", comparison.machine(), "- "))
        + Table.escapeLines(only(comparison, "- "))
        + table(comparison).markdown();
  }

  private static String only(Comparison comparison, String bullet) {
    return list(
            "Only in the first file:",
            comparison.onlyBefore().stream().map(Object::toString).toList(),
            bullet)
        + list(
            "Only in the second file:",
            comparison.onlyAfter().stream().map(Object::toString).toList(),
            bullet)
        + list(
            "Failed in the second file:",
            comparison.broken().stream().map(ComparisonText::line).toList(),
            bullet);
  }

  private static String line(Results.Failure failure) {
    String message = failure.message() == null ? "" : failure.message();
    return failure.benchmark() + ": " + message.lines().findFirst().orElse("no message");
  }

  private static String list(String title, List<String> lines, String bullet) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(line -> bullet + line + "\n")
            .collect(Collectors.joining("", title + "\n\n", "\n"));
  }

  private static Table table(Comparison comparison) {
    return new Table(
        "Comparison",
        List.of("verdict", "benchmark", "µs before", "µs after", "change", "why"),
        2,
        comparison.cases().stream()
            .map(
                c ->
                    List.of(
                        c.verdict().name().toLowerCase(Locale.ROOT),
                        c.key().toString(),
                        Numbers.micros(c.before()),
                        Numbers.micros(c.after()),
                        Numbers.change(c.change()),
                        c.reason()))
            .toList());
  }

  private static String summary(Comparison comparison) {
    int broken = comparison.broken().size();
    return "%s%d slower, %d faster, %d undecided; threshold %s %%"
        .formatted(
            broken == 0 ? "" : broken + " failed, ",
            comparison.count(Comparison.Verdict.SLOWER),
            comparison.count(Comparison.Verdict.FASTER),
            comparison.count(Comparison.Verdict.UNDECIDED),
            Numbers.plain(100 * comparison.threshold()));
  }
}
