package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Which sampler finds more at equal budget: paired sign tests over seeds 1 to 20. */
class SearchTest {
  private static final int SEEDS = 20;

  @Test
  void theFunctionsHaveTheirKnownMinima() {
    double least = Benchmarks.BRANIN_MINIMUM;
    assertEquals(least, Benchmarks.branin(-Math.PI, 12.275), 1e-12);
    assertEquals(least, Benchmarks.branin(Math.PI, 2.275), 1e-12);
    assertEquals(least, Benchmarks.branin(9.42478, 2.475), 1e-5);
    assertEquals(
        Benchmarks.HARTMANN_MINIMUM,
        Benchmarks.hartmann(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573),
        1e-5);
  }

  /** The probability of so many wins or more, of either side, if both were equally good. */
  private static double signTest(int wins, int losses) {
    int n = wins + losses;
    double tail = 0;
    double coefficient = 1;
    for (int k = 0; k <= Math.min(wins, losses); k++) {
      tail += coefficient;
      coefficient = coefficient * (n - k) / (k + 1);
    }
    return Math.min(1, 2 * tail / Math.pow(2, n));
  }

  @Test
  void theSignTestIsTheBinomial() {
    assertEquals(0.0414, signTest(15, 5), 1e-4);
    assertEquals(0.0414, signTest(5, 15), 1e-4);
    assertEquals(1, signTest(10, 10));
  }

  private static void beats(
      Sampler better, Sampler other, Space space, ToDoubleFunction<Proposal> objective) {
    int wins = 0;
    int losses = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      double a = new Search(space, better, seed, Goal.MINIMISE).best(objective);
      double b = new Search(space, other, seed, Goal.MINIMISE).best(objective);
      wins += a < b ? 1 : 0;
      losses += a > b ? 1 : 0;
    }
    double p = signTest(wins, losses);
    System.out.printf("%s against %s: %d to %d, p = %.2g%n", better, other, wins, losses, p);
    assertTrue(wins > losses && p < 0.05, "%d to %d, p = %s".formatted(wins, losses, p));
  }

  @Test
  void randomBeatsGridWhereParametersDoNotMatter() {
    beats(
        Sampler.random(81),
        Sampler.grid(81),
        Benchmarks.BRANIN,
        proposal -> Benchmarks.branin(proposal.assignment()));
  }

  @Test
  void coarseToFineBeatsRandom() {
    beats(
        Sampler.coarseToFine(120),
        Sampler.random(120),
        Benchmarks.HARTMANN,
        proposal -> Benchmarks.hartmann(proposal.assignment()));
  }
}
