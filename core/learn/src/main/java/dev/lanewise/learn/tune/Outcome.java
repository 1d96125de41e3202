package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;

/**
 * How a trial ended at a budget.
 *
 * @param trial the number of the trial
 * @param assignment its parameters
 * @param budget what it could spend
 * @param status whether it has a score
 * @param score the score, finite; NaN without one
 * @param error why there is no score; empty for a finished trial
 * @param reports its scores on the way, by step
 */
public record Outcome(
    int trial,
    Assignment assignment,
    int budget,
    Status status,
    double score,
    String error,
    List<Report> reports) {
  /** How a trial ends. */
  public enum Status {
    /** With a score. */
    FINISHED,
    /** With an exception, or a score that is no finite number. */
    FAILED,
    /** Not before its time was over. */
    TIMED_OUT
  }

  /** Copies the list. */
  public Outcome {
    Checks.notNull("Outcome", "assignment", assignment);
    Checks.notNull("Outcome", "status", status);
    Checks.notNull("Outcome", "error", error);
    reports = Checks.copy("Outcome", "reports", reports);
  }
}
