package dev.lanewise.suite.report;

import static dev.lanewise.suite.report.Pages.strings;
import static dev.lanewise.suite.report.SampleStudies.SPACE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Parameter;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The axes of a study's page: their labels, and where values have their places. */
class ParameterAxisTest {
  private static JsonNode data(Space space, List<Outcome> outcomes) {
    return Pages.data(SampleStudies.page(space, new StudyResult(Goal.MINIMISE, outcomes, true)));
  }

  private static List<Double> numbers(JsonNode array) {
    return array.valueStream().map(JsonNode::asDouble).toList();
  }

  @Test
  void everyAxisIsOnItsOwnScale() {
    JsonNode axes = data(SPACE, List.of()).path("axes");
    assertEquals(SPACE.parameters().size(), axes.size());
    assertEquals(List.of("0.0001", "0.001", "0.01", "0.1", "1"), strings(axes.at("/0/labels")));
    assertEquals("logUniform(1.0E-4, 1.0)", axes.at("/0/scale").asString());
    assertEquals(List.of("0.9", "0.99", "0.999"), strings(axes.at("/1/labels")));
    assertEquals(List.of("1", "2", "3"), strings(axes.at("/2/labels")));
    assertEquals(
        List.of("8", "16", "32", "64", "128", "256", "512"), strings(axes.at("/3/labels")));
    assertEquals(List.of("relu", Pages.HOSTILE), strings(axes.at("/4/labels")));
    List<Boolean> discrete = List.of(false, false, true, false, true, true);
    List<Boolean> conditional = List.of(false, false, false, true, false, true);
    for (int i = 0; i < axes.size(); i++) {
      assertEquals(discrete.get(i), axes.get(i).path("discrete").asBoolean(), axes.toString());
      assertEquals(conditional.get(i), axes.get(i).path("conditional").asBoolean());
    }
  }

  @Test
  void placesAreThoseOfTheScaleAndNoneHasItsOwn() {
    Assignment all = SPACE.at(0.25, 0.5, 0.99, 0.5, 0.75, 0.5);
    Assignment fewer = SPACE.at(0.25, 0.5, 0.1, 0.5, 0.1, 0.5);
    JsonNode trials = data(SPACE, List.of(finished(0, all), finished(1, fewer))).path("trials");
    List<Double> places = numbers(trials.at("/0/places"));
    assertEquals(0.25, places.get(0), 1e-12);
    assertEquals(0.5, places.get(1), 1e-12);
    assertEquals(List.of(2.0, 1.0, 1.0), List.of(places.get(2), places.get(4), places.get(5)));
    assertEquals(0.5, places.get(3), 0.01);
    List<Double> none = numbers(trials.at("/1/places"));
    assertEquals(List.of(0.0, -1 / 6.0, 0.0, 3.0), none.subList(2, 6));
    assertEquals(
        List.of("0.001", "0.99", "3", "64", Pages.HOSTILE, "b"), strings(trials.at("/0/values")));
    assertEquals(
        List.of("0.001", "0.99", "1", "none", "relu", "none"), strings(trials.at("/1/values")));
  }

  private static Outcome finished(int trial, Assignment assignment) {
    return new Outcome(trial, assignment, 1, Status.FINISHED, trial, "", List.of());
  }

  /** Integers on a logarithmic scale have unequal parts of it; each has a place of its own. */
  @Test
  void fewIntegersHaveAPlaceEach() {
    Space space = Space.empty().logInteger("u", 2, 5);
    List<Outcome> outcomes = new ArrayList<>();
    for (double u : new double[] {0, 0.5, 0.7, 0.99}) {
      outcomes.add(finished(outcomes.size(), space.at(u)));
    }
    JsonNode data = data(space, outcomes);
    List<String> labels = strings(data.at("/axes/0/labels"));
    assertEquals(List.of("2", "3", "4", "5"), labels);
    for (JsonNode trial : data.path("trials")) {
      assertEquals(trial.at("/values/0").asString(), labels.get(trial.at("/places/0").asInt()));
    }
  }

  /** A label of a value stands near the place of that value, and labels differ. */
  @Test
  void labelsStandWhereTheirValuesAre() {
    Space narrow =
        Space.empty()
            .uniform("far", 1e6, 1e6 + 1)
            .uniform("small", -1e-9, 1e-9)
            .uniform("huge", -1e300, 1e300)
            .oneMinusLogUniform("near 1", 0.9995, 0.99999)
            .integer("twenty", 1, 20);
    for (Space space : List.of(SPACE, narrow)) {
      JsonNode axes = data(space, List.of()).path("axes");
      for (int i = 0; i < axes.size(); i++) {
        List<String> labels = strings(axes.get(i).path("labels"));
        assertEquals(labels.size(), labels.stream().distinct().count(), labels.toString());
        if (!axes.get(i).path("discrete").asBoolean()) {
          assertLabels(space.parameters().get(i), labels);
        }
      }
    }
  }

  private static void assertLabels(Parameter parameter, List<String> labels) {
    boolean whole = parameter.at(0) instanceof Integer;
    for (int part = 0; part < labels.size(); part++) {
      String label = labels.get(part);
      Object value = whole ? (Object) Integer.valueOf(label) : (Object) Double.valueOf(label);
      double place = (double) part / (labels.size() - 1);
      assertEquals(place, parameter.position(value), 0.03, labels.toString());
      assertTrue(label.length() <= 10, labels.toString());
    }
  }
}
