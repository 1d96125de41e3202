package dev.lanewise.learn.data;

import java.util.Objects;

/**
 * A data set in two parts, which share no sample.
 *
 * @param first for example what is trained on
 * @param second the other samples, for example what is tested on
 */
public record Split(Dataset first, Dataset second) {
  /** Neither part is null. */
  public Split {
    Objects.requireNonNull(first, "Split: first is null");
    Objects.requireNonNull(second, "Split: second is null");
  }
}
