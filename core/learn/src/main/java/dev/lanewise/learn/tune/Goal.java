package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.Comparator;
import java.util.List;

/** Which scores are better. */
public enum Goal {
  /** The lower ones, such as a loss. */
  MINIMISE,
  /** The higher ones, such as an accuracy. */
  MAXIMISE;

  /** What is lower for a better score. */
  double loss(double score) {
    // 0 has one sign, so that it ties with itself.
    return (this == MINIMISE ? score : -score) + 0.0;
  }

  /**
   * The finished ones, the best first; equal scores in order of their trials.
   *
   * @param outcomes how trials ended
   * @return those that have a score
   */
  public List<Outcome> ranked(List<Outcome> outcomes) {
    return Checks.copy("Goal", "outcomes", outcomes).stream()
        .filter(outcome -> outcome.status() == Outcome.Status.FINISHED)
        .sorted(
            Comparator.comparingDouble((Outcome outcome) -> loss(outcome.score()))
                .thenComparingInt(Outcome::trial))
        .toList();
  }
}
