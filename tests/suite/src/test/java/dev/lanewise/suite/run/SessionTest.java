package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.ReluBenchmark;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Fork;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.bench.run.BenchmarkFailure;
import dev.lanewise.bench.run.JmhFork;
import dev.lanewise.bench.run.JmhOptions;
import dev.lanewise.bench.run.Pace;
import dev.lanewise.bench.run.Plan;
import dev.lanewise.bench.run.Progress;
import dev.lanewise.bench.run.Session;
import dev.lanewise.bench.run.Session.Measurer;
import dev.lanewise.bench.run.Steal;
import dev.lanewise.bench.run.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionTest {
  private static final Supplier<Steal> NOTHING_STOLEN = () -> new Steal(0, 0);

  @TempDir Path folder;

  private Path file;
  private final List<String> measured = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void noFile() {
    file = folder.resolve("results.json");
  }

  private static Trial trial(String suite, String method) {
    return new Trial(
        suite,
        ReluBenchmark.class,
        method,
        new TreeMap<>(Map.of("shape", "5x7")),
        1,
        new Pace(1, 1, 1, 1));
  }

  private static Plan plan(int rounds) {
    return new Plan(
        List.of(trial(Plan.CALIBRATION, "peak")),
        List.of(trial("activation", "naive"), trial("activation", "lanewise")),
        rounds);
  }

  private static Results nothing() {
    Settings settings =
        new Settings(false, List.of("activation"), List.of(), List.of(), 2, 2, List.of());
    return new Results(
        Results.FORMAT, "2026-01-01T00:00:00Z", Environment.read(), settings, List.of(), List.of());
  }

  /** JMH's record of one fork with one iteration; each call measures 1 ns more than the last. */
  private JsonNode record(Trial trial) {
    measured.add(trial.method());
    return new JsonMapper()
        .readTree(
            """
            {"benchmark": "%s", "threads": 1, "forks": 1, "params": {"shape": "5x7"},
             "primaryMetric": {"score": %2$d.0, "scoreError": "NaN",
               "scoreConfidence": ["NaN", "NaN"], "scorePercentiles": {"50.0": %2$d.0},
               "rawData": [[%2$d.0]]},
             "secondaryMetrics": {}}
            """
                .formatted(trial.name(), measured.size()));
  }

  private Results run(Plan plan, Results start, Measurer measurer, Supplier<Steal> counters)
      throws IOException, BenchmarkFailure {
    Session session = new Session(plan, start, file, measurer, counters);
    try (Progress progress = progress(plan)) {
      return session.run(progress);
    }
  }

  private Progress progress(Plan plan) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Progress(plan.forks(), 10, out, false);
  }

  private static Measurement found(Results results, String method) {
    return results.measurements().stream()
        .filter(m -> m.key().equals(trial("", method).key()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> rounds(Results results, String method) {
    return found(results, method).forks().stream().map(Fork::round).toList();
  }

  @Test
  void calibratesOnceAndInterleavesTheRest() throws Exception {
    Results results = run(plan(2), nothing(), this::record, NOTHING_STOLEN);
    assertEquals(List.of("peak", "naive", "lanewise", "naive", "lanewise"), measured);
    assertEquals(List.of(0), rounds(results, "peak"));
    assertEquals(List.of(1, 2), rounds(results, "lanewise"));
    Measurement lanewise = found(results, "lanewise");
    assertEquals(Map.of(1, 3.0, 2, 5.0), lanewise.rounds());
    assertEquals(2, lanewise.jmh().path("forks").asInt());
    assertEquals(results, ResultsFile.read(file));
    assertEquals(5, printed.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void theFileHasEveryForkThatIsDone() throws Exception {
    Measurer fourthStops =
        trial -> {
          if (measured.size() == 3) {
            throw new IllegalStateException("power cut");
          }
          return record(trial);
        };
    assertThrows(
        IllegalStateException.class, () -> run(plan(2), nothing(), fourthStops, NOTHING_STOLEN));
    Results kept = ResultsFile.read(file);
    assertEquals(List.of(1), rounds(kept, "lanewise"));
    assertEquals(List.of(file), Files.list(folder).toList());

    measured.clear();
    Results results = run(plan(2), kept, this::record, NOTHING_STOLEN);
    assertEquals(List.of("naive", "lanewise"), measured);
    assertEquals(List.of(1, 2), rounds(results, "naive"));
  }

  @Test
  void aForkWithMuchStealIsRepeatedAndTheLeastStolenKept() throws Exception {
    // Before and after: 2 %, 5 %, 1 % of 1000 ticks each.
    Deque<Steal> counters =
        new ArrayDeque<>(
            List.of(
                new Steal(0, 0),
                new Steal(20, 1000),
                new Steal(20, 1000),
                new Steal(70, 2000),
                new Steal(70, 2000),
                new Steal(80, 3000)));
    Plan one = new Plan(List.of(), List.of(trial("activation", "naive")), 1);
    Results results = run(one, nothing(), this::record, counters::pop);
    Measurement naive = results.measurements().getFirst();
    assertEquals(3, naive.nanos().getFirst()[0]);
    assertEquals(0.01, naive.forks().getFirst().steal());
    assertEquals(2, naive.forks().getFirst().repeats());
    assertEquals(1, naive.forks().size());
  }

  @Test
  void aRepetitionThatFailsLeavesTheFirstAttempt() throws Exception {
    Measurer onlyOnce = trial -> measured.isEmpty() ? record(trial) : failure(trial);
    long[] ticks = {0};
    Plan one = new Plan(List.of(), List.of(trial("activation", "naive")), 1);
    Results results = run(one, nothing(), onlyOnce, () -> new Steal(ticks[0] += 100, ticks[0]));
    assertEquals(List.of(), results.failures());
    assertEquals(1, results.measurements().getFirst().nanos().getFirst()[0]);
  }

  @Test
  void aYardstickThatFailsInALaterRoundIsAFailureLikeAnyOther() throws Exception {
    Plan plan =
        new Plan(
            List.of(), List.of(trial(Plan.CALIBRATION, "peak"), trial("activation", "naive")), 1);
    Measurer peakFails = trial -> trial.method().equals("peak") ? failure(trial) : record(trial);
    Results results = run(plan, nothing(), peakFails, NOTHING_STOLEN);
    assertEquals(1, results.failures().size());
    assertEquals(List.of(1), rounds(results, "naive"));
  }

  @Test
  void whereMuchIsAlwaysStolenItEndsAllTheSame() throws Exception {
    long[] ticks = {0};
    Supplier<Steal> half =
        () -> {
          ticks[0] += 100;
          return new Steal(ticks[0] / 2, ticks[0]);
        };
    Plan one = new Plan(List.of(), List.of(trial("activation", "naive")), 1);
    Results results = run(one, nothing(), this::record, half);
    assertEquals(4, measured.size());
    assertEquals(0.5, results.measurements().getFirst().forks().getFirst().steal());
  }

  @Test
  void aFailureIsKeptAndTheOthersAreMeasured() throws Exception {
    Measurer naiveFails =
        trial -> {
          if (trial.method().equals("naive")) {
            measured.add("failed");
            return new JmhFork(JmhOptions.parse(List.of()), 1, System.out).run(absent());
          }
          return record(trial);
        };
    Results results = run(plan(2), nothing(), naiveFails, NOTHING_STOLEN);
    assertEquals(List.of("peak", "failed", "lanewise", "lanewise"), measured);
    assertEquals("ReluBenchmark.naive shape=5x7", results.failures().getFirst().benchmark());
    String message = results.failures().getFirst().message();
    assertTrue(message.contains("No benchmarks to run"), message);
    assertEquals(results, ResultsFile.read(file));
  }

  @Test
  void withoutAYardstickNothingIsMeasured() {
    Measurer fails = trial -> new JmhFork(JmhOptions.parse(List.of()), 1, System.out).run(absent());
    assertThrows(BenchmarkFailure.class, () -> run(plan(1), nothing(), fails, NOTHING_STOLEN));
    assertFalse(Files.exists(file));
  }

  /** A benchmark that JMH does not know: it fails at once, without a fork. */
  private static Trial absent() {
    return trial("", "absent");
  }

  @Test
  void onceStoppedItCallsNothingAFailure() throws Exception {
    Results results = stoppedInTheSecond(this::failure);
    assertEquals(List.of("peak", "naive"), measured);
    assertEquals(List.of(), results.failures());
  }

  @Test
  void onceStoppedItWritesNoMore() throws Exception {
    stoppedInTheSecond(this::record);
    assertEquals(List.of("peak", "naive"), measured);
    assertEquals(1, ResultsFile.read(file).measurements().size());
  }

  private JsonNode failure(Trial trial) throws BenchmarkFailure {
    record(trial);
    return new JmhFork(JmhOptions.parse(List.of()), 1, System.out).run(absent());
  }

  private Results stoppedInTheSecond(Measurer second) throws Exception {
    Plan plan = plan(2);
    Session[] session = new Session[1];
    Measurer measurer =
        trial -> {
          if (measured.isEmpty()) {
            return record(trial);
          }
          session[0].stop();
          return second.measure(trial);
        };
    session[0] = new Session(plan, nothing(), file, measurer, NOTHING_STOLEN);
    try (Progress progress = progress(plan)) {
      return session[0].run(progress);
    }
  }
}
