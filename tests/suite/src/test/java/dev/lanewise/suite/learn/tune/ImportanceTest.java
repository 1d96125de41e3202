package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.testkit.operand.Mix;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Importance of parameters: whether the truth is found over seeds 1 to 20, and what it is not. */
class ImportanceTest {
  private static final int SEEDS = 20;
  private static final int TRIALS = 60;

  /** Of "a" and "b", the first matters more; the others do nothing. */
  private static final Space NUMBERS =
      Space.empty()
          .uniform("idle 1", 0, 1)
          .uniform("b", 0, 1)
          .uniform("a", 0, 1)
          .uniform("idle 2", 0, 1)
          .uniform("idle 3", 0, 1)
          .uniform("idle 4", 0, 1);

  /** As for a network. */
  private static final Space MIXED =
      Space.empty()
          .oneMinusLogUniform("b", 0.9, 0.999)
          .integer("layers", 1, 3)
          .logUniform("a", 1e-4, 1)
          .logInteger("units 2", 8, 512)
          .onlyIf(Condition.atLeast("layers", 2))
          .logInteger("units 3", 8, 512)
          .onlyIf(Condition.atLeast("layers", 3))
          .choice("idle 1", "x", "y", "z")
          .uniform("idle 2", 0, 1);

  private static final Space CHOICES =
      Space.empty()
          .choice("idle 1", "p", "q")
          .uniform("b", 0, 1)
          .choice("a", "x", "y", "z")
          .uniform("idle 2", 0, 1);

  private static StudyResult study(
      Space space, Sampler sampler, long seed, ToDoubleFunction<Proposal> objective) {
    return new StudyResult(
        Goal.MINIMISE, new Search(space, sampler, seed, Goal.MINIMISE).run(objective), true);
  }

  private static List<Importance> random(
      Space space, int trials, long seed, ToDoubleFunction<Assignment> objective) {
    Sampler sampler = Sampler.random(trials);
    return Importance.of(
        space, study(space, sampler, seed, p -> objective.applyAsDouble(p.assignment())));
  }

  private static double share(List<Importance> all, String parameter) {
    return all.stream()
        .filter(one -> one.parameter().equals(parameter))
        .findFirst()
        .orElseThrow()
        .share();
  }

  private static double idle(List<Importance> all) {
    return 1 - share(all, "a") - share(all, "b");
  }

  /** Of the seeds at least that many. */
  private static void holds(
      int least, Function<Long, List<Importance>> study, Predicate<List<Importance>> claim) {
    List<List<Importance>> wrong =
        IntStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> study.apply((long) seed))
            .filter(claim.negate())
            .toList();
    assertTrue(
        wrong.size() <= SEEDS - least,
        "%d of %d seeds, such as %s".formatted(wrong.size(), SEEDS, wrong));
  }

  private static double square(double x) {
    return x * x;
  }

  private record Truth(String name, Space space, ToDoubleFunction<Assignment> score) {
    @Override
    public String toString() {
      return name;
    }

    private void isFound(Sampler sampler, double mostIdle) {
      holds(
          SEEDS - 1,
          seed ->
              Importance.of(
                  space, study(space, sampler, seed, p -> score.applyAsDouble(p.assignment()))),
          found ->
              found.get(0).parameter().equals("a")
                  && found.get(1).parameter().equals("b")
                  && found.get(1).share() > found.get(2).share()
                  && idle(found) < mostIdle);
    }
  }

  private static final Truth LINEAR =
      new Truth("linear", NUMBERS, a -> Math.sqrt(10) * a.number("a") + a.number("b"));
  private static final Truth BOWL =
      new Truth(
          "bowl",
          NUMBERS,
          a -> Math.sqrt(10) * square(a.number("a") - 0.4) + square(a.number("b") - 0.6));
  private static final Truth EDGE =
      new Truth(
          "edge",
          NUMBERS,
          a -> Math.sqrt(10) * Math.abs(a.number("a") - 0.4) + Math.abs(a.number("b") - 0.6));
  private static final Truth WAVE =
      new Truth(
          "wave",
          NUMBERS,
          a -> StrictMath.sin(6 * a.number("a")) + 0.3 * StrictMath.cos(5 * a.number("b")));

  /** A third of the space is as bad as if it diverged. */
  private static final Truth CLIFF =
      new Truth(
          "cliff",
          NUMBERS,
          a -> a.number("a") > 0.7 ? 1e300 : Math.abs(a.number("a") - 0.3) + a.number("b") / 3);

  private static final Truth NETWORK =
      new Truth(
          "network",
          MIXED,
          a ->
              square(StrictMath.log10(a.number("a")) + 2)
                  + square(StrictMath.log10(1 - a.number("b")) + 2.2));
  private static final Truth CHOICE =
      new Truth("choice", CHOICES, a -> (a.choice("a").equals("y") ? 2 : 0) + 0.5 * a.number("b"));

  static List<Truth> truths() {
    return List.of(LINEAR, BOWL, EDGE, WAVE, CLIFF, NETWORK, CHOICE);
  }

  /** Few bad choices are left when a search has zoomed in, so the choice is not among these. */
  static List<Truth> truthsToZoomInto() {
    return List.of(LINEAR, BOWL, EDGE, WAVE, CLIFF);
  }

  @ParameterizedTest
  @MethodSource("truths")
  void theRankingOfARandomStudyIsTrue(Truth truth) {
    truth.isFound(Sampler.random(TRIALS), 0.03);
  }

  @ParameterizedTest
  @MethodSource("truthsToZoomInto")
  void theRankingOfACoarseToFineStudyIsTrue(Truth truth) {
    truth.isFound(Sampler.coarseToFine(TRIALS), 0.13);
  }

  /** Scores of other budgets would contradict. */
  @ParameterizedTest
  @MethodSource("truths")
  void theRankingOfAHalvingStudyIsTrue(Truth truth) {
    Sampler sampler = Sampler.halving(TRIALS, 1, 9, 3);
    holds(
        SEEDS - 1,
        seed ->
            Importance.of(
                truth.space,
                study(
                    truth.space,
                    sampler,
                    seed,
                    p ->
                        p.budget() == 1
                            ? truth.score.applyAsDouble(p.assignment())
                            : new Mix(p.trial()).unit())),
        found -> found.get(0).parameter().equals("a") && found.get(1).parameter().equals("b"));
  }

  /** Those of √10 a + b, of which a has 10 / 11 of the variance. */
  @Test
  void sharesAreThoseOfTheVariance() {
    holds(
        SEEDS,
        seed -> random(NUMBERS, TRIALS, seed, LINEAR.score),
        found ->
            Math.abs(share(found, "a") - 10 / 11.0) < 0.03
                && Math.abs(found.stream().mapToDouble(Importance::share).sum() - 1) < 1e-12);
  }

  /** (a - 1/2) (b - 1/2): neither matters in the mean over the other. */
  @Test
  void whatMattersOnlyTogetherIsNotMissed() {
    holds(
        SEEDS - 1,
        seed -> random(NUMBERS, TRIALS, seed, a -> (a.number("a") - 0.5) * (a.number("b") - 0.5)),
        found -> share(found, "a") > 0.4 && share(found, "b") > 0.4);
  }

  @Test
  void aConditionalParameterIsSeenWhereItExists() {
    ToDoubleFunction<Assignment> objective =
        a -> a.has("units 2") ? square(StrictMath.log(a.integer("units 2")) - 4) : 1.5;
    holds(
        SEEDS - 1,
        seed -> random(MIXED, TRIALS, seed, objective),
        found -> found.getFirst().parameter().equals("units 2") && share(found, "layers") < 0.2);
  }

  @Test
  void noiseIsImportantOfNothing() {
    Stream.of(NUMBERS, MIXED)
        .forEach(
            space ->
                holds(
                    SEEDS - 2,
                    seed -> random(space, TRIALS, seed, a -> new Mix(a.hashCode()).unit()),
                    found -> found.stream().allMatch(one -> one.share() == 0)));
  }

  /** So units, and huge scores, do not matter, nor which ones are better. */
  @Test
  void onlyTheOrderOfScoresCounts() {
    ToDoubleFunction<Assignment> score = NETWORK.score;
    List<Importance> expected = random(MIXED, TRIALS, 1, score);
    assertEquals(
        expected, random(MIXED, TRIALS, 1, a -> StrictMath.exp(9 * score.applyAsDouble(a)) - 1e3));
    List<Importance> falling = random(MIXED, TRIALS, 1, a -> -score.applyAsDouble(a));
    for (Importance one : expected) {
      assertEquals(one.share(), share(falling, one.parameter()), 1e-9, one.parameter());
    }
  }

  @Test
  void tiesCountAsOneRank() {
    List<Importance> equal = random(NUMBERS, TRIALS, 1, a -> a.number("a") > 0.5 ? 0.0 : -0.0);
    assertEquals(
        NUMBERS.parameters().stream().map(p -> new Importance(p.name(), 0)).toList(), equal);
    holds(
        SEEDS,
        seed -> random(NUMBERS, TRIALS, seed, a -> a.number("a") > 0.5 ? 1 : 0),
        found -> share(found, "a") > 0.8);
  }

  @Test
  void fewTrialsTellNothing() {
    ToDoubleFunction<Proposal> objective =
        p -> p.trial() < 5 ? Double.NaN : p.assignment().number("a");
    Function<Integer, List<Importance>> of =
        trials -> Importance.of(NUMBERS, study(NUMBERS, Sampler.random(trials), 1, objective));
    assertEquals(List.of(), of.apply(Importance.LEAST_TRIALS + 4));
    assertEquals("a", of.apply(Importance.LEAST_TRIALS + 5).getFirst().parameter());
    assertEquals(NUMBERS.parameters().size(), of.apply(Importance.LEAST_TRIALS + 5).size());
  }

  @Test
  void theBudgetOfMostTrialsIsTaken() {
    Space space = Space.empty().uniform("a", 0, 1);
    List<Outcome> all =
        study(space, Sampler.halving(6, 1, 2, 2), 1, p -> p.trial() == 5 ? Double.NaN : p.trial())
            .outcomes();
    Function<List<Outcome>, List<Integer>> trials =
        some ->
            Importance.comparable(new StudyResult(Goal.MINIMISE, some, true)).stream()
                .map(Outcome::trial)
                .toList();
    assertEquals(List.of(0, 1, 2, 3, 4), trials.apply(all));
    assertEquals(List.of(0, 1, 2), trials.apply(all.subList(2, all.size())));
    assertEquals(List.of(), trials.apply(List.of()));
  }

  static Stream<Space> spacesOfLittle() {
    return Stream.of(
        Space.empty(),
        Space.empty().integer("one value", 3, 3).choice("one choice", "x").uniform("idle", 0, 1),
        Space.empty()
            .uniform("idle", 0, 1)
            .uniform("never", 0, 1)
            .onlyIf(Condition.atLeast("idle", 1 - 0x1p-31)));
  }

  @ParameterizedTest
  @MethodSource("spacesOfLittle")
  void whatDoesNotVaryDoesNotMatter(Space space) {
    List<Importance> found = random(space, TRIALS, 1, a -> new Mix(a.hashCode()).unit());
    assertEquals(space.parameters().size(), found.size());
    found.forEach(one -> assertEquals(0, one.share(), one.parameter()));
  }
}
