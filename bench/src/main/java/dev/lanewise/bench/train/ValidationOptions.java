package dev.lanewise.bench.train;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import dev.lanewise.learn.train.EarlyStopping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Samples that are not trained on, but evaluated after each epoch. */
public final class ValidationOptions {
  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description =
          "Keeps this share of the samples, such as 0.2, drawn by the seed, out of training and"
              + " evaluates on them after each epoch.")
  private Double fraction;

  @Option(
      names = "--validate",
      split = ",",
      paramLabel = "FILE",
      description = "Evaluates on this file, or INPUTS,LABELS of a pair, after each epoch.")
  private List<Path> files = List.of();

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Ends training when the loss on these samples has not fallen for N epochs, and returns"
              + " to the best epoch.")
  private Integer patience;

  /** By default. */
  public ValidationOptions() {}

  /** The files to validate on; none without the option. */
  List<Path> files() {
    return files;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a value is none, or two do not go together
   */
  void check() {
    if (fraction != null && !(fraction > 0 && fraction < 1)) {
      throw Limits.expected("--validation", fraction, "more than 0 and less than 1");
    }
    if (fraction != null && !files.isEmpty()) {
      throw new IllegalArgumentException(
          "--validation %s and --validate %s; expected one of them"
              .formatted(fraction, files.getFirst()));
    }
    if (patience != null) {
      Limits.atLeastOne("--patience", patience);
      if (fraction == null && files.isEmpty()) {
        throw new IllegalArgumentException(
            "--patience: %d, and nothing to validate on; give --validation or --validate"
                .formatted(patience));
      }
    }
  }

  /** The rule; null without one. */
  EarlyStopping stopping() {
    return patience == null ? null : EarlyStopping.after(patience);
  }

  /**
   * What is trained on and what is validated on, which is null if nothing is.
   *
   * @throws IllegalArgumentException if a part would be empty
   */
  Split split(Dataset all, CsvOptions csv, long seed) throws IOException {
    if (fraction != null) {
      Split split = all.split(1 - fraction, seed);
      if (split.first().samples() == 0 || split.second().samples() == 0) {
        throw new IllegalArgumentException(
            "--validation: %s of %d samples leaves %d to train on and %d to validate on"
                .formatted(
                    fraction, all.samples(), split.first().samples(), split.second().samples()));
      }
      return split;
    }
    return new Split(
        all,
        files.isEmpty()
            ? null
            : SampleFiles.labelled(files, csv).read(all.classes(), all.features()));
  }
}
