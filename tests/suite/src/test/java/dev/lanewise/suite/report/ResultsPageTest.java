package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.report.FigureTable;
import dev.lanewise.bench.report.ResultsPage;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page of a run of benchmarks says. */
class ResultsPageTest {
  private static final int MEGABYTE = 1 << 20;

  private static Results full(int rounds) {
    return new SampleResults(rounds, 1).calibration().operations().warmups().results();
  }

  private static JsonNode data(SampleResults results) {
    return Pages.data(ResultsPage.html(results.results()));
  }

  @Test
  void aFullRunOfTwiceTheRoundsIsBelowThreeMegabytes() {
    int length = ResultsPage.html(full(10)).length();
    assertTrue(length > MEGABYTE && length < 3 * MEGABYTE, length + " characters");
  }

  @Test
  void theRawResultsAreInThePage() {
    Results results = full(5);
    assertEquals(
        new JsonMapper().readTree(ResultsFile.toJson(results)),
        Pages.embedded(ResultsPage.html(results), "results"));
  }

  @Test
  void whatTheResultsSayStaysText() {
    Results results =
        new SampleResults(5, 1)
            .calibration()
            .quick()
            .model(Pages.HOSTILE)
            .failure(Pages.HOSTILE, Pages.HOSTILE)
            .add(Operation.RELU, "256x1024", Pages.HOSTILE, 1e5)
            .results();
    String page = ResultsPage.html(results);
    Pages.assertSelfContained(page);
    assertEquals(
        Pages.HOSTILE,
        Pages.embedded(page, "results").at("/environment/processor/model").asString());
    assertEquals(
        Pages.HOSTILE + ", 2 processors", Pages.data(page).at("/facts/0/value").asString());
  }

  @Test
  void nothingRefersToAnythingOutside() {
    Pages.assertSelfContained(ResultsPage.html(full(5)));
  }

  @Test
  void oneRoundHasNoIntervalsAndSaysSo() {
    JsonNode data = data(new SampleResults(1, 1).calibration().quick());
    assertTrue(data.at("/warnings/0").asString().startsWith("Rounds: 1. There are no confidence"));
    assertTrue(data.at("/speeds/0/series/0/points/0/y/low").isNull());
    assertTrue(data.at("/losses/0/text").asString().contains("no interval from 1 of the 5 rounds"));
    assertFalse(data.at("/losses/0/decided").asBoolean());
  }

  @Test
  void everyLossIsNamedAndDoubtIsToo() {
    SampleResults results =
        new SampleResults(6, 1)
            .noise(0.001)
            .add(Operation.RELU, "256x1024", "lanewise", 20_000)
            .add(Operation.RELU, "256x1024", "naive", 10_000)
            .add(Operation.RELU, "256x1024", "openblas", 19_970)
            .add(Operation.RELU, "256x1024", "copy", 5_000)
            .add(Operation.RELU, "256x1024", "scalar", 40_000);
    JsonNode losses = data(results).path("losses");
    assertEquals(2, losses.size(), losses.toString());
    String decided = losses.at("/0/text").asString();
    assertTrue(
        decided.matches(
            "relu 256x1024: 0\\.(500|499) \\[.*] times as fast as naive \\(20\\.0 against 10\\.0"
                + " µs\\)|relu 256x1024: 0\\.50\\d \\[.*] times as fast as naive .*"),
        decided);
    assertTrue(losses.at("/0/decided").asBoolean());
    String doubtful = losses.at("/1/text").asString();
    assertTrue(doubtful.endsWith("undecided, the interval contains 1"), doubtful);
  }

  @Test
  void aPointAboveTheRoofIsFlaggedAndListed() {
    SampleResults results =
        new SampleResults(5, 1)
            .noise(0)
            .calibration()
            .add(Operation.GEMM, "512x512x512", "lanewise", 2.0 * (1 << 27) / 200);
    JsonNode data = data(results);
    assertTrue(data.at("/rooflines/0/series/0/points/0/flagged").asBoolean());
    assertEquals(1, data.path("above").size());
    assertTrue(
        data.at("/above/0").asString().startsWith("lanewise, gemm 512x512x512: 200 GFLOP/s"));
  }

  @Test
  void aParallelKernelIsHeldAgainstParallelPeersAlone() {
    JsonNode rows =
        data(new SampleResults(5, 1)
                .add(Operation.GEMM, "64x64x128", "lanewise", 100)
                .add(Operation.GEMM, "64x64x128", "naive", 1000)
                .add(Operation.GEMM, "64x64x128", "lanewiseParallel", 50)
                .add(Operation.GEMM, "64x64x128", "openblasParallel", 60))
            .at("/speedUps");
    assertEquals("gemm", rows.at("/rows/0/operation").asString());
    assertEquals("gemm, threads: 2", rows.at("/rows/1/operation").asString());
    assertEquals(
        List.of("naive", "openblasParallel"), rows.path("series").findValuesAsString("name"));
    assertEquals(1, rows.at("/series/1/points").size());
  }

  /** A transposed product is another operation: its figures stand apart wherever they stand. */
  @Test
  void whatDiffersInAnotherParameterThanTheShapeStaysApart() {
    SampleResults results = new SampleResults(5, 1).noise(0.001);
    for (String layout : List.of("NT", "NN")) {
      Map<String, String> parameters = Map.of("shape", "64x64x128", "layout", layout);
      double times = layout.equals("NN") ? 1 : 3;
      results.add("GemmBenchmark", "lanewise", parameters, 1, 1, 10_000);
      results.add("GemmBenchmark", "openblas", parameters, 1, 1, 10_000 * times / 2);
    }
    JsonNode data = data(results);
    List<String> titles = List.of("gemm layout=NN", "gemm layout=NT");
    assertEquals(titles, data.path("speeds").findValuesAsString("title"));
    assertEquals(titles, data.path("figures").findValuesAsString("title"));
    for (String chart : List.of("speedUps", "fewSpeedUps")) {
      JsonNode speedUps = data.path(chart);
      assertEquals(titles, speedUps.path("rows").findValuesAsString("operation"));
      assertEquals(2, speedUps.at("/series/0/points").size());
      assertEquals(0.5, speedUps.at("/series/0/points/0/y/median").asDouble(), 0.01);
      assertEquals(1.5, speedUps.at("/series/0/points/1/y/median").asDouble(), 0.01);
    }
    assertEquals(1, data.path("losses").size());
    assertTrue(data.at("/losses/0/text").asString().startsWith("gemm layout=NN 64x64x128: 0.5"));
    assertTrue(FigureTable.format(results.results()).contains("\ngemm layout=NT  64x64x128 "));
  }

  @Test
  void manySquaresAreACurveOfTheirOwn() {
    SampleResults results = new SampleResults(5, 1).add(Operation.GEMM, "8x4x2", "lanewise", 10);
    for (String shape : List.of("8x8x8", "16x16x16", "32x32x32")) {
      results.add(Operation.GEMM, shape, "lanewise", 1000);
    }
    assertEquals(
        List.of("gemm"), data(results).path("speeds").findValuesAsString("title"), "three");
    results.add(Operation.GEMM, "64x64x64", "lanewise", 1000);
    JsonNode speeds = data(results).path("speeds");
    assertEquals(
        List.of("gemm, squares", "gemm, other shapes"), speeds.findValuesAsString("title"));
    assertEquals(4, speeds.at("/0/series/0/points").size());
    assertEquals("8x4x2", speeds.at("/1/shapes/0").asString());
    assertEquals(0, speeds.at("/1/series/0/points/0/x").asInt());
  }

  @Test
  void levelsOfMemoryHaveTheirNames() {
    JsonNode rows = data(new SampleResults(5, 1).calibration()).at("/calibration/1/rows");
    assertEquals(
        List.of("L1", "L2", "L3", "memory"),
        rows.valueStream().map(row -> row.get(0).asString()).toList());
  }

  @Test
  void aStoppedRunWithoutFiguresIsAPageToo() {
    JsonNode data = data(new SampleResults(5, 1));
    assertEquals(0, data.path("speeds").size());
    assertTrue(data.at("/warnings/0").asString().startsWith("The run was stopped: rounds begun 0"));
  }
}
