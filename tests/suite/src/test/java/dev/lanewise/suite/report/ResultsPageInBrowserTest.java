package dev.lanewise.suite.report;

import static dev.lanewise.suite.report.Pages.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.report.ResultsPage;
import dev.lanewise.suite.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a run of benchmarks in a Chromium. */
@SideBySide
class ResultsPageInBrowserTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private JsonNode status(String page, String... options) throws IOException {
    return Pages.status(Pages.dom(folder, page, options));
  }

  private static SampleResults full() {
    return new SampleResults(5, 1)
        .calibration()
        .operations()
        .warmups()
        .add(Operation.RELU, "256x1024", "</script><img src=x onerror=console.error(1)>", 1000)
        .failure("</script><img src=x onerror=console.error(2)>", "{{data}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1600,1000", "500,900"})
  void everyChartIsDrawn(String window) throws IOException {
    JsonNode status = status(ResultsPage.html(full().results()), "--window-size=" + window);
    Pages.assertNoProblem(status);
    JsonNode charts = status.path("charts");
    assertEquals(Operation.values().length + 3, charts.size(), status.toString());
    for (JsonNode chart : charts) {
      assertTrue(chart.path("marks").asInt() > 0, status.toString());
      assertTrue(chart.path("paths").asInt() >= 20, status.toString());
    }
    assertEquals("light", status.path("theme").asString());
  }

  @Test
  void aQuickRunIsDrawnAsBars() throws IOException {
    JsonNode status =
        status(ResultsPage.html(new SampleResults(1, 1).calibration().quick().warmups().results()));
    assertEquals(List.of(), strings(status.path("problems")));
    assertEquals(Operation.values().length + 3, status.path("charts").size());
    status.path("charts").forEach(c -> assertTrue(c.path("marks").asInt() > 0, status.toString()));
  }

  @Test
  void noFiguresAreNoProblem() throws IOException {
    JsonNode status = status(ResultsPage.html(new SampleResults(5, 1).results()));
    assertEquals(List.of(), strings(status.path("problems")));
    assertEquals(0, status.path("charts").size());
  }

  @Test
  void darkIsDarkInCharts() throws IOException {
    String page = ResultsPage.html(full().results());
    String dark = "fill=\"#6cb6ff\"";
    assertTrue(!Pages.dom(folder, page).contains(dark));
    String dom = Pages.dom(folder, page, "--force-dark-mode");
    assertTrue(dom.contains("data-theme=\"dark\"") && dom.contains(dark));
  }

  @Test
  void theThemeIsSwitchedAndALegendHidesWhatItNames() throws IOException {
    String page = ResultsPage.html(full().results());
    int end = page.lastIndexOf("</body>");
    String clicks =
        """
        <script>
        document.getElementById('theme').click(); // From the system's to light.
        document.getElementById('theme').click();
        document.querySelector('#speed .legend button').click();
        </script>
        """;
    JsonNode before = status(page);
    JsonNode after = status(page.substring(0, end) + clicks + page.substring(end));
    assertEquals(List.of(), strings(after.path("problems")));
    assertEquals("dark", after.path("theme").asString());
    assertTrue(marks(after, 0) < marks(before, 0), after.toString());
    int speedUps = Operation.values().length;
    assertEquals(
        marks(before, speedUps), marks(after, speedUps), "the legend is that of a section");
  }

  private static int marks(JsonNode status, int chart) {
    return status.path("charts").get(chart).path("marks").asInt();
  }

  /** What Chromium has noted of its network, less what it asks for itself. */
  @Test
  void nothingIsAskedOfTheNetwork() throws IOException {
    assertEquals(List.of(), requests(ResultsPage.html(full().results())));
  }

  @Test
  void aRequestWouldBeSeen() throws IOException {
    String page =
        ResultsPage.html(full().results())
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replaceFirst("<main>", "<main><img src=\"http://lanewise.invalid/x.png\" alt=\"\">");
    assertEquals(List.of("http://lanewise.invalid/x.png"), requests(page));
  }

  private List<String> requests(String page) throws IOException {
    Path log = folder.resolve("net.json");
    Pages.dom(folder, page, "--log-net-log=" + log);
    return JSON.readTree(Files.readString(log))
        .path("events")
        .valueStream()
        .filter(event -> event.at("/params/network_isolation_key").asString("").startsWith("file:"))
        .map(event -> event.at("/params/url").asString(""))
        .filter(url -> url.matches("(http|ws)s?:.*"))
        .distinct()
        .toList();
  }

  @Test
  void anErrorWouldBeSeen() throws IOException {
    String page =
        ResultsPage.html(full().results())
            .replaceFirst("headline\\(\\);\n    pic", "headline();console.error('lost');pic");
    assertEquals(List.of("lost"), strings(status(page).path("problems")));
  }
}
