package dev.lanewise.learn.data;

import dev.lanewise.learn.internal.Checks;

/**
 * A data set in two parts, which share no sample.
 *
 * @param first for example what is trained on
 * @param second the other samples, for example what is tested on
 */
public record Split(Dataset first, Dataset second) {
  /** Neither part is null. */
  public Split {
    Checks.notNull("Split", "first", first);
    Checks.notNull("Split", "second", second);
  }
}
