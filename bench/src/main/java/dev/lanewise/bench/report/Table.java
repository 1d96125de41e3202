package dev.lanewise.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text.
 *
 * @param title what it shows
 * @param columns the heads
 * @param labels how many columns, from the left, hold words; the others hold numbers
 * @param rows as many cells each as there are columns
 */
public record Table(String title, List<String> columns, int labels, List<List<String>> rows) {
  /** Copies its arguments. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * For a console: columns side by side.
   *
   * @return lines, each with its end
   */
  public String text() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(c -> Math.max(columns.get(c).length(), widest(c)))
            .toArray();
    StringBuilder text = new StringBuilder(line(columns, widths));
    rows.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private int widest(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
            .mapToObj(
                c -> ("%" + (c < labels ? "-" : "") + widths[c] + "s").formatted(cells.get(c)))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
  }

  /**
   * For a README.
   *
   * @return lines, each with its end
   */
  public String markdown() {
    String rule =
        IntStream.range(0, columns.size())
            .mapToObj(c -> c < labels ? "---" : "---:")
            .collect(Collectors.joining("|", "|", "|\n"));
    return row(columns) + rule + rows.stream().map(Table::row).collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Table::escape).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Text that Markdown shows as it is, in a table or outside. */
  static String escape(String text) {
    return text.replaceAll("[\\r\\n]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\|`*\\[\\]])", "\\\\$1");
  }

  /** The same for text of several lines, which stay lines. */
  static String escapeLines(String text) {
    return text.lines().map(line -> escape(line) + "\n").collect(Collectors.joining());
  }
}
