package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.train.EarlyStopping;
import picocli.CommandLine.Option;

/** What is validated on, and whether training ends by it. */
public final class ValidationOptions extends HeldOutOptions {
  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Ends training when the loss on these samples has not fallen for N epochs, and returns"
              + " to the best epoch.")
  private Integer patience;

  /** By default. */
  public ValidationOptions() {}

  @Override
  public void check() {
    super.check();
    if (patience != null) {
      Limits.atLeastOne("--patience", patience);
      if (!isGiven()) {
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
}
