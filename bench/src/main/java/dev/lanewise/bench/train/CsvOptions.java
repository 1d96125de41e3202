package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.data.CsvFormat;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a CSV file is laid out. */
public final class CsvOptions {
  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "The column that holds the class: its number, counted from 1, or its name in the"
              + " header; by default the last one.")
  private String labelColumn;

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      description =
          "Whether the first line holds names of columns; by default it does if no feature in it"
              + " is a number.")
  private String header;

  /** By default. */
  public CsvOptions() {}

  /** Whether any of the options is there. */
  boolean areGiven() {
    return labelColumn != null || header != null;
  }

  /**
   * The options by which another command reads the same.
   *
   * @return words of its command line
   */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (labelColumn != null) {
      words.addAll(List.of("--label-column", labelColumn));
    }
    if (header != null) {
      words.addAll(List.of("--header", header));
    }
    return words;
  }

  /**
   * The format.
   *
   * @return the format
   * @throws IllegalArgumentException if an option's value is none
   */
  public CsvFormat format() {
    CsvFormat format = CsvFormat.DEFAULT;
    boolean byNumber = labelColumn != null && labelColumn.matches("-?\\d+");
    if (header != null) {
      if (!header.equals("yes") && !header.equals("no")) {
        throw Limits.expected("--header", header, "yes or no");
      }
      if (header.equals("no") && labelColumn != null && !byNumber) {
        throw Limits.expected(
            "--label-column", labelColumn, "a number, as names are in a header and --header is no");
      }
      format = format.withHeader(header.equals("yes"));
    }
    if (labelColumn == null) {
      return format;
    }
    return byNumber
        ? format.withLabelColumn(columnNumber() - 1)
        : format.withLabelColumn(labelColumn);
  }

  private int columnNumber() {
    try {
      return Limits.atLeastOne("--label-column", Integer.parseInt(labelColumn));
    } catch (NumberFormatException e) {
      throw Limits.expected("--label-column", labelColumn, "at most " + Integer.MAX_VALUE);
    }
  }
}
