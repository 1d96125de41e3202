package dev.lanewise.suite.report;

import static dev.lanewise.suite.report.SampleStudies.SPACE;
import static dev.lanewise.suite.report.SampleStudies.bowl;
import static dev.lanewise.suite.report.SampleStudies.study;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Goal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.StudyResult;
import dev.lanewise.suite.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
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

/** The page of a study in a Chromium. */
@SideBySide
class StudyPageInBrowserTest {
  @TempDir private Path folder;

  /** The browser's document, which says of itself that nothing went wrong. */
  private String dom(String page, String... options) throws IOException {
    String dom = Pages.dom(folder, page, options);
    Pages.assertNoProblem(Pages.status(dom));
    String shown = dom.replaceAll("(?s)<script.*?</script>", "");
    assertFalse(shown.contains("NaN") || shown.contains("Infinity"), "coordinates are numbers");
    return dom;
  }

  private JsonNode drawn(StudyResult result, String... options) throws IOException {
    return Pages.status(dom(SampleStudies.page(result), options));
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
    StudyResult result = SampleStudies.halving(Goal.MINIMISE);
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
    String page = SampleStudies.page(study(20));
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
    String few = dom(SampleStudies.page(study(9)));
    assertTrue(
        few.contains("There are too few trials to tell: 8 finished trials; it takes at least 10."));
    String none = dom(SampleStudies.page(new StudyResult(Goal.MINIMISE, List.of(), false)));
    assertTrue(
        none.contains("The study was stopped before") && none.contains("No trial has finished."));
    StudyResult equal = study(Sampler.random(30), Goal.MINIMISE, a -> 0.5);
    assertTrue(dom(SampleStudies.page(equal)).contains("no parameter is seen to matter"));
    String many = dom(SampleStudies.page(study(700)));
    assertTrue(many.contains("And 80 more."));
    String hollow = "<span id=\"beyond\">Hollow marks are far off";
    assertFalse(many.contains(hollow));
    StudyResult far =
        study(Sampler.random(60), Goal.MINIMISE, a -> a.number("rate") > 0.5 ? 1e9 : bowl(a));
    assertTrue(dom(SampleStudies.page(far)).contains(hollow));
  }
}
