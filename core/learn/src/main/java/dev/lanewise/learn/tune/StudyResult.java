package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;
import java.util.Optional;

/**
 * What a study found.
 *
 * @param goal which scores are better
 * @param outcomes how trials ended, in the order of the sampler's proposals
 * @param complete whether all trials have ended; otherwise the study was stopped
 */
public record StudyResult(Goal goal, List<Outcome> outcomes, boolean complete) {
  /** Copies the list. */
  public StudyResult {
    Checks.notNull("StudyResult", "goal", goal);
    outcomes = Checks.copy("StudyResult", "outcomes", outcomes);
  }

  /**
   * The best of the trials that finished at the largest budget; of equal ones that with the lowest
   * number.
   *
   * @return how it ended, or nothing if no trial has finished
   */
  public Optional<Outcome> best() {
    List<Outcome> ranked = goal.ranked(outcomes);
    int most = ranked.stream().mapToInt(Outcome::budget).max().orElse(0);
    return ranked.stream().filter(outcome -> outcome.budget() == most).findFirst();
  }
}
