package dev.lanewise.suite.report;

import static dev.lanewise.suite.report.Pages.strings;
import static dev.lanewise.suite.report.SampleStudies.SPACE;
import static dev.lanewise.suite.report.SampleStudies.study;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.report.StudyPage;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.StudyResult;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the page of a study says. */
class StudyPageTest {
  private static JsonNode data(StudyResult result) {
    return Pages.data(SampleStudies.page(result));
  }

  @Test
  void everyTrialIsThere() {
    StudyResult result = SampleStudies.halving(Goal.MINIMISE);
    JsonNode trials = data(result).path("trials");
    assertEquals(result.outcomes().size(), trials.size());
    for (int i = 0; i < trials.size(); i++) {
      Outcome outcome = result.outcomes().get(i);
      JsonNode trial = trials.get(i);
      assertEquals(outcome.trial(), trial.path("trial").asInt());
      assertEquals(outcome.budget(), trial.path("budget").asInt());
      assertEquals(outcome.status().name(), trial.path("status").asString());
      assertEquals(SPACE.parameters().size(), trial.path("places").size());
      assertEquals(SPACE.parameters().size(), trial.path("values").size());
      if (outcome.status() == Status.FINISHED) {
        assertEquals(outcome.score(), trial.path("score").asDouble());
      } else {
        assertTrue(trial.path("score").isNull());
        String end = outcome.status() == Status.FAILED ? "failed: " : "timed out: ";
        assertEquals(end + Pages.HOSTILE, trial.path("result").asString());
      }
    }
  }

  /** It is not computed again, which takes a while. */
  @Test
  void theImportanceIsTheOneThatIsGiven() {
    List<Importance> given =
        SPACE.parameters().stream().map(p -> new Importance(p.name(), 0.125)).toList();
    JsonNode shown =
        Pages.data(StudyPage.html(SampleStudies.FACTS, SPACE, study(30), given)).path("importance");
    assertEquals(26, shown.path("trials").asInt());
    assertEquals(
        given,
        shown
            .path("shares")
            .valueStream()
            .map(s -> new Importance(s.path("parameter").asString(), s.path("share").asDouble()))
            .toList());
  }

  @Test
  void theBestAreThoseOfTheLargestBudget() {
    StudyResult result = SampleStudies.halving(Goal.MAXIMISE);
    JsonNode rows = data(result).at("/best/rows");
    assertEquals(10, rows.size());
    assertEquals(Integer.toString(result.best().orElseThrow().trial()), rows.at("/0/0").asString());
    assertEquals("9", rows.at("/0/1").asString());
    List<Double> budgets = rows.valueStream().map(row -> row.path(1).asDouble()).toList();
    assertEquals(budgets.stream().sorted(Comparator.reverseOrder()).toList(), budgets);
    assertEquals(10, rows.valueStream().map(row -> row.path(0).asString()).distinct().count());
    assertEquals(3 + SPACE.parameters().size(), data(result).at("/best/columns").size());
  }

  @Test
  void failuresAreListedUpToTwenty() {
    JsonNode some = data(study(30));
    assertEquals(4, some.at("/failures/rows").size());
    assertEquals(0, some.path("moreFailures").asInt());
    assertEquals(
        List.of("3", "1", "failed", Pages.HOSTILE),
        strings(some.at("/failures/rows/0")).subList(0, 4));
    assertEquals("timed out", some.at("/failures/rows/1/2").asString());
    JsonNode many = data(study(700));
    assertEquals(20, many.at("/failures/rows").size());
    assertEquals(80, many.path("moreFailures").asInt());
  }

  @Test
  void nothingIsAskedForAndTextStaysText() {
    String page = SampleStudies.page(study(60));
    assertEquals(Pages.HOSTILE, Pages.data(page).at("/facts/0/value").asString());
    Pages.assertSelfContained(page);
  }
}
