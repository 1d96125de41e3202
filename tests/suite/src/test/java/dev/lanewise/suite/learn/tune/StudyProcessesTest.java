package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.tune.Study;
import dev.lanewise.suite.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies on a disk that is full, and in two processes at a time. */
class StudyProcessesTest {
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
