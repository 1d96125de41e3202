package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a journal holds, and how a study goes on from it. */
@Timeout(60)
class JournalTest extends StudyJournal {
  @Test
  void everyEventIsALine() throws IOException {
    List<String> lines = lines();
    List<Outcome> outcomes = undisturbed();
    assertEquals(1 + 2 * TRIALS, lines.size());
    assertEquals(
        "{\"journal\":\"lanewise study\",\"version\":1,\"space\":\"n: integer(0, 9); c: choice(a,"
            + " b); x: uniform(0.0,"
            + " 1.0)\",\"sampler\":\"random(6)\",\"seed\":3,\"goal\":\"minimise\","
            + "\"description\":\"\"}",
        lines.get(0));
    Outcome first = outcomes.getFirst();
    assertEquals(
        "{\"trial\":0,\"budget\":1,\"event\":\"started\",\"parameters\":"
            + "{\"n\":%d,\"c\":\"%s\",\"x\":%s}}"
                .formatted(
                    first.assignment().integer("n"),
                    first.assignment().choice("c"),
                    first.assignment().number("x")),
        lines.get(1));
    assertEquals(
        "{\"trial\":0,\"budget\":1,\"event\":\"finished\",\"score\":%s,\"reports\":[[1,0.5],[2,0.0]]}"
            .formatted(first.score()),
        lines.get(2));
    assertEquals(
        "{\"trial\":1,\"budget\":1,\"event\":\"failed\",\"error\":\"java.io.IOException:"
            + " no \\\"such\\\"\\nfile: \u00fc\",\"reports\":[[1,0.5],[2,1.0]]}",
        lines.get(4));
    assertTrue(Files.readString(file).endsWith("}\n"));
  }

  /** No trial runs again, whatever its end was. */
  @Test
  void aCompleteStudyIsRead() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Objective slow =
        trial -> {
          if (trial.number() == 4) {
            never.await();
          }
          return OBJECTIVE.score(trial);
        };
    StudyResult first = study(slow).withTimeout(Duration.ofMillis(300)).run();
    assertEquals(Status.TIMED_OUT, first.outcomes().get(4).status());
    byte[] bytes = Files.readAllBytes(file);
    StudyResult second =
        study(
                trial -> {
                  throw new AssertionError("trial " + trial.number() + " runs again");
                })
            .run();
    assertEquals(first, second);
    assertTrue(second.complete());
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  /** Budgets too, and with an interrupt instead. */
  @Test
  void aStoppedStudyGoesOn() throws Exception {
    for (boolean byInterrupt : new boolean[] {false, true}) {
      Files.deleteIfExists(file);
      Sampler halving = Sampler.halving(12, 1, 9, 3);
      List<Outcome> expected = Study.of(SPACE, halving, OBJECTIVE).run().outcomes();
      assertEquals(17, expected.size());
      int runs = 0;
      StudyResult result;
      do {
        int limit = 2 + runs % 3;
        Study[] study = new Study[1];
        AtomicInteger left = new AtomicInteger(limit);
        Thread caller = Thread.currentThread();
        Objective objective =
            trial -> {
              if (left.decrementAndGet() == 0) {
                if (byInterrupt) {
                  caller.interrupt();
                } else {
                  study[0].stop();
                }
                while (!trial.shouldStop()) {
                  Thread.onSpinWait();
                }
              }
              return OBJECTIVE.score(trial);
            };
        study[0] = Study.of(SPACE, halving, objective).withJournal(file);
        result = study[0].run();
        assertEquals(byInterrupt && !result.complete(), Thread.interrupted());
        runs++;
      } while (!result.complete());
      assertTrue(runs > 3, runs + " runs");
      assertEquals(expected, result.outcomes());
    }
  }

  /** Cut anywhere, as by a machine that stopped: at most the trials after that run again. */
  @Test
  void aTornLastLineIsCutOff() throws IOException {
    lines();
    byte[] whole = Files.readAllBytes(file);
    List<Outcome> expected = undisturbed();
    int end = new String(whole, StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
    for (int length = 0; length <= whole.length; length += step(length, end)) {
      byte[] torn = Arrays.copyOf(whole, length);
      Files.write(file, torn);
      String text = new String(torn, StandardCharsets.UTF_8);
      long ended =
          text.substring(0, text.lastIndexOf('\n') + 1)
              .lines()
              .filter(line -> line.contains("\"reports\""))
              .count();
      AtomicInteger runs = new AtomicInteger();
      List<Outcome> outcomes =
          study(
                  trial -> {
                    runs.incrementAndGet();
                    return OBJECTIVE.score(trial);
                  })
              .run()
              .outcomes();
      assertEquals(expected, outcomes, "length " + length);
      assertEquals(TRIALS - ended, runs.get(), "length " + length);
      List<String> lines = Files.readAllLines(file);
      assertEquals(TRIALS, lines.stream().filter(line -> line.contains("\"reports\"")).count());
      assertEquals(first(whole), lines.getFirst());
    }
  }

  /** Each place of the last line and those around its beginning; of the others some. */
  private static int step(int length, int lastLine) {
    return length >= lastLine - 3 ? 1 : Math.min(lastLine - 3 - length, length < 200 ? 40 : 11);
  }

  /** As under an account whose language has other digits. */
  @Test
  void aJournalIsTheSameInEveryLocale() throws IOException {
    List<String> lines = lines();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-u-nu-arabext"));
    try {
      assertEquals(undisturbed(), study(OBJECTIVE).run().outcomes());
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(lines, Files.readAllLines(file));
  }

  /** Also where nothing is written over it. */
  @Test
  void aLongTornLineIsCutOff() throws IOException {
    lines();
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, Files.readString(file) + "{\"trial\":3,".repeat(100));
    assertEquals(undisturbed(), study(OBJECTIVE).run().outcomes());
    assertArrayEquals(whole, Files.readAllBytes(file));
  }
}
