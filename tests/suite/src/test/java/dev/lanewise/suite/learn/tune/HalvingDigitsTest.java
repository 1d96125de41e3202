package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Split;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.learn.tune.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Halving against random search of a network for the UCI digits: with at most half of the epochs it
 * reaches random's best accuracy of validation.
 *
 * <p>Every trial is trained from its beginning, and all epochs of each budget count.
 */
class HalvingDigitsTest {
  private static final String GIVEN = System.getProperty("lanewise.data");

  /** Beside the repository, unless a folder is given. */
  private static final Path DATA =
      Path.of("../..").resolve(GIVEN == null ? "../shared/data" : GIVEN);

  /** Few, so that a study takes less than a second. */
  private static final int TRAINED = 1200;

  private static final int VALIDATED = 1000;
  private static final int SEEDS = 20;

  /** If half of all studies reached it, so many or more of 20 would have a probability of 0.021. */
  private static final int SIGNIFICANT = 15;

  private static final int RANDOM_TRIALS = 18;
  private static final int EPOCHS = 18;
  private static final Sampler HALVING = Sampler.halving(27, 2, EPOCHS, 3);

  private static final Space SPACE =
      Space.empty()
          .logUniform("rate", 1e-4, 1)
          .choice("optimizer", "adam", "momentum")
          .oneMinusLogUniform("beta", 0.9, 0.999)
          .onlyIf(Condition.isOneOf("optimizer", "momentum"))
          .logInteger("batch", 16, 256)
          .logInteger("units", 16, 64);

  /** Trains networks on the digits, with one hidden layer. */
  private record Digits(Dataset training, Dataset validation, int epochs) {
    static Digits read(int epochs) throws IOException {
      Dataset all = CsvFormat.DEFAULT.read(DATA.resolve("optdigits-train.csv"));
      Split split = all.split((double) TRAINED / all.samples(), 1);
      InputNormalisation normalisation = InputNormalisation.of(split.first().inputs(), 1);
      return new Digits(
          normalisation.apply(split.first()),
          normalisation.apply(split.second().rows(0, VALIDATED)),
          epochs);
    }

    double accuracy(Trial trial) throws IOException {
      Assignment assignment = trial.assignment();
      double rate = assignment.number("rate");
      Optimizer optimizer =
          assignment.has("beta")
              ? Optimizer.momentum(rate, assignment.number("beta"))
              : Optimizer.adam(rate);
      MultilayerPerceptron layers =
          new MultilayerPerceptron(64, List.of(assignment.integer("units")), 10, 0);
      return Trainer.of(layers.network(), optimizer, epochs == 0 ? trial.budget() : epochs)
          .withBatchSize(assignment.integer("batch"))
          .withSchedule(Schedule.inverse(0.05))
          .withSeed(trial.seed())
          .withValidation(validation)
          .begin(training)
          .train()
          .last()
          .validationAccuracy();
    }
  }

  private static StudyResult search(Sampler sampler, Digits digits, long seed) throws IOException {
    return Study.of(SPACE, sampler, digits::accuracy)
        .maximising()
        .withSeed(seed)
        .withWorkers(2)
        .run();
  }

  @Test
  void halvingReachesRandomsBestWithHalfOfTheEpochs() throws IOException {
    assumeTrue(GIVEN != null || Files.isDirectory(DATA), () -> "no UCI digits in " + DATA);
    Digits whole = Digits.read(EPOCHS);
    Digits byBudget = Digits.read(0);
    int reached = 0;
    int equal = 0;
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      StudyResult random = search(Sampler.random(RANDOM_TRIALS), whole, seed);
      StudyResult halving = search(HALVING, byBudget, seed);
      int epochs = halving.outcomes().stream().mapToInt(Outcome::budget).sum();
      assertEquals(RANDOM_TRIALS, random.outcomes().size());
      assertTrue(
          2 * epochs <= RANDOM_TRIALS * EPOCHS,
          "%d of %d".formatted(epochs, RANDOM_TRIALS * EPOCHS));
      double a = halving.best().orElseThrow().score();
      double b = random.best().orElseThrow().score();
      reached += a >= b ? 1 : 0;
      equal += a == b ? 1 : 0;
      sum += a - b;
    }
    System.out.printf(
        "%s reaches random(%d) of %d epochs in %d of %d, %d of these equal, by %.4f more on"
            + " average%n",
        HALVING, RANDOM_TRIALS, EPOCHS, reached, SEEDS, equal, sum / SEEDS);
    assertTrue(reached >= SIGNIFICANT, reached + " of " + SEEDS);
  }
}
