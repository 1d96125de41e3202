package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Report;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.Trial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Trials that are sent elsewhere and run there. */
class TrialApartTest {
  private static final Space SPACE =
      Space.empty().logUniform("rate", 1e-4, 1).integer("layers", 1, 3).choice("rule", "a", "b");

  @Test
  void anAssignmentIsItsValues() {
    Assignment original = SPACE.at(0.3, 0.6, 0.9);
    assertEquals(original, Assignment.of(original.values()));
    assertEquals(original.toString(), Assignment.of(original.values()).toString());
    SequencedMap<String, Object> other = new LinkedHashMap<>(original.values());
    other.put("rule", 3L);
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> Assignment.of(other));
    assertEquals(
        "Assignment: rule is 3; expected a Double, an Integer or a String", thrown.getMessage());
  }

  @Test
  void aTrialApartKnowsWhatItIsTold() {
    AtomicBoolean asked = new AtomicBoolean();
    Trial trial = Trial.apart(new Proposal(4, SPACE.at(0.1, 0.2, 0.3), 9), 3, 77, asked::get);
    assertEquals(4, trial.number());
    assertEquals(9, trial.budget());
    assertEquals(3, trial.spent());
    assertEquals(77, trial.seed());
    assertEquals(List.of(), trial.reports());
    trial.report(2, 0.5);
    assertEquals(List.of(new Report(2, 0.5)), trial.reports());
    assertFalse(trial.shouldStop());
    asked.set(true);
    assertTrue(trial.shouldStop());
  }

  /** All of a trial but the objective's own values passes through. */
  @Test
  void anObjectiveThatIsWrappedGivesTheSameStudy() throws IOException {
    Objective objective =
        trial -> {
          trial.report(1, trial.budget());
          return trial.assignment().number("rate") + trial.spent() + (trial.seed() >> 40);
        };
    Study study = Study.of(SPACE, Sampler.halving(9, 1, 9, 3), objective).withSeed(3);
    Study wrapped =
        study.withObjective(
            inner ->
                trial -> {
                  Proposal proposal =
                      new Proposal(
                          trial.number(),
                          Assignment.of(trial.assignment().values()),
                          trial.budget());
                  Trial apart = Trial.apart(proposal, trial.spent(), trial.seed(), () -> false);
                  double score = inner.score(apart);
                  apart.reports().forEach(each -> trial.report(each.step(), each.score()));
                  return score;
                });
    assertEquals(study.run(), wrapped.run());
  }
}
