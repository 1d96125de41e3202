package dev.lanewise.learn.tune;

import java.util.List;
import java.util.Objects;

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
    Objects.requireNonNull(assignment, "assignment");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(error, "error");
    reports = List.copyOf(reports);
  }
}
