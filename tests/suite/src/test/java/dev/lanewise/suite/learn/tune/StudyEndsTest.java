package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of trials that fail or do not finish, and of studies that are stopped. */
@Timeout(60)
class StudyEndsTest {
  private static final Space SPACE = Benchmarks.BRANIN;

  @AfterEach
  void noThreadIsLeftBehind() {
    assertEquals(List.of(), TrialThreads.names());
    assertFalse(Thread.interrupted());
  }

  private static List<Status> statuses(StudyResult result) {
    return result.outcomes().stream().map(Outcome::status).toList();
  }

  @Test
  void trialsThatFailAreRecordedAndTheStudyGoesOn() throws Exception {
    Objective objective =
        trial ->
            switch (trial.number()) {
              case 0 -> throw new IOException("no such file");
              case 1 -> throw new StackOverflowError();
              case 2 -> Double.NaN;
              case 3 -> Double.NEGATIVE_INFINITY;
              case 4 -> throw new InterruptedException("mine");
              default -> trial.number();
            };
    StudyResult result = Study.of(SPACE, Sampler.random(7), objective).withWorkers(2).run();
    assertTrue(result.complete());
    assertEquals(
        List.of(
            "java.io.IOException: no such file",
            "java.lang.StackOverflowError",
            "the score is NaN; it must be finite",
            "the score is -Infinity; it must be finite",
            "java.lang.InterruptedException: mine",
            "",
            ""),
        result.outcomes().stream().map(Outcome::error).toList());
    for (Outcome outcome : result.outcomes().subList(0, 5)) {
      assertEquals(Status.FAILED, outcome.status());
      assertEquals(Double.NaN, outcome.score());
    }
    assertEquals(5.0, result.best().orElseThrow().score());
    StudyResult none = Study.of(SPACE, Sampler.random(2), trial -> Double.NaN).maximising().run();
    assertEquals(Optional.empty(), none.best());
    assertTrue(none.complete());
  }

  /** Whatever is thrown, the trial ends. */
  @Test
  void exceptionsMayHaveLongMessagesOrNone() throws Exception {
    Objective objective =
        trial -> {
          if (trial.number() == 0) {
            throw new IllegalStateException("x".repeat(1 << 20));
          }
          throw new IllegalStateException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
              throw new UnsupportedOperationException();
            }
          };
        };
    StudyResult result = Study.of(SPACE, Sampler.random(2), objective).run();
    assertEquals(List.of(Status.FAILED, Status.FAILED), statuses(result));
    assertEquals(2000, result.outcomes().get(0).error().length());
    assertTrue(result.outcomes().get(1).error().startsWith(StudyEndsTest.class.getName() + "$"));
  }

  @Test
  void trialsThatTakeTooLongAreMarked() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    Objective objective =
        trial -> {
          trial.report(1, 0.5);
          if (trial.number() == 2) {
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              if (trial.shouldStop()) {
                trial.report(2, 0.7);
                interrupts.incrementAndGet();
              }
            }
          }
          return trial.number();
        };
    for (int workers = 1; workers <= 2; workers++) {
      Study study = Study.of(SPACE, Sampler.random(4), objective).withWorkers(workers);
      StudyResult result = study.withTimeout(Duration.ofSeconds(1)).run();
      assertTrue(result.complete());
      assertEquals(
          List.of(Status.FINISHED, Status.FINISHED, Status.TIMED_OUT, Status.FINISHED),
          statuses(result));
      Outcome late = result.outcomes().get(2);
      assertEquals("not finished after PT1S", late.error());
      assertEquals(Double.NaN, late.score());
      assertEquals(List.of(new Report(1, 0.5)), late.reports());
      assertEquals(workers, interrupts.get());
    }
  }

  /** A thread cannot be killed; the study goes on without it. */
  @Test
  void trialsThatDoNotStopAreGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Objective objective =
        trial -> {
          boolean waiting = trial.number() == 0;
          while (waiting) {
            try {
              end.await();
              waiting = false;
            } catch (InterruptedException e) {
              assertTrue(trial.shouldStop());
            }
          }
          return trial.number();
        };
    StudyResult result =
        Study.of(SPACE, Sampler.random(3), objective).withTimeout(Duration.ofMillis(200)).run();
    assertEquals(List.of(Status.TIMED_OUT, Status.FINISHED, Status.FINISHED), statuses(result));
    assertEquals(List.of("lanewise-trial-0"), TrialThreads.names());
    end.countDown();
    while (!TrialThreads.names().isEmpty()) {
      Thread.sleep(1);
    }
  }

  @Test
  void aLongTimeoutIsNone() throws Exception {
    Study study = Study.of(SPACE, Sampler.random(3), trial -> 1);
    assertTrue(study.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)).run().complete());
  }

  /** Trials 0 to 3 end, two others wait; either way to stop ends those without an outcome. */
  private static StudyResult stopped(boolean byInterrupt) throws Exception {
    CountDownLatch waiting = new CountDownLatch(2);
    Objective objective =
        trial -> {
          if (trial.number() >= 4) {
            waiting.countDown();
            while (!trial.shouldStop()) {
              try {
                Thread.sleep(10_000);
              } catch (InterruptedException e) {
                assertTrue(trial.shouldStop());
              }
            }
            // A score that is none, as this trial was cut short.
            return -1;
          }
          return trial.number();
        };
    Study study = Study.of(SPACE, Sampler.random(10), objective).withWorkers(2);
    Thread caller = Thread.currentThread();
    Thread stopper =
        new Thread(
            () -> {
              try {
                waiting.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              if (byInterrupt) {
                caller.interrupt();
              } else {
                study.stop();
              }
            });
    stopper.start();
    StudyResult result = study.run();
    assertEquals(byInterrupt, Thread.interrupted());
    stopper.join();
    return result;
  }

  @Test
  void stoppingKeepsWhatHasEnded() throws Exception {
    for (boolean byInterrupt : new boolean[] {false, true}) {
      StudyResult result = stopped(byInterrupt);
      assertFalse(result.complete());
      assertEquals(List.of(0, 1, 2, 3), result.outcomes().stream().map(Outcome::trial).toList());
      assertEquals(0.0, result.best().orElseThrow().score());
      assertEquals(List.of(), TrialThreads.names());
    }
  }

  @Test
  void aStoppedStudyStartsNothing() throws Exception {
    Study study = Study.of(SPACE, Sampler.random(3), trial -> 1);
    study.stop();
    StudyResult result = study.run();
    assertFalse(result.complete());
    assertEquals(List.of(), result.outcomes());
    assertTrue(study.withSeed(3).run().complete());
  }
}
