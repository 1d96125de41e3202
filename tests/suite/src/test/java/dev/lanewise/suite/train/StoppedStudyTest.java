package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A study of the command line that was stopped, in whatever way, goes on to the same outcomes. */
@Timeout(120)
class StoppedStudyTest {
  private static final String OPTIONS =
      "--trials 12 --sampler halving --epochs 9 --units 8:32 --batch 8:16 --workers 2";

  private static final Pattern KEPT =
      Pattern.compile("Stopped\\. (\\S+) keeps (\\d+) of 17 trials, best .*; the same command.*");

  @TempDir private Path folder;
  private Path csv;
  private Path journal;

  @BeforeEach
  void writeSamples() throws IOException {
    csv = DigitFiles.draw(0, 300).csv(folder.resolve("digits.csv"));
    journal = folder.resolve("study.jsonl");
  }

  private Process start() throws Exception {
    List<String> words = new ArrayList<>(Command.words());
    words.addAll(List.of("tune", csv.toString(), "--journal", journal.toString()));
    words.addAll(List.of(OPTIONS.split(" ")));
    return new ProcessBuilder(words).redirectError(folder.resolve("err").toFile()).start();
  }

  private Outcome tune(Path to) {
    List<Object> words = new ArrayList<>(List.of("tune", csv, "--journal", to));
    words.addAll(List.of(OPTIONS.split(" ")));
    return Outcome.of(words.toArray()).success();
  }

  private void assertGoesOn() throws IOException {
    List<String> before = Studies.ends(journal);
    Outcome resumed = tune(journal);
    assertTrue(
        resumed.out().contains(before.size() + " of 17 trials are in " + journal), resumed.out());
    assertTrue(Studies.ends(journal).containsAll(before));
    Path calm = folder.resolve("calm.jsonl");
    Outcome undisturbed = tune(calm);
    assertEquals(Studies.ends(calm), Studies.ends(journal));
    assertEquals(
        Studies.fact(undisturbed, "Trained again by"), Studies.fact(resumed, "Trained again by"));
  }

  @Test
  void aKilledStudyGoesOn() throws Exception {
    Process child = start();
    try (BufferedReader out = child.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.startsWith("[ 4/17]")) {
        line = out.readLine();
      }
      assertTrue(line != null, () -> "it ended");
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertTrue(Studies.ends(journal).size() >= 4);
    assertGoesOn();
  }

  @Test
  void anInterruptedStudySaysWhatItKeeps() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no program that interrupts");
    Process child = start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      String line = out.readLine();
      while (line != null) {
        lines.add(line);
        if (line.startsWith("[ 4/17]")) {
          new ProcessBuilder("/bin/kill", "-INT", Long.toString(child.pid())).start().waitFor();
        }
        line = out.readLine();
      }
      assertTrue(child.waitFor(1, TimeUnit.MINUTES));
    } finally {
      child.destroyForcibly();
    }
    assertEquals(130, child.exitValue(), lines::toString);
    assertFalse(Files.readString(folder.resolve("err")).contains("\tat "));
    Matcher kept = KEPT.matcher(lines.getLast());
    assertTrue(kept.matches(), lines::toString);
    assertEquals(journal.toString(), kept.group(1));
    assertEquals(Studies.ends(journal).size(), Integer.parseInt(kept.group(2)));
    assertGoesOn();
  }
}
