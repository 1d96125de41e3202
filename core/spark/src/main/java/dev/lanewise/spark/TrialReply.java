package dev.lanewise.spark;

import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Trial;
import java.io.Serializable;
import java.util.List;

/**
 * How a trial ended on an executor.
 *
 * @param score the score; NaN without one
 * @param error what the objective threw, as text; null if it returned
 * @param steps the steps of the trial's reports
 * @param scores their scores
 * @param machine what computed it
 */
record TrialReply(double score, String error, int[] steps, double[] scores, Machine machine)
    implements Serializable {
  static TrialReply of(Trial trial, double score, String error) {
    List<Report> reports = trial.reports();
    return new TrialReply(
        score,
        error,
        reports.stream().mapToInt(Report::step).toArray(),
        reports.stream().mapToDouble(Report::score).toArray(),
        Machine.here());
  }

  /** Tells the driver's trial what the executor's was told. */
  void report(Trial trial) {
    for (int i = 0; i < steps.length; i++) {
      trial.report(steps[i], scores[i]);
    }
  }
}
