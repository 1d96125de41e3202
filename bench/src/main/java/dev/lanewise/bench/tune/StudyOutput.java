package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a study leaves behind. */
public final class StudyOutput {
  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "Each trial as it ends, in JSON Lines (default: ${DEFAULT-VALUE}). The same command goes"
              + " on with what is in the file.")
  private Path journal = Path.of("study.jsonl");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Writes a page (HTML) with the best trials and what mattered, which opens without a"
              + " network.")
  private Path report;

  @Option(names = "--quiet", description = "Shows no progress, but the result.")
  private boolean quiet;

  /** By default. */
  public StudyOutput() {}

  /** The journal. */
  public Path journal() {
    return journal;
  }

  /** The page; null if there shall be none. */
  public Path report() {
    return report;
  }

  /** Whether progress is not shown. */
  public boolean isQuiet() {
    return quiet;
  }

  /**
   * Checks that files can be written and that nothing is lost by it.
   *
   * @param inputs files that are read
   * @throws IOException if the files cannot be compared
   * @throws IllegalArgumentException if a file cannot be written, or is another one too
   */
  public void check(List<Path> inputs) throws IOException {
    List<Path> others = new ArrayList<>(inputs);
    OutputFile.check("--journal", journal, others);
    others.add(journal);
    if (report != null) {
      OutputFile.check("--report", report, others);
    }
  }
}
