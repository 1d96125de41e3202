package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.SideBySide;
import dev.lanewise.suite.learn.tune.JournalledStudyMain;
import dev.lanewise.testkit.operand.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed at random moments: what they have written is whole, and goes on. */
@Soaked
@SideBySide
class CrashTest {
  private static final int KILLS = Soak.of(5, 50);

  /** One kill of so many comes while the JVM starts, or reads what is there. */
  private static final int EARLY = 5;

  private static final int EARLY_MILLIS = 800;
  private static final int LATE_MICROS = 60_000;

  /** What a shell calls the end by signal 9. */
  private static final int KILLED = 128 + 9;

  private static final int EPOCHS = Soak.of(300, 600);

  private static final int STUDY_KILLS = Soak.of(5, 50);
  private static final int TRIALS = 150;
  private static final int TRIAL_MILLIS = 10;

  @TempDir private Path folder;

  /** A program that says "running" when it is. */
  private static Process start(Class<?> main, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    List<String> options =
        List.of(
            ChildJvm.MODULE, "-Dlanewise.impl=scalar", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    return ChildJvm.builder(
            options, ChildJvm.CLASS_PATH, main.getName(), words.toArray(String[]::new))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Whether the program was killed; if not, it had come to its end. */
  private static boolean kill(Process process, Mix mix, int kill) throws Exception {
    try (BufferedReader out = process.inputReader()) {
      if (kill % EARLY == EARLY - 1) {
        process.waitFor(mix.below(EARLY_MILLIS), TimeUnit.MILLISECONDS);
      } else {
        // A study that was killed behind its last trial has none to run.
        String line = out.readLine();
        assertTrue("running".equals(line) || "complete".equals(line), line);
        process.waitFor(mix.below(LATE_MICROS), TimeUnit.MICROSECONDS);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    int exit = process.exitValue();
    assertTrue(exit == 0 || exit == KILLED, "exit " + exit);
    return exit == KILLED;
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** The checksum of the checkpoint of each epoch, by which its number is known. */
  private Map<Long, Integer> undisturbed(Path file) throws IOException {
    Map<Long, Integer> epochs = new HashMap<>();
    TrainingRun run = CheckpointedRun.run(EPOCHS, file, TrainingListener.NONE);
    while (run.trainEpoch()) {
      epochs.put(checksum(Files.readAllBytes(file)), run.history().epochs().size());
    }
    assertEquals(EPOCHS, epochs.size(), "checkpoints that differ");
    return epochs;
  }

  /** The file is the undisturbed run's of some epoch at any time, and of its last in the end. */
  @Test
  void killedTrainingGoesOnToTheSameBits() throws Exception {
    Path calm = Files.createDirectory(folder.resolve("calm")).resolve("model");
    Map<Long, Integer> epochs = undisturbed(calm);
    Path own = Files.createDirectory(folder.resolve("killed"));
    Path file = own.resolve("model");
    Mix mix = new Mix(System.nanoTime());
    Set<Integer> seen = new HashSet<>();
    int last = 0;
    int kills = 0;
    while (kills < KILLS) {
      if (kill(start(CheckpointedRun.class, EPOCHS, file), mix, kills)) {
        kills++;
      } else {
        assertArrayEquals(Files.readAllBytes(calm), Files.readAllBytes(file));
      }
      if (Files.exists(file)) {
        Integer epoch = epochs.get(checksum(Files.readAllBytes(file)));
        assertTrue(epoch != null && epoch >= last, "epoch " + epoch + " behind " + last);
        assertEquals(2, Classifier.read(file).classes().size());
        seen.add(epoch);
        last = epoch;
      }
      if (last == EPOCHS) {
        Files.delete(file);
        last = 0;
      }
    }
    CheckpointedRun.run(EPOCHS, file, TrainingListener.NONE).train();
    assertArrayEquals(Files.readAllBytes(calm), Files.readAllBytes(file));
    assertEquals(List.of(file), list(own), "what killed writers left is deleted");
    Soak.report("training killed, in %d different epochs".formatted(seen.size()), kills);
    assertTrue(seen.size() > 1, seen.toString());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The whole lines of a journal that hold a word, as trial and budget. */
  private static List<String> attempts(String text, String word) {
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.contains("\"event\":\"%s\"".formatted(word)))
        .map(line -> line.substring(0, line.indexOf(",\"event\"")))
        .toList();
  }

  private static List<Outcome> outcomes(Path journal) throws IOException {
    return JournalledStudyMain.study(journal, 0, () -> {}).run().outcomes();
  }

  /** No trial that has ended is lost, or runs again. */
  @Test
  void aKilledStudyGoesOnAsIfItHadNotBeen() throws Exception {
    List<Outcome> expected = outcomes(folder.resolve("calm.jsonl"));
    Path journal = folder.resolve("study.jsonl");
    Mix mix = new Mix(System.nanoTime());
    Set<String> ended = new HashSet<>();
    int torn = 0;
    int kills = 0;
    while (kills < STUDY_KILLS) {
      boolean killed = kill(start(JournalledStudyMain.class, journal, TRIAL_MILLIS), mix, kills);
      String text = Files.exists(journal) ? Files.readString(journal) : "";
      torn += text.isEmpty() || text.endsWith("\n") ? 0 : 1;
      Set<String> now = new HashSet<>(attempts(text, "finished"));
      now.addAll(attempts(text, "failed"));
      assertTrue(now.containsAll(ended), "a trial that had ended is lost");
      ended = now;
      if (killed) {
        kills++;
      } else {
        assertComplete(expected, journal);
        Files.delete(journal);
        ended = Set.of();
      }
    }
    int before = ended.size();
    assertComplete(expected, journal);
    Soak.report("study killed, %d torn lines, %d trials ended".formatted(torn, before), kills);
  }

  private static void assertComplete(List<Outcome> expected, Path journal) throws IOException {
    assertEquals(TRIALS, expected.size());
    assertEquals(expected, outcomes(journal));
    Set<String> ends = new HashSet<>();
    for (String line : Files.readAllLines(journal)) {
      if (line.contains("\"event\"")) {
        String attempt = line.substring(0, line.indexOf(",\"event\""));
        boolean end = !line.contains("\"event\":\"started\"");
        assertTrue(end ? ends.add(attempt) : !ends.contains(attempt), line);
      }
    }
    assertEquals(TRIALS, ends.size());
  }
}
