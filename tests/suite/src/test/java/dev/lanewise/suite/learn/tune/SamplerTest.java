package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which trials samplers propose. */
class SamplerTest {
  private static final Space SPACE = SpaceTest.SPACE;

  private static List<Proposal> first(Sampler sampler, Space space, long seed) {
    return sampler.next(space, seed, Goal.MINIMISE, List.of());
  }

  /** The distance of Kolmogorov and Smirnov times √n; above 1.95 with probability 0.001. */
  private static double distance(double[] values, DoubleUnaryOperator cdf, boolean discrete) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = cdf.applyAsDouble(sorted[i]);
      if (!discrete) {
        distance = Math.max(distance, expected - (double) i / sorted.length);
      }
      if (i + 1 == sorted.length || sorted[i + 1] > sorted[i]) {
        distance = Math.max(distance, Math.abs((i + 1.0) / sorted.length - expected));
      }
    }
    return distance * Math.sqrt(sorted.length);
  }

  private static void follows(Space space, boolean discrete, DoubleUnaryOperator cdf) {
    for (int seed = 1; seed <= 3; seed++) {
      double[] values =
          first(Sampler.random(4000), space, seed).stream()
              .mapToDouble(p -> p.assignment().number("x"))
              .toArray();
      double distance = distance(values, cdf, discrete);
      System.out.printf("%s, seed %d: Kolmogorov-Smirnov %.2f%n", space, seed, distance);
      assertTrue(distance < 1.95, space + ": " + distance);
    }
  }

  /** Each kind against its distribution function in closed form. */
  @Test
  void everyKindIsDistributedAsItsScaleSays() {
    Space none = Space.empty();
    follows(none.uniform("x", -5, 10), false, x -> (x + 5) / 15);
    follows(none.logUniform("x", 1e-4, 1), false, x -> Math.log10(x) / 4 + 1);
    follows(none.oneMinusLogUniform("x", 0.9, 0.999), false, x -> (-Math.log10(1 - x) - 1) / 2);
    follows(none.integer("x", -3, 6), true, x -> (x + 4) / 10);
    follows(none.logInteger("x", 8, 512), true, x -> Math.log((x + 1) / 8) / Math.log(513 / 8.0));
    follows(none.logInteger("x", 1, 3), true, x -> Math.log(x + 1) / Math.log(4));
    Space choices = none.choice("x", "0", "1", "2", "3", "4");
    double[] chosen =
        first(Sampler.random(4000), choices, 1).stream()
            .mapToDouble(p -> Double.parseDouble(p.assignment().choice("x")))
            .toArray();
    assertTrue(distance(chosen, x -> (x + 1) / 5, true) < 1.95);
    // A conditional parameter: as often as its condition, and then on its scale.
    double[] betas =
        first(Sampler.random(4000), SPACE, 1).stream()
            .filter(p -> p.assignment().has("beta"))
            .mapToDouble(p -> p.assignment().number("beta"))
            .toArray();
    assertEquals(4000 * 2 / 3.0, betas.length, 3.3 * Math.sqrt(4000 * 2 / 9.0));
    assertTrue(distance(betas, x -> (x - 0.5) * 4, false) < 1.95);
  }

  /** Neither two parameters of a trial nor one of two trials have to do with each other. */
  @Test
  void drawsAreUncorrelated() {
    int n = 4000;
    List<Proposal> draws = first(Sampler.random(n), Benchmarks.HARTMANN, 5);
    List<double[]> points =
        draws.stream()
            .map(
                p ->
                    p.assignment().values().values().stream()
                        .mapToDouble(v -> (Double) v - 0.5)
                        .toArray())
            .toList();
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        for (int lag = a == b ? 1 : 0; lag < 3; lag++) {
          double sum = 0;
          for (int i = 0; i + lag < n; i++) {
            sum += points.get(i)[a] * points.get(i + lag)[b];
          }
          assertTrue(Math.abs(sum * 12 / Math.sqrt(n)) < 4, a + ", " + b + ", " + lag);
        }
      }
    }
  }

  @Test
  void aTrialFollowsFromSeedAndNumberAlone() {
    List<Proposal> few = first(Sampler.random(5), SPACE, 7);
    List<Proposal> many = first(Sampler.random(50), SPACE, 7);
    assertEquals(few, many.subList(0, 5));
    assertEquals(few, first(Sampler.random(5), SPACE, 7));
    assertEquals(
        IntStream.range(0, 50).boxed().toList(), many.stream().map(Proposal::trial).toList());
    assertEquals(50, new HashSet<>(many.stream().map(Proposal::assignment).toList()).size());
    assertNotEquals(few, first(Sampler.random(5), SPACE, 8));
    assertNotEquals(few, first(Sampler.random(5), SPACE, 7 + (1L << 32)));
    assertEquals(
        few.stream().map(Proposal::assignment).toList(),
        first(Sampler.halving(5, 2, 8, 2), SPACE, 7).stream().map(Proposal::assignment).toList());
    assertEquals(few, first(Sampler.coarseToFine(25), SPACE, 7));
    List<Outcome> outcomes = new ArrayList<>();
    few.forEach(p -> outcomes.add(Search.outcome(p, 1)));
    assertEquals(List.of(), Sampler.random(5).next(SPACE, 7, Goal.MINIMISE, outcomes));
    assertEquals(List.of(), Sampler.grid(5).next(SPACE, 7, Goal.MINIMISE, outcomes));
  }

  private static List<String> grid(Space space, int trials) {
    return first(Sampler.grid(trials), space, 1).stream()
        .map(p -> p.assignment().toString())
        .toList();
  }

  /** Of integers on a logarithmic scale too no value is there twice. */
  @Test
  void gridsHaveValuesThatDiffer() {
    Space units = Space.empty().logInteger("u", 1, 8);
    assertEquals(List.of("u=1", "u=2", "u=3", "u=4", "u=5", "u=6", "u=7", "u=8"), grid(units, 8));
    assertEquals(List.of("u=1", "u=2", "u=3", "u=4", "u=7"), grid(units, 5));
    for (int trials = 1; trials <= 40; trials++) {
      Space wide = Space.empty().logInteger("u", 3, 40);
      assertEquals(Math.min(trials, 38), Set.copyOf(grid(wide, trials)).size());
    }
  }

  @Test
  void gridsAreEven() {
    Space two = Space.empty().uniform("x", 0, 1).integer("n", 0, 9);
    assertEquals(List.of("x=0.25, n=2", "x=0.25, n=7", "x=0.75, n=2", "x=0.75, n=7"), grid(two, 4));
    assertEquals(4, grid(two, 5).size());
    assertEquals(6, grid(two, 8).size());
    assertEquals(9, grid(two, 10).size());
    assertEquals(1, grid(two, 1).size());
    assertEquals(81, Set.copyOf(grid(Benchmarks.BRANIN, 81)).size());
    // What one parameter cannot use, the others get.
    Space few = Space.empty().choice("c", "a", "b").logUniform("x", 1e-4, 1);
    List<String> values = grid(few, 12);
    assertEquals(12, Set.copyOf(values).size());
    assertEquals(6, values.stream().filter(value -> value.startsWith("c=b")).count());
    assertEquals(2, grid(Space.empty().choice("c", "a", "b"), 1000).size());
    Space conditional =
        Space.empty().integer("n", 1, 2).choice("c", "a", "b").onlyIf(Condition.atLeast("n", 2));
    assertEquals(List.of("n=1", "n=2, c=a", "n=2, c=b"), grid(conditional, 4));
  }

  /** Each round's values lie in an interval of the length that is documented, around the best. */
  @Test
  void coarseToFineZooms() {
    Space space =
        Space.empty().logUniform("rate", 1e-4, 1).choice("c", "a", "b", "c").uniform("y", 0, 1);
    Sampler sampler = Sampler.coarseToFine(100, 4, 0.2, 0.5);
    Search search = new Search(space, sampler, 3, Goal.MAXIMISE);
    List<Outcome> outcomes =
        search.run(
            p -> {
              Assignment a = p.assignment();
              double r = Math.log10(a.number("rate")) + 2.5;
              return (a.choice("c").equals("b") ? 10 : 0) - r * r - a.number("y");
            });
    assertEquals(100, outcomes.size());
    double[] previous = {Double.NaN, Double.NaN};
    for (int round = 0; round < 4; round++) {
      List<Outcome> some = outcomes.subList(25 * round, 25 * round + 25);
      double width = Math.pow(0.5, round);
      double[] positions =
          some.stream()
              .mapToDouble(
                  o -> space.parameters().getFirst().position(o.assignment().number("rate")))
              .sorted()
              .toArray();
      double spread = positions[24] - positions[0];
      assertTrue(spread <= width + 1e-9 && spread > 0.6 * width, "round " + round + ": " + spread);
      double[] ys = some.stream().mapToDouble(o -> o.assignment().number("y")).sorted().toArray();
      assertTrue(ys[24] - ys[0] <= width + 1e-9, "round " + round + ": " + Arrays.toString(ys));
      long chosen = some.stream().filter(o -> o.assignment().choice("c").equals("b")).count();
      assertTrue(round == 0 ? chosen < 20 : chosen == 25, "round " + round + ": " + chosen);
      previous[0] = positions[0];
      previous[1] = positions[24];
    }
    assertTrue(previous[0] < 0.375 && previous[1] > 0.375, Arrays.toString(previous));
  }

  /** An interval at the end of a scale does not get shorter. */
  @Test
  void coarseToFineStaysOnTheScale() {
    Sampler sampler = Sampler.coarseToFine(100, 4, 0.1, 0.5);
    Space space = Space.empty().uniform("y", 0, 1);
    for (Goal goal : Goal.values()) {
      List<Outcome> outcomes =
          new Search(space, sampler, 1, goal).run(p -> p.assignment().number("y"));
      double[] ys =
          outcomes.subList(75, 100).stream()
              .mapToDouble(o -> o.assignment().number("y"))
              .map(y -> goal == Goal.MAXIMISE ? 1 - y : y)
              .sorted()
              .toArray();
      assertTrue(ys[0] >= 0 && ys[0] < 0.02, Arrays.toString(ys));
      assertTrue(ys[24] <= 0.125 + 1e-9 && ys[24] > 0.1, Arrays.toString(ys));
    }
  }

  @Test
  void coarseToFineGoesOnWhereTrialsFail() {
    Search search = new Search(SPACE, Sampler.coarseToFine(23), 3, Goal.MINIMISE);
    List<Outcome> none = search.run(p -> Double.NaN);
    assertEquals(23, none.size());
    List<Assignment> random =
        first(Sampler.random(23), SPACE, 3).stream().map(Proposal::assignment).toList();
    assertEquals(random, none.stream().map(Outcome::assignment).toList());
    assertEquals(23, search.run(p -> p.trial() % 2 == 0 ? p.trial() : Double.NaN).size());
  }

  @Test
  void halvingKeepsTheBest() {
    Search search = new Search(SPACE, Sampler.halving(9, 2, 15, 3), 3, Goal.MAXIMISE);
    double[] scores = {1, 5, Double.NaN, 7, 5, 0, 8, 2, 3};
    List<Outcome> outcomes = search.run(p -> scores[p.trial()] * (p.budget() == 6 ? -1 : 1));
    assertEquals(
        List.of(
            "0@2", "1@2", "2@2", "3@2", "4@2", "5@2", "6@2", "7@2", "8@2", "6@6", "3@6", "1@6",
            "1@15"),
        outcomes.stream().map(o -> o.trial() + "@" + o.budget()).toList());
    outcomes.forEach(o -> assertEquals(outcomes.get(o.trial()).assignment(), o.assignment()));
    assertEquals(9, search.run(p -> Double.NaN).size());
    assertEquals(
        List.of(1, 2, 4, 5),
        new Search(SPACE, Sampler.halving(1, 1, 5, 2), 3, Goal.MINIMISE)
            .run(p -> 0).stream().map(Outcome::budget).toList());
    assertEquals(
        5, new Search(SPACE, Sampler.halving(5, 4, 4, 2), 3, Goal.MINIMISE).run(p -> 0).size());
    assertEquals(
        2,
        new Search(
                SPACE,
                Sampler.halving(1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, 9),
                3,
                Goal.MINIMISE)
            .run(p -> 0)
            .size());
  }

  @Test
  void ranksAreStable() {
    List<Outcome> outcomes = new ArrayList<>();
    double[] scores = {0.0, 2, Double.NaN, -0.0, -1, 2};
    List<Proposal> proposals = first(Sampler.random(6), SPACE, 1);
    for (Proposal proposal : proposals.reversed()) {
      outcomes.add(Search.outcome(proposal, scores[proposal.trial()]));
    }
    assertEquals(
        List.of(4, 0, 3, 1, 5),
        Goal.MINIMISE.ranked(outcomes).stream().map(Outcome::trial).toList());
    assertEquals(
        List.of(1, 5, 0, 3, 4),
        Goal.MAXIMISE.ranked(outcomes).stream().map(Outcome::trial).toList());
  }

  @Test
  void names() {
    assertEquals("random(60)", Sampler.random(60).toString());
    assertEquals("grid(81)", Sampler.grid(81).toString());
    assertEquals(
        "coarse-to-fine(120, rounds 5, quantile 0.1, shrink 0.6)",
        Sampler.coarseToFine(120).toString());
    assertEquals("halving(27, budgets 1 to 30, eta 3)", Sampler.halving(27, 1, 30, 3).toString());
  }

  private static void refused(Executable call, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void figuresOutOfRange() {
    refused(() -> Sampler.random(0), "random: trials is 0; it must be at least 1");
    refused(() -> Sampler.grid(-1), "grid: trials is -1; it must be at least 1");
    refused(() -> Sampler.coarseToFine(4), "coarse-to-fine: trials is 4; it must be at least 5");
    refused(() -> Sampler.coarseToFine(9, 0, 0.1, 0.5), "rounds is 0; it must be at least 1");
    refused(() -> Sampler.coarseToFine(9, 2, 0, 0.5), "quantile is 0.0; it must be above 0");
    refused(() -> Sampler.coarseToFine(9, 2, Double.NaN, 0.5), "quantile is NaN");
    refused(() -> Sampler.coarseToFine(9, 2, 0.1, 1.5), "shrink is 1.5; it must be above 0 and at");
    refused(() -> Sampler.halving(0, 1, 1, 2), "halving: trials is 0; it must be at least 1");
    refused(() -> Sampler.halving(3, 0, 1, 2), "halving: budgets are 0 to 1");
    refused(
        () -> Sampler.halving(3, 4, 3, 2), "halving: budgets are 4 to 3; they must be at least 1");
    refused(() -> Sampler.halving(3, 1, 3, 1), "halving: eta is 1; it must be at least 2");
    refused(() -> new Proposal(-1, SPACE.at(new double[7]), 1), "trial is -1 and budget 1");
    refused(() -> new Proposal(0, SPACE.at(new double[7]), 0), "trial is 0 and budget 0");
  }
}
