package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.Outcome.Status;
import java.util.List;
import java.util.function.Consumer;

/**
 * A trial on a thread of its own. Deadlines belong to the thread that started it; the outcome is
 * handed to that when the trial ends.
 */
final class Execution {
  /** Of the text of an exception, which may be long. */
  private static final int MAX_ERROR = 2000;

  private final Objective objective;
  private final Trial trial;
  private final Thread thread;
  private final Consumer<Execution> whenEnded;
  private long deadline;
  private Outcome outcome;
  private boolean undisturbed;

  Execution(Objective objective, Trial trial, Consumer<Execution> whenEnded) {
    this.objective = objective;
    this.trial = trial;
    this.whenEnded = whenEnded;
    this.thread = new Thread(this::run, "lanewise-trial-" + trial.number());
    thread.setDaemon(true);
  }

  void start(long limitNanos) {
    remain(limitNanos);
    thread.start();
  }

  private void run() {
    Outcome found;
    try {
      double score = objective.score(trial);
      found =
          Double.isFinite(score)
              ? outcome(Status.FINISHED, score, "")
              : failed("the score is %s; it must be finite".formatted(score));
    } catch (Throwable e) {
      found = failed(text(e));
    }
    outcome = found;
    undisturbed = !trial.shouldStop();
    whenEnded.accept(this);
  }

  private static String text(Throwable thrown) {
    try {
      String text = thrown.toString();
      return text.substring(0, Math.min(text.length(), MAX_ERROR));
    } catch (RuntimeException | Error e) {
      // An exception's own message may fail; the trial has to end nevertheless.
      return thrown.getClass().getName();
    }
  }

  /** That there is no score, because of an error. */
  Outcome failed(String error) {
    return outcome(Status.FAILED, Double.NaN, error);
  }

  /** That time is over. */
  Outcome timedOut(String error) {
    return outcome(Status.TIMED_OUT, Double.NaN, error);
  }

  private Outcome outcome(Status status, double score, String error) {
    List<Report> reports = trial.reports();
    return new Outcome(
        trial.number(), trial.assignment(), trial.budget(), status, score, error, reports);
  }

  /** How the trial ended, once it has. */
  Outcome outcome() {
    return outcome;
  }

  /** Whether it ended before it was asked to stop, so that its outcome is its own. */
  boolean isUndisturbed() {
    return undisturbed;
  }

  /** Whether its thread runs; one that does not has been handed over, if memory allowed. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether it was asked to stop. */
  boolean isAsked() {
    return trial.shouldStop();
  }

  /** Asks it to stop, and lets it have some more time for that. */
  void ask(long limitNanos) {
    trial.stop();
    thread.interrupt();
    remain(limitNanos);
  }

  private void remain(long limitNanos) {
    deadline = System.nanoTime() + limitNanos;
  }

  long remainingNanos() {
    return deadline - System.nanoTime();
  }

  /** Waits until the thread of a trial that has ended is gone too. */
  boolean join() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
