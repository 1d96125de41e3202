package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal holds, how a study goes on from it, and which files are refused. */
@Timeout(60)
class JournalTest {
  private static final Space SPACE =
      Space.empty().integer("n", 0, 9).choice("c", "a", "b").uniform("x", 0, 1);
  private static final int TRIALS = 6;

  /** Trial 1 fails, the score of another is its x. */
  private static final Objective OBJECTIVE =
      trial -> {
        trial.report(1, 0.5);
        trial.report(2, trial.number());
        if (trial.number() == 1) {
          throw new IOException("no \"such\"\nfile: \u00fc");
        }
        return trial.assignment().number("x");
      };

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("study.jsonl");
  }

  private Study study(Objective objective) {
    return Study.of(SPACE, Sampler.random(TRIALS), objective).withSeed(3).withJournal(file);
  }

  private static List<Outcome> undisturbed() throws IOException {
    return Study.of(SPACE, Sampler.random(TRIALS), OBJECTIVE).withSeed(3).run().outcomes();
  }

  /** Lines of the journal of a complete study. */
  private List<String> lines() throws IOException {
    study(OBJECTIVE).run();
    return new ArrayList<>(Files.readAllLines(file));
  }

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

  /** By another name of the file too; and the first study keeps its lock. */
  @Test
  void aLinkIsTheSameFile() throws IOException {
    Path link = file.resolveSibling("link.jsonl");
    Objective objective =
        trial -> {
          if (trial.number() == 0) {
            if (!Files.exists(link)) {
              Files.createLink(link, file);
            }
            IOException e =
                assertThrows(IOException.class, () -> study(OBJECTIVE).withJournal(link).run());
            assertEquals(link + " is in use by another study of this process", e.getMessage());
          }
          return OBJECTIVE.score(trial);
        };
    List<Outcome> outcomes = study(objective).run().outcomes();
    assertEquals(undisturbed(), outcomes);
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

  private static String first(byte[] whole) {
    return new String(whole, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
  }

  private void refused(String words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    DataException e = assertThrows(DataException.class, () -> study(OBJECTIVE).run());
    assertTrue(e.getMessage().startsWith(file + ""), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** Line 3, the end of trial 0, replaced. */
  private void damaged(String line, String words) throws IOException {
    List<String> lines = lines();
    lines.set(2, line);
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(words);
    Files.delete(file);
  }

  @Test
  void damageIsNamedByItsLine() throws IOException {
    damaged("{\"trial\":0,\"bud", ": line 3: {\"trial\":0,\"bud: it is no JSON: ");
    damaged("", ": line 3: : it is no JSON object");
    damaged("17", ": line 3: 17: it is no JSON object");
    damaged("{\"trial\":0} {}", "it is no JSON: ");
    damaged("{\"trial\":0,\"trial\":0}", "it is no JSON: ");
    damaged("{\"trial\":\"0\",\"budget\":1}", "\"trial\" is \"0\"; expected an integer");
    damaged("{\"trial\":0.5,\"budget\":1}", "\"trial\" is 0.5; expected an integer");
    damaged("{\"trial\":99999999999}", "\"trial\" is 99999999999; expected an integer");
    damaged("{\"trial\":0}", "\"budget\" is missing");
    damaged("{\"trial\":0,\"budget\":1}", "\"event\" is missing");
    String end = "{\"trial\":0,\"budget\":1,\"event\":";
    damaged(end + "7}", "\"event\" is 7; expected a text");
    damaged(end + "\"gone\"}", "\"event\" is \"gone\"");
    damaged(end + "\"started\"}", "\"parameters\" is missing");
    damaged(end + "\"finished\",\"reports\":[]}", "\"score\" is missing");
    damaged(end + "\"finished\",\"score\":\"1\"}", "\"score\" is \"1\"; expected a finite number");
    damaged(end + "\"finished\",\"score\":1e999}", "expected a finite number");
    damaged(end + "\"finished\",\"score\":NaN}", "it is no JSON: ");
    damaged(end + "\"finished\",\"score\":1}", "\"reports\" is missing");
    damaged(end + "\"finished\",\"score\":1,\"reports\":[1]}", "\"reports\" has 1; expected [step");
    damaged(end + "\"finished\",\"score\":1,\"reports\":[[1]]}", "\"reports\" has [1]; expected");
    damaged(
        end + "\"finished\",\"score\":1,\"reports\":[[1.5,2]]}", "\"step\" is 1.5; expected an");
    damaged(end + "\"failed\",\"reports\":[]}", "\"error\" is missing");
    damaged(
        end + "\"finished\",\"score\":1,\"reports\":[[2,0],[2,1]]}",
        "\"reports\" has step 2 after step 2");
    damaged("{\"trial\":-1,\"budget\":1}", "\"trial\" is -1; it must be at least 0");
    damaged("{\"trial\":0,\"budget\":0}", "\"budget\" is 0; it must be at least 1");
    damaged(
        "{\"trial\":7,\"budget\":1,\"event\":\"failed\",\"error\":\"\",\"reports\":[]}",
        ": line 3: {\"trial\":7,\"budget\":1,\"event\":\"failed\",\"…: trial 7 at budget 1 has"
            + " not");
  }

  @Test
  void damagedOrderIsNamedByItsLine() throws IOException {
    List<String> lines = lines();
    lines.add(lines.get(2));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(
        ": line 14: {\"trial\":0,\"budget\":1,\"event\":\"finished\"…: trial 0 at budget 1 has"
            + " ended in line 3");
    lines.set(13, lines.get(1));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused("trial 0 at budget 1 has ended in line 3");
    lines.removeLast();
    String start = lines.get(3);
    lines.set(3, start.replaceFirst("\"n\":\\d", "\"n\":77"));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(": line 4: trial 1 at budget 1 has the parameters {\"n\":77,");
    refused("expected " + start.substring(start.indexOf("{\"n\""), start.length() - 1) + ", which");
    lines.add(4, start);
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused("trial 1 at budget 1 has other parameters in line 4: {\"n\":77,");
    lines.remove(4);
    lines.set(3, start.replace("\"trial\":1", "\"trial\":91"));
    lines.set(4, lines.get(4).replace("\"trial\":1", "\"trial\":91"));
    Files.writeString(file, String.join("\n", lines) + "\n");
    DataException e = assertThrows(DataException.class, () -> study(OBJECTIVE).run());
    assertEquals(
        file + ": line 4: the sampler never proposes trial 91 at budget 1", e.getMessage());
    lines.set(3, start);
    lines.set(4, lines.get(4).replace("\"trial\":91", "\"trial\":1"));
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    bytes[lines.get(0).length() + 5] = (byte) 0xff;
    Files.write(file, bytes);
    refused(": it is no UTF-8");
  }

  @Test
  void aFileOfAnotherKindIsLeftAlone() throws IOException {
    Files.writeString(file, "name,label\n1,2\n");
    refused(": line 1: name,label: it is no JSON: ");
    Files.writeString(file, "{\"trial\":1}\n");
    refused(": line 1: {\"trial\":1}: \"journal\" is missing; it is no journal of a study");
    Files.writeString(file, "one line without an end, of which more follows");
    refused(": line 1: one line without an end, of which more f…: it is not the beginning of");
    Files.writeString(file, "{\"journal\":\"lanewise study\",\"version\":1,\"space\":\"y");
    refused("it is not the beginning of a journal of this study");
  }

  private void another(Study study, String words) throws IOException {
    lines();
    byte[] before = Files.readAllBytes(file);
    DataException e = assertThrows(DataException.class, () -> study.withJournal(file).run());
    assertEquals(file + " is the journal of another study: " + words, e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aJournalOfAnotherStudyIsRefused() throws IOException {
    another(study(OBJECTIVE).withSeed(4), "seed is 3 there and 4 here");
    another(study(OBJECTIVE).maximising(), "goal is \"minimise\" there and \"maximise\" here");
    another(
        study(OBJECTIVE).withDescription("of \"iris\""),
        "description is \"\" there and \"of \\\"iris\\\"\" here");
    another(
        Study.of(SPACE, Sampler.random(7), OBJECTIVE).withSeed(3),
        "sampler is \"random(6)\" there and \"random(7)\" here");
    another(
        Study.of(Space.empty().integer("n", 0, 9), Sampler.random(6), OBJECTIVE).withSeed(3),
        "space is \"n: integer(0, 9); c: choice(a, b); x: uniform(0.0, 1.0)\" there and"
            + " \"n: integer(0, 9)\" here");
    Files.writeString(
        file, first(Files.readAllBytes(file)).replace("1,\"space", "2,\"space") + "\n");
    refused("version is 2 there and 1 here");
    Files.delete(file);
    lines();
    assertTrue(study(OBJECTIVE).withWorkers(2).withTimeout(Duration.ofDays(1)).run().complete());
  }

  @Test
  void twoStudiesOfAProcessAreRefused() throws IOException {
    Path link = folder.resolve("link.jsonl");
    List<String> messages = new ArrayList<>();
    Objective nested =
        trial -> {
          if (trial.number() == 0) {
            if (!Files.exists(link)) {
              Files.createSymbolicLink(link, file);
            }
            for (Path path : List.of(file, link)) {
              Study other = study(OBJECTIVE).withJournal(path);
              messages.add(assertThrows(IOException.class, other::run).getMessage());
            }
          }
          return OBJECTIVE.score(trial);
        };
    assertEquals(undisturbed(), study(nested).run().outcomes());
    assertEquals(
        List.of(
            file + " is in use by another study of this process",
            link + " is in use by another study of this process"),
        messages);
    assertTrue(study(OBJECTIVE).run().complete());
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    Path absent = folder.resolve("absent").resolve("study.jsonl");
    for (Path path : List.of(absent, folder)) {
      Study study = study(OBJECTIVE).withJournal(path);
      String message = assertThrows(IOException.class, study::run).getMessage();
      assertTrue(message.startsWith(path + " cannot be opened: "), message);
    }
    assertFalse(Files.exists(absent));
  }
}
