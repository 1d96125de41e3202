package dev.lanewise.spark;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Trial;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * Runs a trial in a task. A trial that fails is a result: Spark repeats only what it has lost.
 *
 * <p>It travels as a task's code, which Spark always writes by Java's serialization.
 *
 * @param objective gives the score; serialisable
 * @param request the trial
 */
record TrialTask(Objective objective, TrialRequest request)
    implements Function<Integer, TrialReply> {
  @Override
  public TrialReply call(Integer number) {
    TaskContext context = TaskContext.get();
    Trial trial = request.trial(context::isInterrupted);
    TrialReply reply;
    try {
      reply = new TrialReply(trial, objective.score(trial), null);
    } catch (Throwable e) {
      reply = new TrialReply(trial, Double.NaN, text(e));
    }
    if (context.isInterrupted()) {
      throw new TaskKilledException("trial " + number + " was asked to stop");
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
