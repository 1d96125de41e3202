package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;

/**
 * What a sampler asks for: a trial, run with a budget.
 *
 * @param trial the number of the trial, from 0 on
 * @param assignment the trial's parameters
 * @param budget what it may spend, in the objective's own unit, at least 1
 */
public record Proposal(int trial, Assignment assignment, int budget) {
  /** Checks the numbers. */
  public Proposal {
    Checks.notNull("Proposal", "assignment", assignment);
    if (trial < 0 || budget < 1) {
      throw new IllegalArgumentException(
          "Proposal: trial is %d and budget %d; they must be at least 0 and 1"
              .formatted(trial, budget));
    }
  }
}
