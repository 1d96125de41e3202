package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Study;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a child process runs: a study with a journal, of trials that take some milliseconds. */
public final class JournalledStudyMain {
  private JournalledStudyMain() {}

  /** Its rounds depend on scores, so that a lost or changed one would show. */
  public static Study study(Path journal, int millis, Runnable whenTrialStarts) {
    Objective objective =
        trial -> {
          whenTrialStarts.run();
          Thread.sleep(millis);
          double score = Benchmarks.branin(trial.assignment());
          trial.report(1, score + 1);
          if (trial.number() % 11 == 5) {
            throw new IllegalStateException("trial " + trial.number());
          }
          return score;
        };
    return Study.of(Benchmarks.BRANIN, Sampler.coarseToFine(150), objective)
        .withSeed(4)
        .withWorkers(2)
        .withJournal(journal);
  }

  /**
   * Prints a line when the first trial starts, and another when the study is complete.
   *
   * @param arguments the journal and the milliseconds of a trial
   */
  public static void main(String[] arguments) throws IOException {
    AtomicBoolean running = new AtomicBoolean();
    Runnable print =
        () -> {
          if (!running.getAndSet(true)) {
            System.out.println("running");
          }
        };
    study(Path.of(arguments[0]), Integer.parseInt(arguments[1]), print).run();
    System.out.println("complete");
  }
}
