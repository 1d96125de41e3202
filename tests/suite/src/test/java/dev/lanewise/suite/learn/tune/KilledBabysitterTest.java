package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Babysitter;
import dev.lanewise.learn.tune.Babysitting;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.testkit.operand.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Babysat networks in processes that are killed, and in two at a time. */
class KilledBabysitterTest {
  private static final int KILLS = 12;

  /** Some decisions. */
  private static final int MAX_MILLIS = 60;

  @TempDir private Path folder;

  private static Process child(Path checkpoint, Path journal) throws IOException {
    return ChildJvm.builder(
            List.of(ChildJvm.MODULE, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            ChildJvm.CLASS_PATH,
            BabysatNetworkMain.class.getName(),
            checkpoint.toString(),
            journal.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The same journal and the same checkpoint, to the last byte. */
  @Test
  void aKilledRunEndsAsIfItHadNotBeen() throws Exception {
    Path checkpoint = folder.resolve("killed.safetensors");
    Path journal = folder.resolve("killed.jsonl");
    Mix mix = new Mix(System.nanoTime());
    int kills = 0;
    int decisions = 0;
    boolean complete = false;
    while (kills < KILLS && !complete) {
      Process process = child(checkpoint, journal);
      try (BufferedReader out = process.inputReader()) {
        complete = out.readLine() == null;
        Thread.sleep(mix.below(MAX_MILLIS));
      } finally {
        process.destroyForcibly().waitFor();
      }
      kills++;
      int now = Babysitter.decisions(journal).size();
      assertTrue(now >= decisions, "decisions are lost");
      decisions = now;
    }
    System.out.printf("%d kills, %d decisions by then%n", kills, decisions);
    assertTrue(kills >= KILLS / 2, kills + " kills");
    Babysitting resumed = BabysatNetworkMain.run(checkpoint, journal, () -> {});
    Path calm = folder.resolve("calm.safetensors");
    Path calmJournal = folder.resolve("calm.jsonl");
    assertEquals(BabysatNetworkMain.run(calm, calmJournal, () -> {}), resumed);
    assertArrayEquals(Files.readAllBytes(calmJournal), Files.readAllBytes(journal));
    assertArrayEquals(Files.readAllBytes(calm), Files.readAllBytes(checkpoint));
    assertTrue(resumed.kept().size() > 5 && resumed.kept().size() < resumed.decisions().size());
  }

  @Test
  void twoProcessesAreRefused() throws Exception {
    Path checkpoint = folder.resolve("model.safetensors");
    Path journal = folder.resolve("babysitter.jsonl");
    Process process = child(checkpoint, journal);
    try (BufferedReader out = process.inputReader()) {
      assertEquals("decided", out.readLine());
      IOException e =
          assertThrows(
              IOException.class, () -> BabysatNetworkMain.run(checkpoint, journal, () -> {}));
      assertEquals(
          journal + " is in use by another process; a journal has one babysat run at a time",
          e.getMessage());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
