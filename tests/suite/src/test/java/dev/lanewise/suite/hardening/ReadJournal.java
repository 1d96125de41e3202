package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A study that goes on from whatever journal there is. */
final class ReadJournal {
  private static final Space SPACE =
      Space.empty().integer("n", 0, 9).choice("c", "a", "b").uniform("x", 0, 1);

  /** Trial 1 fails. */
  private static final Objective OBJECTIVE =
      trial -> {
        trial.report(1, 0.5);
        if (trial.number() == 1) {
          throw new IOException("no \"such\"\nfile");
        }
        return trial.assignment().number("x");
      };

  private ReadJournal() {}

  private static Study study(Path file) {
    return Study.of(SPACE, Sampler.random(3), OBJECTIVE).withSeed(3).withJournal(file);
  }

  /** What is accepted is a journal: the study ends, and a second reader finds the same in it. */
  static void read(Path file) throws IOException {
    StudyResult result = study(file).run();
    assertTrue(result.complete(), result::toString);
    byte[] journal = Files.readAllBytes(file);
    assertEquals(result, study(file).run());
    assertArrayEquals(journal, Files.readAllBytes(file));
  }

  /** The journal of a complete study. */
  static byte[] written(Path scratch) throws IOException {
    Path file = scratch.resolve("written");
    study(file).run();
    byte[] journal = Files.readAllBytes(file);
    Files.delete(file);
    return journal;
  }

  static byte[] withoutHeader(byte[] journal) {
    return Arrays.copyOfRange(journal, Header.end(journal), journal.length);
  }

  static byte[] withHeader(byte[] events) {
    byte[] journal = Arrays.copyOf(Header.LINE, Header.LINE.length + events.length);
    System.arraycopy(events, 0, journal, Header.LINE.length, events.length);
    return journal;
  }

  /** The first line. */
  private static final class Header {
    static final byte[] LINE = line();

    private static byte[] line() {
      try {
        Path scratch = Files.createTempDirectory("lanewise");
        byte[] journal = written(scratch);
        Files.delete(scratch);
        return Arrays.copyOf(journal, end(journal));
      } catch (IOException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    static int end(byte[] journal) {
      int end = 0;
      while (journal[end] != '\n') {
        end++;
      }
      return end + 1;
    }
  }
}
