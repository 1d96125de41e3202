package dev.lanewise.spark;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Trial;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * Runs a trial in a task. A trial that fails is a result: Spark repeats only what it has lost.
 *
 * @param objective gives the score; serialisable
 */
record TrialTask(Objective objective) implements Function<TrialRequest, TrialReply> {
  @Override
  public TrialReply call(TrialRequest request) {
    TaskContext context = TaskContext.get();
    Trial trial = request.trial(context::isInterrupted);
    TrialReply reply;
    try {
      reply = TrialReply.of(trial, objective.score(trial), null);
    } catch (Throwable e) {
      reply = TrialReply.of(trial, Double.NaN, text(e));
    }
    if (context.isInterrupted()) {
      throw new TaskKilledException("trial " + request.number() + " was asked to stop");
    }
    return reply;
  }

  private static String text(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException | Error e) {
      // An exception's own message may fail; the trial has to end nevertheless.
      return thrown.getClass().getName();
    }
  }
}
