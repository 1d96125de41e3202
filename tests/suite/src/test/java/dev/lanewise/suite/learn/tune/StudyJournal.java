package dev.lanewise.suite.learn.tune;

import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A study of a few trials and its journal, for tests that read it and change it. */
abstract class StudyJournal {
  static final Space SPACE =
      Space.empty().integer("n", 0, 9).choice("c", "a", "b").uniform("x", 0, 1);
  static final int TRIALS = 6;

  /** Trial 1 fails, the score of another is its x. */
  static final Objective OBJECTIVE =
      trial -> {
        trial.report(1, 0.5);
        trial.report(2, trial.number());
        if (trial.number() == 1) {
          throw new IOException("no \"such\"\nfile: \u00fc");
        }
        return trial.assignment().number("x");
      };

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("study.jsonl");
  }

  final Study study(Objective objective) {
    return Study.of(SPACE, Sampler.random(TRIALS), objective).withSeed(3).withJournal(file);
  }

  static List<Outcome> undisturbed() throws IOException {
    return Study.of(SPACE, Sampler.random(TRIALS), OBJECTIVE).withSeed(3).run().outcomes();
  }

  /** Lines of the journal of a complete study. */
  final List<String> lines() throws IOException {
    study(OBJECTIVE).run();
    return new ArrayList<>(Files.readAllLines(file));
  }

  static String first(byte[] whole) {
    return new String(whole, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
  }
}
