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
      if (isEnding()) {
        // What fails as files and classes go away says nothing of the trial: Spark repeats it.
        throw new IllegalStateException("trial " + number + ": the executor is ending", e);
      }
      reply = new TrialReply(trial, Double.NaN, text(e));
    }
    if (context.isInterrupted()) {
      throw new TaskKilledException("trial " + number + " was asked to stop");
    }
    return reply;
  }

  /** Whether this JVM is being shut down, when it takes no more hooks. */
  private static boolean isEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
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
