package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.testkit.operand.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies in processes that are killed, and in two at a time. */
class KilledStudyTest {
  private static final int KILLS = 20;
  private static final int MILLIS = 25;
  private static final int MAX_MILLIS = 60;

  /** Every so many kills come at any time, also before the first trial. */
  private static final int EARLY = 4;

  private static final int MAX_EARLY_MILLIS = 400;

  @TempDir private Path folder;

  private static Process child(Path journal, int millis) throws IOException {
    return ChildJvm.builder(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            ChildJvm.CLASS_PATH,
            JournalledStudyMain.class.getName(),
            journal.toString(),
            Integer.toString(millis))
        .redirectErrorStream(true)
        .start();
  }

  private static Study study(Path journal) {
    return JournalledStudyMain.study(journal, 0, () -> {});
  }

  /** The whole lines of a journal that hold a word, as trial and budget. */
  private static List<String> attempts(String text, String word) {
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.contains("\"event\":\"%s\"".formatted(word)))
        .map(line -> line.substring(0, line.indexOf(",\"event\"")))
        .toList();
  }

  @Test
  @Timeout(120)
  void aKilledStudyGoesOnAsIfItHadNotBeen() throws Exception {
    Path journal = folder.resolve("study.jsonl");
    long seed = System.nanoTime();
    Mix mix = new Mix(seed);
    Set<String> ended = new HashSet<>();
    int torn = 0;
    int kills = 0;
    while (kills < KILLS) {
      Process process = child(journal, MILLIS);
      try (BufferedReader out = process.inputReader()) {
        if (kills % EARLY == 0) {
          Thread.sleep(mix.below(MAX_EARLY_MILLIS));
        } else {
          assertEquals("running", out.readLine());
          Thread.sleep(mix.below(MAX_MILLIS));
        }
      } finally {
        assertNotEquals(0, process.destroyForcibly().waitFor(), "it ended by itself");
      }
      kills++;
      String text = Files.exists(journal) ? Files.readString(journal) : "";
      torn += text.isEmpty() || text.endsWith("\n") ? 0 : 1;
      Set<String> now = new HashSet<>(attempts(text, "finished"));
      now.addAll(attempts(text, "failed"));
      assertTrue(now.containsAll(ended), "a trial that had ended is lost");
      ended = now;
    }
    System.out.printf(
        "%d kills, %d trials ended by then, %d torn lines, seed %d%n",
        kills, ended.size(), torn, seed);
    assertTrue(!ended.isEmpty() && ended.size() < 150, ended.size() + " ended");
    List<Outcome> resumed = study(journal).run().outcomes();
    Path calm = folder.resolve("calm.jsonl");
    assertEquals(study(calm).run().outcomes(), resumed);
    assertEquals(150, resumed.size());
    String text = Files.readString(journal);
    assertOnce(text);
    assertEquals(
        new HashSet<>(attempts(Files.readString(calm), "finished")),
        new HashSet<>(attempts(text, "finished")));
  }

  /** Each trial has ended once, and has not started after that. */
  private static void assertOnce(String text) {
    Map<String, Integer> ends = new HashMap<>();
    int number = 0;
    for (String line : text.lines().skip(1).toList()) {
      number++;
      String attempt = line.substring(0, line.indexOf(",\"event\""));
      Integer end = ends.get(attempt);
      assertEquals(null, end, line);
      if (!line.contains("\"event\":\"started\"")) {
        ends.put(attempt, number);
      }
    }
    assertEquals(150, ends.size());
  }

  /** A limit of the size of files stops the writer in the middle, as a full disk would. */
  @Test
  void aJournalOnAFullDiskIsNamedAndGoesOnLater() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "no shell that can limit the size of files");
    Path journal = folder.resolve("study.jsonl");
    ProcessBuilder builder =
        ChildJvm.builder(
            List.of("-XX:-UsePerfData"),
            ChildJvm.CLASS_PATH,
            JournalledStudyMain.class.getName(),
            journal.toString(),
            "0");
    List<String> command = new ArrayList<>(List.of(shell.toString(), "-c"));
    command.add("ulimit -f 9 && exec \"$@\"");
    command.add("sh");
    command.addAll(builder.command());
    ChildJvm.Result result = ChildJvm.run(builder.command(command));
    assertEquals(1, result.exit());
    assertTrue(result.err().contains(journal + " cannot be written: "), result.err());
    assertEquals("running", result.out().strip());
    String text = Files.readString(journal);
    assertTrue(text.length() > 4000 && text.length() <= 9 * 512, text);
    Path calm = folder.resolve("calm.jsonl");
    assertEquals(study(calm).run(), study(journal).run());
    assertOnce(Files.readString(journal));
  }

  @Test
  void twoProcessesAreRefused() throws Exception {
    Path journal = folder.resolve("study.jsonl");
    Process process = child(journal, 60_000);
    try (BufferedReader out = process.inputReader()) {
      assertEquals("running", out.readLine());
      byte[] before = Files.readAllBytes(journal);
      IOException e = assertThrows(IOException.class, () -> study(journal).run());
      assertEquals(
          journal + " is in use by another process; a journal has one study at a time",
          e.getMessage());
      ChildJvm.Result other =
          ChildJvm.run(List.of(), JournalledStudyMain.class, journal.toString(), "0");
      assertEquals(1, other.exit());
      assertTrue(other.err().contains("is in use by another process"), other.err());
      assertTrue(
          new String(Files.readAllBytes(journal), StandardCharsets.UTF_8)
              .startsWith(new String(before, StandardCharsets.UTF_8)));
      assertTrue(process.isAlive());
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(study(journal).run().complete());
  }
}
