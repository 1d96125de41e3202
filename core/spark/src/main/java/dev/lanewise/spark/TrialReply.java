package dev.lanewise.spark;

import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Trial;
import java.io.Serializable;
import java.util.List;

/** How a trial ended on an executor. No record: Kryo, if Spark is set to it, writes none. */
final class TrialReply implements Serializable {
  private static final long serialVersionUID = 1;

  private final double score;
  private final String error;
  private final int[] steps;
  private final double[] scores;
  private final Machine machine;

  /**
   * The end of a trial on this JVM.
   *
   * @param score the score; NaN without one
   * @param error what the objective threw, as text; null if it returned
   */
  TrialReply(Trial trial, double score, String error) {
    this.score = score;
    this.error = error;
    List<Report> reports = trial.reports();
    steps = reports.stream().mapToInt(Report::step).toArray();
    scores = reports.stream().mapToDouble(Report::score).toArray();
    machine = Machine.here();
  }

  double score() {
    return score;
  }

  String error() {
    return error;
  }

  Machine machine() {
    return machine;
  }

  /** Tells the driver's trial what the executor's was told. */
  void report(Trial trial) {
    for (int i = 0; i < steps.length; i++) {
      trial.report(steps[i], scores[i]);
    }
  }
}
