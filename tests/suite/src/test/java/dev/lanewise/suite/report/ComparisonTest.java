package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.Comparison.Case;
import dev.lanewise.bench.report.Comparison.Verdict;
import dev.lanewise.bench.report.ComparisonText;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final double THRESHOLD = 0.03;
  private static final int RUNS = 10;

  /** The kernels and plain loops of all operations, as many rounds, and the peak. */
  private static SampleResults run(int rounds, long seed, double lanewise) {
    SampleResults results = new SampleResults(rounds, seed).noise(0.015);
    return measured(results, lanewise).peak();
  }

  private static SampleResults measured(SampleResults results, double lanewise) {
    for (Operation operation : Operation.values()) {
      String shape = operation.quickShape().toString();
      results.add(operation, shape, "lanewise", 50_000 * lanewise);
      results.add(operation, shape, "naive", 300_000);
    }
    return results;
  }

  /** A neighbour who comes and goes, and stays for some rounds: up to a tenth of the time. */
  private static DoubleUnaryOperator neighbour(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] slower = new double[20];
    double level = random.nextDouble(0.1);
    for (int i = 0; i < slower.length; i++) {
      level = random.nextDouble() < 0.2 ? random.nextDouble(0.1) : level;
      slower[i] = 1 + level;
    }
    return round -> slower[(int) round];
  }

  private static Verdict verdict(Comparison comparison, String method) {
    List<Verdict> verdicts =
        comparison.cases().stream()
            .filter(c -> c.key().method().equals(method))
            .map(Case::verdict)
            .distinct()
            .toList();
    return verdicts.size() == 1 ? verdicts.getFirst() : null;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 10})
  void twoRunsOfTheSameCodeDifferInAtMostFivePerCentOfTheBenchmarks(int rounds) {
    double decided = 0;
    double all = 0;
    for (int i = 0; i < RUNS; i++) {
      Results before = run(rounds, 2L * i, 1).results();
      SampleResults later = new SampleResults(rounds, 2L * i + 1).noise(0.015);
      Results after = measured(later.machine(neighbour(i)), 1).peak().results();
      Comparison comparison = Comparison.of(before, after, THRESHOLD);
      all += comparison.cases().size();
      decided += comparison.cases().size() - comparison.count(Verdict.UNDECIDED);
    }
    assertTrue(decided <= 0.05 * all, decided + " of " + all);
  }

  @ParameterizedTest
  @CsvSource({"5, 1.1, SLOWER", "6, 1.1, SLOWER", "10, 1.1, SLOWER", "6, 0.9, FASTER"})
  void tenPerCentAreSeen(int rounds, double lanewise, Verdict expected) {
    double seen = 0;
    double all = 0;
    for (int i = 0; i < RUNS; i++) {
      Comparison comparison =
          Comparison.of(
              run(rounds, 2L * i, 1).results(),
              run(rounds, 2L * i + 1, lanewise).results(),
              THRESHOLD);
      all += Operation.values().length;
      seen +=
          comparison.cases().stream()
              .filter(c -> c.key().method().equals("lanewise") && c.verdict() == expected)
              .count();
    }
    assertTrue(seen >= 0.95 * all, seen + " of " + all);
  }

  @Test
  void aSlowerMachineIsNoSlowerKernelWhereThePeakShowsIt() {
    Results before = run(6, 1, 1).results();
    SampleResults slower = new SampleResults(6, 2).noise(0.015).machine(round -> 1.1);
    Results unseen = measured(slower, 1).results();
    assertEquals(Verdict.SLOWER, verdict(Comparison.of(before, unseen, THRESHOLD), "lanewise"));
    Comparison comparison = Comparison.of(before, slower.peak().results(), THRESHOLD);
    assertEquals(Verdict.UNDECIDED, verdict(comparison, "lanewise"));
    assertEquals(
        "not beyond doubt relative to PeakBenchmark.peak bits=512",
        comparison.cases().getFirst().reason());
    assertTrue(comparison.machine().getFirst().startsWith("PeakBenchmark.peak bits=512: +"));
  }

  @Test
  void aSlowerMemoryIsNoSlowerKernelWhereTheCopyShowsIt() {
    Operation operation = Operation.BATCH_NORM_FORWARD;
    Results[] runs = new Results[2];
    for (int i = 0; i < 2; i++) {
      double slower = 1 + 0.2 * i;
      runs[i] =
          new SampleResults(6, i)
              .add(operation, "256x1024", "copy", 10_000 * slower)
              .add(operation, "256x1024", "lanewise", 30_000 * slower)
              .add(operation, "64x256", "lanewise", 1_000 * slower)
              .results();
    }
    Comparison comparison = Comparison.of(runs[0], runs[1], THRESHOLD);
    assertEquals(2, comparison.cases().size(), "the copy is not judged");
    Case without = comparison.cases().getFirst();
    assertEquals("64x256", without.key().parameters().get("shape"));
    assertEquals(Verdict.SLOWER, without.verdict());
    assertEquals(Verdict.UNDECIDED, comparison.cases().getLast().verdict());
  }

  @Test
  void whatIsLessThanTheThresholdIsUndecided() {
    Results before = quiet(6, 100_000);
    Results after = quiet(6, 102_000);
    Case small = Comparison.of(before, after, THRESHOLD).cases().getFirst();
    assertEquals(Verdict.UNDECIDED, small.verdict());
    assertEquals("less than the threshold", small.reason());
    Case seen = Comparison.of(before, after, 0.01).cases().getFirst();
    assertEquals(Verdict.SLOWER, seen.verdict());
    assertEquals("", seen.reason());
    assertEquals(Verdict.FASTER, Comparison.of(after, before, 0.01).cases().getFirst().verdict());
  }

  @Test
  void fourRoundsDecideNothingAndSayWhy() {
    for (boolean first : new boolean[] {true, false}) {
      Case few =
          Comparison.of(quiet(first ? 4 : 5, 1000), quiet(first ? 5 : 4, 2000), THRESHOLD)
              .cases()
              .getFirst();
      assertEquals(Verdict.UNDECIDED, few.verdict());
      assertTrue(few.reason().startsWith("too few rounds for an interval: "), few.reason());
    }
    Comparison five = Comparison.of(quiet(5, 1000), quiet(5, 2000), THRESHOLD);
    assertEquals(Verdict.SLOWER, five.cases().getFirst().verdict());
  }

  private static Results quiet(int rounds, double nanos) {
    return new SampleResults(rounds, 1)
        .noise(0.0001)
        .add(Operation.RELU, "256x1024", "lanewise", nanos)
        .results();
  }

  @Test
  void differencesComeFirstAndWhatOneFileHasIsNamed() {
    Results before =
        new SampleResults(5, 1)
            .add(Operation.RELU, "256x1024", "naive", 1000)
            .add(Operation.RELU, "256x1024", "lanewise", 1000)
            .results();
    Results after =
        new SampleResults(5, 2)
            .model("other | <b>")
            .add(Operation.RELU, "256x1024", "lanewise", 2000)
            .add(Operation.RELU, "256x1024", "openblas", 1000)
            .results();
    Comparison comparison = Comparison.of(before, after, THRESHOLD);
    assertEquals(List.of("naive"), methods(comparison.onlyBefore()));
    assertEquals(List.of("openblas"), methods(comparison.onlyAfter()));
    String text = ComparisonText.text(comparison);
    assertTrue(text.startsWith("Environment and settings differ:\n\n  processor "), text);
    assertTrue(text.endsWith("1 slower, 0 faster, 0 undecided; threshold 3 %\n"), text);
    assertTrue(text.contains("slower   ReluBenchmark.lanewise shape=256x1024"), text);
    String markdown = ComparisonText.markdown(comparison);
    assertTrue(markdown.startsWith("**1 slower, 0 faster, 0 undecided"), markdown);
    assertTrue(markdown.contains("other \\| &lt;b>"), markdown);
    assertTrue(
        markdown.contains("\n| slower | ReluBenchmark.lanewise shape=256x1024 | "), markdown);
  }

  private static List<String> methods(List<Measurement.Key> keys) {
    return keys.stream().map(Measurement.Key::method).toList();
  }
}
