package dev.lanewise.bench.report;

import dev.lanewise.bench.jmh.Implementation;
import dev.lanewise.bench.result.Figure;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Roofs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a run in one table: a row for each variant of an operation, shape and number of
 * threads.
 */
public final class FigureTable {
  private static final List<String> COLUMNS =
      List.of(
          "operation",
          "shape",
          "naive",
          "autovec",
          "scalar",
          "lanewise",
          "best peer",
          "speed-up",
          "speed",
          "of roof");

  private static final int LABELS = 2;

  private FigureTable() {}

  /**
   * The table and what its columns mean, for a console.
   *
   * @param results what was measured
   * @return lines of text
   */
  public static String format(Results results) {
    return of(results).text() + "\n" + legend(results);
  }

  /** The table alone. */
  static Table of(Results results) {
    Figures figures = Figures.of(results);
    Roofs roofs = Roofs.of(results);
    List<List<String>> rows = new ArrayList<>();
    figures
        .variants()
        .forEach(
            variant ->
                figures
                    .shapes(variant)
                    .forEach(shape -> addRows(rows, figures.at(variant, shape), roofs)));
    return new Table("Microseconds per call", COLUMNS, LABELS, rows);
  }

  private static void addRows(List<List<String>> rows, List<Figure> figures, Roofs roofs) {
    for (boolean parallel : new boolean[] {false, true}) {
      List<Figure> some = figures.stream().filter(f -> f.isParallel() == parallel).toList();
      if (!some.isEmpty()) {
        rows.add(row(some, roofs));
      }
    }
  }

  private static List<String> row(List<Figure> figures, Roofs roofs) {
    Figure first = figures.getFirst();
    Optional<Figure> lanewise = figures.stream().filter(Figure::isLanewise).findFirst();
    Optional<Figure> naive = find(figures, Implementation.NAIVE);
    Optional<Figure> peer =
        figures.stream()
            .filter(Figure::isPeer)
            .min(Comparator.comparingDouble(f -> f.time().median()));
    return List.of(
        ResultsText.title(first),
        first.shape().toString(),
        micros(naive),
        micros(find(figures, Implementation.AUTOVEC)),
        micros(find(figures, Implementation.SCALAR)),
        micros(lanewise),
        peer.map(f -> f.implementation() + " " + Numbers.micros(f.time().median())).orElse("-"),
        naive
            .flatMap(
                slow ->
                    new Figures(figures)
                        .speedUps().stream().filter(s -> s.other().equals(slow)).findFirst())
            .map(s -> Numbers.plain(s.ratio().median()))
            .orElse("-"),
        lanewise.map(Numbers::speed).orElse("-"),
        lanewise.map(f -> Numbers.percent(f.shareOf(roofs))).orElse("-"));
  }

  private static Optional<Figure> find(List<Figure> figures, Implementation kind) {
    return figures.stream().filter(f -> f.kind() == kind).findFirst();
  }

  private static String micros(Optional<Figure> figure) {
    return figure.map(f -> Numbers.micros(f.time().median())).orElse("-");
  }

  /** What the columns mean. */
  static String legend(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Microseconds per call: %s. "-": not measured.
        speed-up is naive / lanewise. speed is what lanewise does, each operand counted once: 2 flop
        per multiply-add, or 4 bytes per element read or written. The roof is the least time that
        the machine's multiply-add peak and bandwidth leave to a call.
        """
            .formatted(
                results.rounds() == 1
                    ? "the median of the iterations of one round"
                    : "medians of " + results.rounds() + " rounds"));
    Roofs.of(results)
        .peak(1)
        .ifPresent(
            peak ->
                text.append(
                    "Multiply-add peak: " + Numbers.plain(peak) + " GFLOP/s on a thread.\n"));
    if (!results.failures().isEmpty()) {
      text.append("Failed: " + results.failures().size() + " benchmarks.\n");
    }
    return text.toString();
  }
}
