package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Samples that are not trained on, but evaluated after each epoch: a share of all, or files. */
public class HeldOutOptions {
  private static final String SHARE = "--validation";
  private static final String FILES = "--validate";
  private static final String SEED = "--split-seed";

  @Option(
      names = SHARE,
      paramLabel = "FRACTION",
      description =
          "Keeps this share of the samples, such as 0.2, drawn by the seed, out of training and"
              + " evaluates on them after each epoch.")
  private Double fraction;

  @Option(
      names = SEED,
      paramLabel = "N",
      description = "Draws that share by this number in place of --seed.")
  private Long seed;

  @Option(
      names = FILES,
      split = ",",
      paramLabel = "FILE",
      description = "Evaluates on this file, or INPUTS,LABELS of a pair, after each epoch.")
  private List<Path> files = List.of();

  /** By default. */
  public HeldOutOptions() {}

  /**
   * Takes a share if nothing is given.
   *
   * @param share the share
   */
  public void useShare(double share) {
    if (!isGiven()) {
      fraction = share;
    }
  }

  /** Whether anything is validated on. */
  boolean isGiven() {
    return fraction != null || !files.isEmpty();
  }

  /**
   * The files to validate on.
   *
   * @param csv how CSV files are laid out
   * @return the files, which are there; none without the option
   * @throws IOException if one is not there, or cannot be read
   * @throws IllegalArgumentException if they are too few, too many or of different kinds
   */
  public List<Path> files(CsvOptions csv) throws IOException {
    return files.isEmpty() ? files : SampleFiles.labelled(files, csv).files();
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a value is none, or two do not go together
   */
  public void check() {
    if (fraction != null && !(fraction > 0 && fraction < 1)) {
      throw Limits.expected(SHARE, fraction, "more than 0 and less than 1");
    }
    if (fraction != null && !files.isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s and %s %s; expected one of them".formatted(SHARE, fraction, FILES, files.get(0)));
    }
    if (seed != null && fraction == null) {
      throw new IllegalArgumentException(
          "%s: %d draws a share of the samples; give %s".formatted(SEED, seed, SHARE));
    }
  }

  /**
   * What is trained on and what is validated on, which is null if nothing is.
   *
   * @param all the samples
   * @param csv how CSV files are laid out
   * @param usualSeed draws a share, unless another number is given
   * @return the parts
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a part would be empty
   */
  public TrainingData split(Dataset all, CsvOptions csv, long usualSeed) throws IOException {
    if (fraction != null) {
      Split split = all.split(1 - fraction, drawn(usualSeed));
      if (split.first().samples() == 0 || split.second().samples() == 0) {
        throw new IllegalArgumentException(
            "%s: %s of %d samples leaves %d to train on and %d to validate on"
                .formatted(
                    SHARE,
                    fraction,
                    all.samples(),
                    split.first().samples(),
                    split.second().samples()));
      }
      return new TrainingData(split.first(), split.second());
    }
    return new TrainingData(
        all,
        files.isEmpty()
            ? null
            : SampleFiles.labelled(files, csv).read(all.classes(), all.features()));
  }

  private long drawn(long usualSeed) {
    return seed == null ? usualSeed : seed;
  }

  /**
   * The options by which another command validates on the same samples, whatever its seed.
   *
   * @param usualSeed draws a share, unless another number is given
   * @return words of its command line
   */
  public List<String> words(long usualSeed) {
    List<String> words = new ArrayList<>();
    if (fraction != null) {
      words.addAll(List.of(SHARE, fraction.toString(), SEED, Long.toString(drawn(usualSeed))));
    } else if (!files.isEmpty()) {
      words.add(FILES);
      words.add(files.stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    return words;
  }
}
