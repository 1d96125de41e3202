package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The UCI digits from the command line, with settings that were chosen on the training file. */
class UciDigitsCommandTest {
  private static final String GIVEN = System.getProperty("lanewise.data");

  /** Beside the repository, unless a folder is given. */
  private static final Path DATA =
      Path.of("../..").resolve(GIVEN == null ? "../shared/data" : GIVEN);

  private static final int SEEDS = 5;

  @TempDir private Path folder;

  @Test
  void theMeanOfFiveSeedsIsAtLeast97Point3Percent() {
    assumeTrue(GIVEN != null || Files.isDirectory(DATA), () -> "no UCI digits in " + DATA);
    double sum = 0;
    StringBuilder each = new StringBuilder();
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path model = folder.resolve("digits" + seed);
      Outcome.of(
              "train",
              DATA.resolve("optdigits-train.csv"),
              "--hidden=128,128",
              "--batch=64",
              "--optimizer=adam",
              "--lr=0.003",
              "--decay=cosine",
              "--epochs=30",
              "--input-eps=1",
              "--seed=" + seed,
              "--out=" + model)
          .success();
      double accuracy =
          Outcome.of("evaluate", model, DATA.resolve("optdigits-test.csv"))
              .success()
              .percent("accuracy");
      each.append(" %.2f".formatted(accuracy));
      sum += accuracy;
    }
    System.out.printf(
        "UCI digits by lanewise train, seeds 1 to 5:%s, mean %.2f %%%n", each, sum / SEEDS);
    assertTrue(sum / SEEDS >= 97.3, () -> "accuracies in %:" + each);
  }
}
