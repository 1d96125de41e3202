package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who listens to a study is told of each trial once, on the study's thread. */
@Timeout(60)
class StudyListenerTest {
  private static final int TRIALS = 8;

  @TempDir private Path folder;

  /** Notes what it is told. */
  private static class Notes implements StudyListener {
    private final Thread caller = Thread.currentThread();
    private final List<String> told = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Path journal;

    @Override
    public void beforeTrial(Proposal proposal) {
      note("start " + proposal.trial());
    }

    @Override
    public void afterTrial(Outcome outcome) {
      note("end " + outcome.trial());
      outcomes.add(outcome);
      if (journal != null) {
        String line = lastLine();
        assertTrue(line.startsWith("{\"trial\":%d,".formatted(outcome.trial())), line);
        assertFalse(line.contains("\"event\":\"started\""), "it is recorded before");
      }
    }

    @Override
    public void alreadyEnded(Outcome outcome) {
      note("known " + outcome.trial());
      outcomes.add(outcome);
    }

    private void note(String text) {
      assertSame(caller, Thread.currentThread());
      told.add(text);
    }

    private String lastLine() {
      try {
        return Files.readAllLines(journal).getLast();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Study study(Notes notes) {
    return Study.of(
            Space.empty().uniform("x", 0, 1),
            Sampler.random(TRIALS),
            trial -> {
              if (trial.number() == 2) {
                throw new IOException("fails");
              }
              return trial.assignment().number("x");
            })
        .withListener(notes);
  }

  @Test
  void eachTrialStartsAndEnds() throws IOException {
    Notes notes = new Notes();
    assertEquals(study(notes).run().outcomes(), notes.outcomes);
    List<String> expected =
        IntStream.range(0, TRIALS)
            .boxed()
            .flatMap(i -> List.of("start " + i, "end " + i).stream())
            .toList();
    assertEquals(expected, notes.told);
  }

  @Test
  void severalAtATimeAreToldOneByOne() throws IOException {
    Notes notes = new Notes();
    List<Outcome> outcomes = study(notes).withWorkers(4).run().outcomes();
    assertEquals(new HashSet<>(outcomes), new HashSet<>(notes.outcomes));
    assertEquals(2 * TRIALS, new HashSet<>(notes.told).size());
    assertEquals(2 * TRIALS, notes.told.size());
  }

  @Test
  void whatTheJournalHasIsNotRunAgain() throws IOException {
    Path journal = folder.resolve("study.jsonl");
    Notes first = new Notes();
    first.journal = journal;
    study(first).withJournal(journal).run();
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, 1 + 2 * 5));
    Notes second = new Notes();
    second.journal = journal;
    study(second).withJournal(journal).run();
    assertEquals(first.outcomes, second.outcomes);
    List<String> expected =
        List.of(
            "known 0", "known 1", "known 2", "known 3", "known 4", "start 5", "end 5", "start 6",
            "end 6", "start 7", "end 7");
    assertEquals(expected, second.told);
  }

  @Test
  void whatAListenerThrowsEndsTheStudy() {
    Notes notes =
        new Notes() {
          @Override
          public void afterTrial(Outcome outcome) {
            super.afterTrial(outcome);
            if (outcome.trial() == 1) {
              throw new IllegalStateException("enough");
            }
          }
        };
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> study(notes).withWorkers(2).run());
    assertEquals("enough", e.getMessage());
    assertEquals("end 1", notes.told.getLast(), "and is told no more");
  }
}
