package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.report.StudyPage;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Parameter;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.suite.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a study. */
@SideBySide
class StudyPageTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern STATUS = Pattern.compile("<p id=\"status\" hidden=\"\">([^<]*)</p>");
  private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>");
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\bsrc\\s*=|\\bhref=\"[^#]|url\\((?!url\\))|@import|fetch\\(|XMLHttp|https?:(?!//www.w3.org/)");
  private static final String HOSTILE = "</script><img src=x onerror=console.error(1)>{{data}}";
  private static final List<Fact> FACTS = List.of(new Fact("Samples", HOSTILE));

  private static final Space SPACE =
      Space.empty()
          .logUniform("rate", 1e-4, 1)
          .oneMinusLogUniform("momentum", 0.9, 0.999)
          .integer("layers", 1, 3)
          .logInteger("units 2", 8, 512)
          .onlyIf(Condition.atLeast("layers", 2))
          .choice(HOSTILE, "relu", HOSTILE)
          .choice("mode", "a", "b", "c")
          .onlyIf(Condition.isOneOf(HOSTILE, HOSTILE));

  @TempDir private Path folder;

  /** Of trials, each seventh fails, and of those each second has taken too long. */
  private static StudyResult study(Sampler sampler, Goal goal, ToDoubleFunction<Assignment> score) {
    List<Outcome> outcomes = new ArrayList<>();
    while (true) {
      List<Proposal> round = sampler.next(SPACE, 3, goal, List.copyOf(outcomes));
      if (round.isEmpty()) {
        return new StudyResult(goal, outcomes, true);
      }
      round.forEach(
          proposal -> {
            Status status =
                proposal.trial() % 7 != 3
                    ? Status.FINISHED
                    : proposal.trial() % 2 == 0 ? Status.TIMED_OUT : Status.FAILED;
            outcomes.add(
                new Outcome(
                    proposal.trial(),
                    proposal.assignment(),
                    proposal.budget(),
                    status,
                    status == Status.FINISHED
                        ? score.applyAsDouble(proposal.assignment()) / proposal.budget()
                        : Double.NaN,
                    status == Status.FINISHED ? "" : HOSTILE,
                    List.of()));
          });
    }
  }

  private static double bowl(Assignment a) {
    double rate = StrictMath.log10(a.number("rate")) + 1.5;
    return rate * rate + (a.has("units 2") ? 0.1 : 0.5);
  }

  private static StudyResult study(int trials) {
    return study(Sampler.random(trials), Goal.MINIMISE, StudyPageTest::bowl);
  }

  private static JsonNode data(String page) {
    Matcher data = DATA.matcher(page);
    assertTrue(data.find());
    return JSON.readTree(data.group(1));
  }

  private static String page(Space space, StudyResult result) {
    return StudyPage.html(FACTS, space, result, Importance.of(space, result));
  }

  private static JsonNode data(StudyResult result) {
    return data(page(SPACE, result));
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static List<Double> numbers(JsonNode array) {
    return array.valueStream().map(JsonNode::asDouble).toList();
  }

  @Test
  void everyTrialIsThere() {
    StudyResult result = study(Sampler.halving(60, 1, 9, 3), Goal.MINIMISE, StudyPageTest::bowl);
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
        assertEquals(end + HOSTILE, trial.path("result").asString());
      }
    }
  }

  @Test
  void everyAxisIsOnItsOwnScale() {
    JsonNode axes = data(study(1)).path("axes");
    assertEquals(SPACE.parameters().size(), axes.size());
    assertEquals(List.of("0.0001", "0.001", "0.01", "0.1", "1"), strings(axes.at("/0/labels")));
    assertEquals("logUniform(1.0E-4, 1.0)", axes.at("/0/scale").asString());
    assertEquals(List.of("0.9", "0.99", "0.999"), strings(axes.at("/1/labels")));
    assertEquals(List.of("1", "2", "3"), strings(axes.at("/2/labels")));
    assertEquals(
        List.of("8", "16", "32", "64", "128", "256", "512"), strings(axes.at("/3/labels")));
    assertEquals(List.of("relu", HOSTILE), strings(axes.at("/4/labels")));
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
    JsonNode trials =
        data(new StudyResult(Goal.MINIMISE, List.of(finished(0, all), finished(1, fewer)), true))
            .path("trials");
    List<Double> places = numbers(trials.at("/0/places"));
    assertEquals(0.25, places.get(0), 1e-12);
    assertEquals(0.5, places.get(1), 1e-12);
    assertEquals(List.of(2.0, 1.0, 1.0), List.of(places.get(2), places.get(4), places.get(5)));
    assertEquals(0.5, places.get(3), 0.01);
    List<Double> none = numbers(trials.at("/1/places"));
    assertEquals(List.of(0.0, -1 / 6.0, 0.0, 3.0), none.subList(2, 6));
    assertEquals(
        List.of("0.001", "0.99", "3", "64", HOSTILE, "b"), strings(trials.at("/0/values")));
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
    StudyResult result = new StudyResult(Goal.MINIMISE, outcomes, true);
    JsonNode data = data(page(space, result));
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
      StudyResult none = new StudyResult(Goal.MINIMISE, List.of(), true);
      JsonNode axes = data(page(space, none)).path("axes");
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

  /** It is not computed again, which takes a while. */
  @Test
  void theImportanceIsTheOneThatIsGiven() {
    List<Importance> given =
        SPACE.parameters().stream().map(p -> new Importance(p.name(), 0.125)).toList();
    JsonNode shown = data(StudyPage.html(FACTS, SPACE, study(30), given)).path("importance");
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
    StudyResult result = study(Sampler.halving(60, 1, 9, 3), Goal.MAXIMISE, StudyPageTest::bowl);
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
        List.of("3", "1", "failed", HOSTILE), strings(some.at("/failures/rows/0")).subList(0, 4));
    assertEquals("timed out", some.at("/failures/rows/1/2").asString());
    JsonNode many = data(study(700));
    assertEquals(20, many.at("/failures/rows").size());
    assertEquals(80, many.path("moreFailures").asInt());
  }

  @Test
  void nothingIsAskedForAndTextStaysText() {
    String page = page(SPACE, study(60));
    assertFalse(page.contains("<img src=x"), "an element that the template does not have");
    assertTrue(page.contains("content=\"default-src 'none';"), "a policy that forbids requests");
    String template = DATA.matcher(page).replaceFirst("");
    int library = template.indexOf("Licensed to the Apache Software Foundation");
    int end = template.indexOf("</script>", library);
    String ours = template.substring(0, library) + template.substring(end);
    assertFalse(OUTSIDE.matcher(ours).find());
  }

  /** The browser's document, which says of itself that nothing went wrong. */
  private String dom(String page, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), page);
    String dom = PageInBrowserTest.found().dom(file, options);
    JsonNode status = status(dom);
    assertEquals(List.of(), strings(status.path("problems")));
    assertEquals(List.of(), strings(status.path("requests")));
    assertEquals(0, status.path("width").asInt(), "nothing is wider than the window");
    String shown = dom.replaceAll("(?s)<script.*?</script>", "");
    assertFalse(shown.contains("NaN") || shown.contains("Infinity"), "coordinates are numbers");
    return dom;
  }

  private static JsonNode status(String dom) {
    Matcher status = STATUS.matcher(dom);
    assertTrue(status.find(), "the page has a status");
    return JSON.readTree(
        status.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }

  private JsonNode drawn(StudyResult result, String... options) throws IOException {
    return status(dom(page(SPACE, result), options));
  }

  private static List<Integer> marks(JsonNode status, String section) {
    return status
        .path("charts")
        .valueStream()
        .filter(chart -> chart.path("section").asString().equals(section))
        .map(chart -> chart.path("marks").asInt())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1600,1000", "500,900"})
  void everyTrialIsDrawnInEveryChart(String window) throws IOException {
    StudyResult result = study(Sampler.halving(60, 1, 9, 3), Goal.MINIMISE, StudyPageTest::bowl);
    int parameters = SPACE.parameters().size();
    JsonNode status = drawn(result, "--window-size=" + window, "--force-dark-mode");
    assertEquals("dark", status.path("theme").asString());
    assertEquals(List.of(parameters), marks(status, "importance"));
    int outcomes = result.outcomes().size();
    assertTrue(marks(status, "progress").getFirst() > outcomes + 3, status.toString());
    long finished =
        result.outcomes().stream()
            .filter(outcome -> outcome.status() == Status.FINISHED)
            .map(Outcome::trial)
            .distinct()
            .count();
    assertEquals(List.of((int) finished), marks(status, "parallel"));
    assertEquals(Collections.nCopies(parameters, outcomes), marks(status, "parameters"));
  }

  /** Without a score there is still what failed; without a trial there is no chart. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 8", "1000, 9"})
  void anyNumberOfTrialsIsDrawn(int trials, int charts) throws IOException {
    StudyResult result =
        trials == 0 ? new StudyResult(Goal.MAXIMISE, List.of(), false) : study(trials);
    assertEquals(charts, drawn(result).path("charts").size());
  }

  @Test
  void failuresAloneAreDrawn() throws IOException {
    StudyResult all = study(60);
    List<Outcome> failed =
        all.outcomes().stream().filter(outcome -> outcome.status() != Status.FINISHED).toList();
    JsonNode status = drawn(new StudyResult(Goal.MINIMISE, failed, true));
    assertEquals(Collections.nCopies(6, failed.size()), marks(status, "parameters"));
    assertEquals(List.of(), marks(status, "parallel"));
  }

  /** Negative, huge of both signs, tiny, and all the same. */
  @Test
  void anyScoresAreDrawn() throws IOException {
    List<ToDoubleFunction<Assignment>> scores =
        List.of(
            a -> -bowl(a),
            a -> Double.MAX_VALUE * (a.number("rate") - 0.1),
            a -> a.number("rate") > 0.1 ? Double.MAX_VALUE : bowl(a),
            a -> 1e-300 * a.number("rate"),
            a -> 0.5,
            a -> 0.0);
    Goal[] goals = Goal.values();
    for (int i = 0; i < scores.size(); i++) {
      drawn(study(Sampler.random(30), goals[i % goals.length], scores.get(i)));
    }
  }

  /** Of one trial in each chart. */
  @Test
  void tooltipsTellAllParameters() throws IOException {
    String page = page(SPACE, study(20));
    int end = page.lastIndexOf("</body>");
    String tips =
        """
        <script>
        page.drawn.forEach(({chart, box, section}) => {
          const marks = chart.getModel().getSeriesByIndex(0).getData();
          if (section !== 'parallel') {
            chart.dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: 0});
            return;
          }
          const [from, to] = marks.getItemGraphicEl(marks.count() - 1).shape.points;
          const {left, top} = box.getBoundingClientRect();
          const middle = {clientX: left + (from[0] + to[0]) / 2, clientY: top + (from[1] + to[1]) / 2};
          box.firstChild.dispatchEvent(new MouseEvent('mousemove', middle));
        });
        </script>
        """;
    String dom = dom(page.substring(0, end) + tips + page.substring(end));
    String values =
        SPACE.parameters().stream()
            .map(
                parameter ->
                    Pattern.quote(parameter.name().replace("<", "&lt;").replace(">", "&gt;")))
            .map(name -> "\n" + name + ": [^\n<]+")
            .collect(Collectors.joining());
    Matcher tip = Pattern.compile("trial \\d+: [-\\d.e]+" + values).matcher(dom);
    assertEquals(2 + SPACE.parameters().size(), tip.results().count());
  }

  @Test
  void thePageSaysWhatItCannotTell() throws IOException {
    String few = dom(page(SPACE, study(9)));
    assertTrue(
        few.contains("There are too few trials to tell: 8 finished trials; it takes at least 10."));
    String none = dom(page(SPACE, new StudyResult(Goal.MINIMISE, List.of(), false)));
    assertTrue(
        none.contains("The study was stopped before") && none.contains("No trial has finished."));
    StudyResult equal = study(Sampler.random(30), Goal.MINIMISE, a -> 0.5);
    assertTrue(dom(page(SPACE, equal)).contains("no parameter is seen to matter"));
    String many = dom(page(SPACE, study(700)));
    assertTrue(many.contains("And 80 more."));
    String hollow = "<span id=\"beyond\">Hollow marks are far off";
    assertFalse(many.contains(hollow));
    StudyResult far =
        study(Sampler.random(60), Goal.MINIMISE, a -> a.number("rate") > 0.5 ? 1e9 : bowl(a));
    assertTrue(dom(page(SPACE, far)).contains(hollow));
  }
}
