package dev.lanewise.bench.report;

import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Results;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The part of a README that shows figures. */
public final class Readme {
  private static final String BEGIN = "<!-- figures:begin -->";
  private static final String END = "<!-- figures:end -->";

  private Readme() {}

  /**
   * Writes the part between the lines {@code <!-- figures:begin -->} and {@code <!-- figures:end
   * -->} anew, and the charts that it shows. The README is written last, so that it never shows a
   * chart that is not there.
   *
   * @param readme the file
   * @param folder where the charts go; it is made if need be
   * @param results what they show
   * @param browser what draws the charts
   * @throws IOException if the file has not these lines, or something cannot be drawn or written;
   *     then the README is as it was
   */
  public static void update(Path readme, Path folder, Results results, Browser browser)
      throws IOException {
    String text = read(readme);
    int begin = line(text, BEGIN, 0, readme) + BEGIN.length();
    int end = line(text, END, begin, readme);
    List<SvgFiles.Picture> pictures = SvgFiles.draw(results, browser);
    Files.createDirectories(folder);
    for (SvgFiles.Picture picture : pictures) {
      OutputFile.write(folder.resolve(picture.name() + "-light.svg"), picture.light());
      OutputFile.write(folder.resolve(picture.name() + "-dark.svg"), picture.dark());
    }
    Path home = readme.toAbsolutePath().normalize().getParent();
    String relative =
        home.relativize(folder.toAbsolutePath().normalize())
            .toString()
            .replace(File.separatorChar, '/');
    String section =
        pictures.stream().map(p -> picture(p, relative)).collect(Collectors.joining("\n"));
    OutputFile.write(
        readme, text.substring(0, begin) + "\n" + section(results, section) + text.substring(end));
  }

  private static String read(Path readme) throws IOException {
    try {
      return Files.readString(readme);
    } catch (NoSuchFileException e) {
      throw new IOException(readme + " does not exist", e);
    }
  }

  /** Where a marker begins; it has a line for itself. */
  private static int line(String text, String marker, int from, Path readme) throws IOException {
    int at = text.indexOf(marker, from);
    boolean alone =
        at >= 0
            && (at == 0 || text.charAt(at - 1) == '\n')
            && text.substring(at + marker.length()).matches("(?s)\\s*(\\R.*)?");
    if (!alone) {
      throw new IOException(
          "%s has no line %s%s"
              .formatted(readme, marker, from > 0 ? " after the line " + BEGIN : ""));
    }
    return at;
  }

  private static String picture(SvgFiles.Picture picture, String folder) {
    return """
    <picture>
      <source media="(prefers-color-scheme: dark)" srcset="%1$s/%2$s-dark.svg">
      <img alt="%3$s" src="%1$s/%2$s-light.svg">
    </picture>
    """
        .formatted(folder, picture.name(), picture.title());
  }

  /** The lines between the markers. */
  private static String section(Results results, String pictures) {
    ResultsText text = ResultsText.of(results);
    return String.join(
        "\n",
        "",
        where(results),
        "    " + text.commandLine().replaceAll("\\R", " ") + "\n",
        pictures,
        FigureTable.of(results).markdown(),
        Table.escapeLines(FigureTable.legend(results)),
        calibration(results, text),
        "### Where lanewise loses\n",
        losses(text),
        above(text),
        "### How the figures were made\n",
        bullets(text.warnings()) + bullets(text.method()) + "\n");
  }

  private static String where(Results results) {
    Environment environment = results.environment();
    return "Measured on %s, %d processors; JDK %s; lanewise by %s; %s run of %d rounds, begun %s.\n"
        .formatted(
            Table.escape(environment.processor().model()),
            environment.processor().available(),
            Table.escape(environment.jvm().version()),
            Table.escape(Tables.code(environment)),
            results.settings().full() ? "full" : "quick",
            results.rounds(),
            Table.escape(results.started()));
  }

  private static String calibration(Results results, ResultsText text) {
    Table peaks = Tables.peaks(text.roofs());
    Table bandwidths = Tables.bandwidths(text.roofs(), results.environment().processor());
    return "### Calibration\n\n%s:\n\n%s\n%s:\n\n%s"
        .formatted(peaks.title(), peaks.markdown(), bandwidths.title(), bandwidths.markdown());
  }

  private static String losses(ResultsText text) {
    List<String> sentences = text.losses().stream().map(ResultsText::sentence).toList();
    return sentences.isEmpty()
        ? "In no case that was measured.\n"
        : "All cases in which it is slower than another implementation, the worst first:\n\n"
            + bullets(sentences);
  }

  private static String above(ResultsText text) {
    List<String> figures = text.above();
    return figures.isEmpty()
        ? ""
        : "### Above the roof\n\nFaster than the machine can be, so errors of measurement:\n\n"
            + bullets(figures);
  }

  private static String bullets(List<String> texts) {
    return texts.stream()
        .map(text -> "- " + Table.escape(text) + "\n")
        .collect(Collectors.joining());
  }
}
