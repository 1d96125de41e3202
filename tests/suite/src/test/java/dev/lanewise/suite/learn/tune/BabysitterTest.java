package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Babysitter;
import dev.lanewise.learn.tune.Babysitting;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Decision;
import dev.lanewise.learn.tune.Nudge;
import dev.lanewise.learn.tune.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a babysitter decides, and what follows from it. */
class BabysitterTest {
  /** A position is the value. */
  private static final Space LINE = Space.empty().uniform("a", 0, 1);

  @TempDir private Path folder;
  private Path journal;

  @BeforeEach
  void nameFile() {
    journal = folder.resolve("babysitter.jsonl");
  }

  /** What is nudged to, by scores after: kept ones fall. */
  private List<String> moves(Space space, Map<String, ?> start, double... scores)
      throws IOException {
    Files.deleteIfExists(journal);
    return Babysitter.of(space, start, 1, scores.length - 1)
        .withStep(0.125)
        .run(new Scripted(scores), journal)
        .decisions()
        .stream()
        .skip(1)
        .map(d -> d.nudge().map(n -> n.parameter() + " " + n.to()).orElse("none") + " " + d.kept())
        .toList();
  }

  @Test
  void movesAreInTurn() throws IOException {
    Space plane = LINE.uniform("b", 0, 1);
    assertEquals(
        List.of(
            "none true",
            "a 0.625 true",
            "a 0.5 true",
            "b 0.625 true",
            "b 0.5 true",
            "none true",
            "a 0.625 true"),
        moves(
            plane, Map.of("a", 0.5, "b", 0.5), 256, 128, 112, 110, 109.5, 109.3, 109.29, 109.289));
  }

  /**
   * Gains per epoch: 8, then 5 of a nudge, 2.5 and no more than half of that; then a bigger one.
   */
  @Test
  void aNudgeIsMadeAgainUnlessTheCurveFlattens() throws IOException {
    assertEquals(
        List.of("none true", "a 0.625 true", "a 0.75 true", "a 0.625 true", "a 0.5 true"),
        moves(LINE, Map.of("a", 0.5), 100, 92, 87, 84.5, 82, 80));
    assertEquals(
        List.of("none true", "a 0.625 true", "a 0.75 true", "a 0.875 true"),
        moves(LINE, Map.of("a", 0.5), 100, 99, 90, 80, 70));
  }

  /** After 4 an epoch a nudge gains 3 in an interval of one, which is no flattening. */
  @Test
  void gainsAreThoseOfAnEpoch() throws IOException {
    Scripted trainee = new Scripted(100, 92, 89, 88);
    Babysitter.of(LINE, Map.of("a", 0.5), 2, 3).withStep(0.125).run(trainee, journal);
    List<Decision> decisions =
        Babysitter.of(LINE, Map.of("a", 0.5), 2, 5)
            .withStep(0.125)
            .run(trainee, journal)
            .decisions();
    assertEquals(List.of(0, 2, 1, 2), decisions.stream().map(Decision::epochs).toList());
    assertEquals(Optional.of(new Nudge("a", 0.625, 0.75)), decisions.getLast().nudge());
  }

  /** A nudge after nothing but failures is made again. */
  @Test
  void whatWasRolledBackIsNotTriedAgain() throws IOException {
    assertEquals(
        List.of(
            "none false",
            "a 0.625 false",
            "a 0.375 false",
            "a 0.75 false",
            "a 0.25 false",
            "a 0.5625 false",
            "a 0.4375 false",
            "a 0.9999999999999999 false",
            "a 0.0 false",
            "a 0.53125 true",
            "a 0.65625 false",
            "a 0.40625 true",
            "a 0.28125 true"),
        moves(LINE, Map.of("a", 0.5), 10, 10, 11, 11, 11, 11, 11, 11, 11, 11, 9, 9, 8, 7));
  }

  @Test
  void itEndsWhenNothingIsLeft() throws IOException {
    Space bit = Space.empty().integer("n", 0, 1);
    assertEquals(List.of("none false", "n 1 false"), moves(bit, Map.of("n", 0), new double[50]));
    Babysitting result =
        Babysitter.of(bit, Map.of("n", 0), 3, 49).run(new Scripted(0, 0, 0), folder.resolve("bit"));
    assertTrue(result.complete());
    assertEquals(6, result.spent());
  }

  @Test
  void theTraineeIsAskedInOrder() throws IOException {
    Scripted trainee = new Scripted(5, 4, 6, 3);
    Babysitting result =
        Babysitter.of(LINE, Map.of("a", 0.5), 2, 5).withStep(0.25).run(trainee, journal);
    assertEquals(
        List.of(
            "begin a=0.5",
            "save",
            "train a=0.5 for 2",
            "save",
            "train a=0.75 for 2",
            "train a=0.25 for 1",
            "save",
            "restore a=0.25"),
        trainee.calls());
    assertEquals(3, result.score());
    assertEquals(3, result.epochs());
    assertEquals(5, result.spent());
    assertEquals("a=0.25", result.settings().toString());
    assertTrue(result.complete());
    assertEquals(
        List.of(
            new Decision(0, 0, 0, Optional.empty(), Double.NaN, 5, "", true),
            new Decision(1, 0, 2, Optional.empty(), 5, 4, "", true),
            new Decision(2, 2, 2, Optional.of(new Nudge("a", 0.5, 0.75)), 4, 6, "", false),
            new Decision(3, 2, 1, Optional.of(new Nudge("a", 0.5, 0.25)), 4, 3, "", true)),
        result.decisions());
    assertEquals("decision 0, the beginning: 5.0000", result.decisions().get(0).toString());
    assertEquals(
        "decision 2, epochs 3 to 4: a 0.5 -> 0.75: 4.0000 -> 6.0000: rolled back",
        result.decisions().get(2).toString());
  }

  @Test
  void higherScoresMayBeBetter() throws IOException {
    Babysitting result =
        Babysitter.of(LINE, Map.of("a", 0.5), 1, 3)
            .maximising()
            .run(new Scripted(-1, 0, -0.0, 7), journal);
    assertEquals(
        List.of(true, true, false, true), result.decisions().stream().map(Decision::kept).toList());
    assertEquals(7, result.score());
  }

  @Test
  void settingsDoNotForgetOthers() throws IOException {
    List<Decision> heard = new ArrayList<>();
    Babysitter one =
        Babysitter.of(LINE, Map.of("a", 0.5), 1, 2)
            .withListener(heard::add)
            .withStep(0.25)
            .maximising();
    Babysitter two =
        Babysitter.of(LINE, Map.of("a", 0.5), 1, 2)
            .maximising()
            .withStep(0.25)
            .withListener(heard::add);
    Babysitting first = one.run(new Scripted(1, 2, 3), journal);
    Babysitting second = two.run(new Scripted(1, 2, 3), folder.resolve("second"));
    assertEquals(first, second);
    assertEquals(Optional.of(new Nudge("a", 0.5, 0.75)), first.decisions().getLast().nudge());
    assertEquals(3, first.score());
    assertEquals(6, heard.size());
  }

  /** No number is no improvement, nor is it an end. */
  @Test
  void failuresAreRolledBack() throws IOException {
    Babysitting result =
        Babysitter.of(LINE, Map.of("a", 0.5), 1, 2)
            .maximising()
            .run(new Scripted(1, Double.POSITIVE_INFINITY, Double.NaN), journal);
    assertEquals(
        List.of(
            "", "the score is Infinity; it must be finite", "the score is NaN; it must be finite"),
        result.decisions().stream().map(Decision::error).toList());
    assertEquals(1, result.score());
    assertEquals(0, result.epochs());
    Scripted none = new Scripted(Double.NaN);
    Path other = folder.resolve("other");
    String message =
        assertThrows(
                ArithmeticException.class,
                () -> Babysitter.of(LINE, Map.of("a", 0.5), 1, 2).run(none, other))
            .getMessage();
    assertTrue(message.contains("before the first epoch is NaN"), message);
    Babysitting diverged =
        Babysitter.of(Descent.SPACE, Map.of("rate", 9.0, "momentum", 0.9), 5, 60)
            .run(new Descent(), folder.resolve("diverged"));
    Decision first = diverged.decisions().get(1);
    assertTrue(first.error().startsWith("java.lang.ArithmeticException: x is "), first::error);
    assertFalse(first.kept());
    assertTrue(diverged.score() < 0.01, diverged::toString);
  }

  /** From any start on: a short definition of what decisions are. */
  @Test
  void decisionsFollowFromScores() throws IOException {
    for (int i = 0; i < 40; i++) {
      double rate = 1e-4 * StrictMath.pow(10, i / 8.0);
      Map<String, ?> start = Map.of("rate", rate, "momentum", 0.5);
      Descent trainee = new Descent();
      List<Decision> heard = new ArrayList<>();
      Path file = folder.resolve("run" + i);
      Babysitting result =
          Babysitter.of(Descent.SPACE, start, 3, 80).withListener(heard::add).run(trainee, file);
      assertEquals(result.decisions(), heard);
      assertEquals(result.decisions(), Babysitter.decisions(file));
      double best = 1;
      int epoch = 0;
      Map<String, Object> now = new HashMap<>(start);
      Set<Optional<Nudge>> tried = new HashSet<>();
      for (Decision decision : heard.subList(1, heard.size())) {
        assertEquals(best, decision.before());
        assertEquals(epoch, decision.epoch());
        assertEquals(decision.after() < best, decision.kept());
        decision.nudge().ifPresent(nudge -> assertEquals(now.get(nudge.parameter()), nudge.from()));
        assertTrue(tried.add(decision.nudge()), "tried twice: " + decision);
        if (decision.kept()) {
          best = decision.after();
          epoch += decision.epochs();
          decision.nudge().ifPresent(nudge -> now.put(nudge.parameter(), nudge.to()));
          tried.clear();
        }
      }
      assertEquals(best, result.score());
      assertEquals(epoch, result.epochs());
      assertEquals(now, result.settings().values());
      assertEquals(80, result.spent());
      assertTrue(trainee.spent() <= 80);
      assertEquals(best, trainee.state().x() * trainee.state().x());
    }
  }

  @Test
  void aBadRateIsMended() throws IOException {
    for (double rate : new double[] {0.03, 0.0003, 8}) {
      Map<String, ?> start = Map.of("rate", rate, "momentum", 0.5);
      Babysitting result =
          Babysitter.of(Descent.SPACE, start, 2, 60)
              .run(new Descent(), folder.resolve("rate" + rate));
      double alone = Math.min(Descent.alone(rate, 0.5, 60), 1);
      System.out.printf("rate %s: alone %.3g, babysat %.3g%n", rate, alone, result.score());
      assertTrue(result.score() < 1e-4 * alone);
    }
  }

  @Test
  void anInterruptEndsItAfterTheInterval() throws IOException {
    Babysitter babysitter = Babysitter.of(Descent.SPACE, Descent.START, 2, 30);
    Babysitting expected = babysitter.run(new Descent(), folder.resolve("calm"));
    Descent trainee = new Descent();
    Babysitting result =
        babysitter
            .withListener(
                decision -> {
                  if (decision.number() == 4) {
                    Thread.currentThread().interrupt();
                  }
                })
            .run(trainee, journal);
    assertTrue(Thread.interrupted());
    assertFalse(result.complete());
    assertEquals(expected.decisions().subList(0, 5), result.decisions());
    assertEquals(expected, babysitter.run(trainee, journal));
  }

  private static void refused(Executable call, String words) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void settingsOutOfRange() {
    Map<String, ?> half = Map.of("a", 0.5);
    refused(() -> Babysitter.of(Space.empty(), Map.of(), 1, 1), "has no parameter to nudge");
    refused(() -> Babysitter.of(LINE, half, 0, 1), "interval is 0; it must be at least 1");
    refused(() -> Babysitter.of(LINE, half, 1, 0), "epochs is 0; it must be at least 1");
    refused(() -> Babysitter.of(LINE, Map.of(), 1, 1), "Parameter a: null is no value of");
    refused(() -> Babysitter.of(LINE, Map.of("a", 2.0), 1, 1), "2.0 (Double) is no value of");
    refused(() -> Babysitter.of(LINE, Map.of("a", 1), 1, 1), "1 (Integer) is no value of");
    refused(() -> Babysitter.of(LINE, Map.of("a", 0.5, "b", 1.0), 1, 1), "the space has [a]");
    Space choice = Space.empty().choice("c", "x", "y");
    refused(() -> Babysitter.of(choice, Map.of("c", "x"), 1, 1), "c: choice(x, y) cannot be");
    Space conditional = LINE.uniform("b", 0, 1).onlyIf(Condition.atLeast("a", 0.5));
    refused(
        () -> Babysitter.of(conditional, Map.of("a", 0.5, "b", 0.5), 1, 1),
        "b: uniform(0.0, 1.0) if a >= 0.5 cannot be nudged");
    Babysitter babysitter = Babysitter.of(LINE, half, 1, 1);
    refused(() -> babysitter.withStep(0), "step is 0.0; it must be above 0 and below 1");
    refused(() -> babysitter.withStep(1), "step is 1.0");
    refused(() -> babysitter.withStep(Double.NaN), "step is NaN");
    refused(() -> babysitter.withListener(null), "listener");
    refused(() -> new Babysitting(List.of(), Descent.SPACE.at(0, 0), true), "no decision");
  }
}
