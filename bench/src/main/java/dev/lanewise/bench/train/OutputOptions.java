package dev.lanewise.bench.train;

import dev.lanewise.bench.console.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What training leaves behind. */
public final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The model, in safetensors (default: ${DEFAULT-VALUE}). It is written after each epoch,"
              + " so that --resume can go on with it.")
  private Path model = Path.of("model.safetensors");

  @Option(names = "--overwrite", description = "Replaces the model file if there is one.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Goes on with the model file where it was stopped, by the same options, to the same"
              + " bits.")
  private boolean resume;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Writes a page (HTML) with learning curves and confusion matrix, which opens without a"
              + " network.")
  private Path report;

  @Option(
      names = "--curves",
      paramLabel = "FILE",
      description = "Writes loss and accuracy of each epoch as CSV.")
  private Path curves;

  @Option(names = "--quiet", description = "Shows no progress, but the result.")
  private boolean quiet;

  /** By default. */
  public OutputOptions() {}

  /** The model file. */
  public Path model() {
    return model;
  }

  /** Whether to go on with it. */
  public boolean isResuming() {
    return resume;
  }

  /** Whether it may be replaced. */
  public boolean isOverwriting() {
    return overwrite;
  }

  /** The page; null if there shall be none. */
  public Path report() {
    return report;
  }

  /** The learning curves; null if there shall be none. */
  public Path curves() {
    return curves;
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
   * @throws IllegalArgumentException if an option's value is none, or two do not go together
   */
  public void check(List<Path> inputs) throws IOException {
    if (resume && overwrite) {
      throw new IllegalArgumentException(
          "--resume goes on with %s and --overwrite replaces it; expected one of them"
              .formatted(model));
    }
    if (resume && !Files.exists(model)) {
      throw new IllegalArgumentException(
          "--resume: %s does not exist; without --resume it is begun".formatted(model));
    }
    List<Path> read = new ArrayList<>(inputs);
    OutputFile.check("--out", model, read);
    if (Files.exists(model) && !resume && !overwrite) {
      throw new IllegalArgumentException(
          "%s exists; --resume goes on with it, --overwrite replaces it, --out names another"
              .formatted(model));
    }
    read.add(model);
    if (report != null) {
      OutputFile.check("--report", report, read);
      read.add(report);
    }
    if (curves != null) {
      OutputFile.check("--curves", curves, read);
    }
  }
}
