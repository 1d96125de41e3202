package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.machine.Processor.Cache;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.bench.run.JmhOptions;
import dev.lanewise.bench.run.Plan;
import dev.lanewise.bench.run.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class PlanTest {
  private static final int MEGABYTE = 1 << 20;

  private static final Processor PROCESSOR =
      processor(
          new Cache(1, 32 << 10, 1), new Cache(2, MEGABYTE, 1), new Cache(3, 32 * MEGABYTE, 4));

  private static Processor processor(Cache... caches) {
    return new Processor("P", "amd64", 4, 4, 0, List.of(), List.of(caches));
  }

  private static Settings settings(boolean full, List<String> suites, String... peers) {
    return new Settings(full, suites, List.of(peers), List.of(), 4, full ? 5 : 1, List.of());
  }

  private static Plan plan(Settings settings, String... jmh) {
    return Plan.of(settings, JmhOptions.parse(List.of(jmh)), PROCESSOR, 256);
  }

  private static List<String> keys(List<Trial> trials) {
    return trials.stream().map(trial -> trial.key().toString()).toList();
  }

  @Test
  void aQuickRoundHasOneShapeAndFollowsTheTable() {
    assertEquals(
        List.of(
            "PeakBenchmark.peak bits=256",
            "GradientDescentBenchmark.naive shape=1x262144",
            "GradientDescentBenchmark.scalar shape=1x262144",
            "GradientDescentBenchmark.lanewise shape=1x262144",
            "AdamBenchmark.naive shape=1x262144",
            "AdamBenchmark.autovec shape=1x262144",
            "AdamBenchmark.scalar shape=1x262144",
            "AdamBenchmark.lanewise shape=1x262144",
            "AdamBenchmark.lanewiseParallel shape=1x262144"),
        keys(plan(settings(false, List.of("optimizer"))).round()));
  }

  @Test
  void aFullRoundHasAllShapesAndAllThreads() {
    List<String> keys = keys(plan(settings(true, List.of("batch-norm"))).round());
    assertTrue(keys.contains("BatchNormForwardBenchmark.copy shape=256x1024"), keys.toString());
    assertTrue(keys.contains("BatchNormForwardBenchmark.lanewise shape=64x256"), keys.toString());
    assertTrue(
        keys.contains("BatchNormBackwardBenchmark.lanewiseParallel shape=128x64x784"),
        keys.toString());
    assertTrue(keys.contains("PeakBenchmark.peak bits=256 threads=4"), keys.toString());
  }

  /** What disturbs the machine for a while then disturbs all implementations alike. */
  @Test
  void implementationsOfAnOperationAtAShapeFollowEachOther() {
    List<String> groups = new ArrayList<>();
    for (Trial trial : plan(settings(true, Plan.suites())).round()) {
      String group = trial.benchmark().getSimpleName() + trial.parameters() + trial.threads();
      if (groups.isEmpty() || !groups.getLast().equals(group)) {
        groups.add(group);
      }
    }
    Set<String> distinct = new HashSet<>(groups);
    assertEquals(distinct.size(), groups.size(), groups.toString());
  }

  @Test
  void everySuiteHasTrialsAndEveryOperationASuite() {
    for (String suite : Plan.suites()) {
      assertTrue(
          plan(settings(false, List.of(suite))).round().stream()
              .anyMatch(trial -> trial.suite().equals(suite)),
          suite);
    }
    for (Operation operation : Operation.values()) {
      assertTrue(Plan.suites().contains(operation.suite()), operation.suite());
    }
  }

  /** What JMH lists and no run measures would rot. */
  @Test
  void everyBenchmarkIsInThePlan() {
    String[] peers = Arrays.stream(Peer.values()).map(Peer::id).toArray(String[]::new);
    Plan plan = plan(settings(true, Plan.suites(), peers));
    Set<String> planned =
        Stream.concat(plan.calibration().stream(), plan.round().stream())
            .map(Trial::name)
            .collect(Collectors.toSet());
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Set<String> listed =
        BenchmarkList.defaultList().getAll(silent, List.of()).stream()
            .map(BenchmarkListEntry::getUsername)
            .collect(Collectors.toSet());
    assertEquals(listed, planned);
  }

  @Test
  void peersAreThoseOfTheSettings() {
    assertTrue(
        keys(plan(settings(false, List.of("gemm"))).round()).stream()
            .noneMatch(key -> key.contains("openblas")));
    assertTrue(
        keys(plan(settings(false, List.of("gemm"), "openblas")).round())
            .contains("GemmBenchmark.openblas layout=NN shape=128x784x512"));
  }

  @Test
  void optionsForJmhChooseBenchmarksAndShapes() {
    Settings all = settings(false, Plan.suites());
    assertEquals(
        List.of(
            "PeakBenchmark.peak bits=256",
            "ReluBenchmark.scalar shape=5x7",
            "ReluBenchmark.scalar shape=6x8"),
        keys(
            plan(all, "Relu.*\\.(lane|sca)", "-e", "lanewise$", "-e", "Back", "-p", "shape=5x7,6x8")
                .round()));
    assertThrows(
        IllegalArgumentException.class,
        () -> plan(settings(false, List.of("gemm")), "-p", "shape=5x7"));
  }

  @Test
  void productsOfNoSquareHaveEveryLayoutInAFullRun() {
    List<String> keys = keys(plan(settings(true, List.of("gemm"))).round());
    assertTrue(keys.contains("GemmBenchmark.lanewise layout=TN shape=64x64x128"), keys.toString());
    assertTrue(
        keys.contains("GemmBenchmark.lanewise layout=NN shape=512x512x512"), keys.toString());
    assertTrue(keys.stream().noneMatch(key -> key.contains("TN shape=512")), keys.toString());
    assertTrue(
        keys.contains("GemmDoubleBenchmark.lanewise layout=NN shape=512x512x512"), keys.toString());
    assertTrue(keys.contains("GemmBatchBenchmark.lanewise shape=1000x8x8x8"), keys.toString());
    List<String> given =
        keys(
            plan(settings(false, List.of("gemm")), "GemmBenchmark.lanewise$", "-p", "layout=NT,TN")
                .round());
    assertEquals(
        List.of(
            "PeakBenchmark.peak bits=256",
            "GemmBenchmark.lanewise layout=NT shape=128x784x512",
            "GemmBenchmark.lanewise layout=TN shape=128x784x512"),
        given);
  }

  @Test
  void productsWithAShortExtentHaveOneLayout() {
    List<String> keys =
        keys(
            plan(
                    settings(true, List.of("gemm")),
                    "GemmBenchmark.naive$",
                    "-p",
                    "shape=16x64x32,17x64x32")
                .round());
    List<String> products = keys.stream().filter(key -> key.startsWith("Gemm")).toList();
    assertEquals(
        List.of(
            "GemmBenchmark.naive layout=NN shape=16x64x32",
            "GemmBenchmark.naive layout=NN shape=17x64x32",
            "GemmBenchmark.naive layout=NT shape=17x64x32",
            "GemmBenchmark.naive layout=TN shape=17x64x32"),
        products);
  }

  @Test
  void calibrationHasEveryWidthAndEveryLevel() {
    List<String> keys = keys(plan(settings(true, List.of())).calibration());
    assertEquals(2 * (2 + 4 * 4), keys.size());
    assertTrue(keys.contains("PeakBenchmark.peak bits=128 threads=4"), keys.toString());
    assertTrue(keys.contains("BandwidthBenchmark.triad bytes=134217728"), keys.toString());
    assertEquals(2 + 4 * 4, plan(settings(false, List.of())).calibration().size());
  }

  @Test
  void operandsLieInHalfACacheOrInMemory() {
    assertEquals(
        List.of(16L << 10, 512L << 10, 16L << 20, 128L << 20), Plan.operandSizes(PROCESSOR, 1));
    assertEquals(
        List.of(16L << 10, 512L << 10, 4L << 20, 32L << 20), Plan.operandSizes(PROCESSOR, 4));
    assertEquals(512L << 20, Plan.operandSizes(processor(new Cache(3, 1 << 30, 1)), 1).getLast());
    assertEquals(
        256L << 20, // of 16 threads four share a cache, so that there are four such caches
        16 * Plan.operandSizes(processor(new Cache(3, 16 * MEGABYTE, 4)), 16).getLast());
    assertEquals(128L << 20, Plan.operandSizes(processor(new Cache(2, MEGABYTE, 1)), 1).getLast());
    assertEquals(512L << 10, Plan.operandSizes(processor(new Cache(2, MEGABYTE, 0)), 4).getFirst());
    assertEquals(
        4L << 20, Plan.operandSizes(processor(new Cache(3, 32 * MEGABYTE, 0)), 4).getFirst());
    assertEquals(List.of(16L << 10, 128L << 10, 32L << 20), Plan.operandSizes(processor(), 4));
  }

  @Test
  void aQuickRunTakesMinutesAndAFullOneAboutAnHourAndAHalf() {
    String[] peers = Arrays.stream(Peer.values()).map(Peer::id).toArray(String[]::new);
    assertTrue(total(plan(settings(false, Plan.suites(), peers))) < 5 * 60);
    assertTrue(total(plan(settings(true, Plan.suites(), peers))) < 100 * 60);
  }

  /** Of operations that are much alike, a quick run takes one unless others are asked for. */
  @Test
  void aQuickRunLeavesRelativesOut() {
    Settings quick = settings(false, List.of("activation"));
    assertTrue(names(plan(quick)).contains("ExpBenchmark"));
    assertFalse(names(plan(quick)).contains("TanhBenchmark"));
    assertTrue(names(plan(quick, "TanhBenchmark")).contains("TanhBenchmark"));
    assertTrue(names(plan(settings(true, List.of("activation")))).contains("TanhBenchmark"));
  }

  private static Set<String> names(Plan plan) {
    return plan.round().stream()
        .map(trial -> trial.benchmark().getSimpleName())
        .collect(Collectors.toSet());
  }

  private static double total(Plan plan) {
    return plan.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void timesInTheOptionsCountInOperationsAlone() {
    String[] times = {"-wi", "3", "-w", "2s", "-i", "4", "-r", "500ms"};
    Plan plan = plan(settings(false, List.of("reduce", "warmup")), times);
    Map<String, Double> usual = plan(settings(false, List.of("reduce", "warmup"))).seconds();
    long trials = plan.round().stream().filter(trial -> trial.suite().equals("reduce")).count();
    assertEquals(trials * (0.9 + 3 * 2 + 4 * 0.5), plan.seconds().get("reduce"), 1e-9);
    assertEquals(usual.get("warmup"), plan.seconds().get("warmup"));
    assertEquals(usual.get("calibration"), plan.seconds().get("calibration"));
  }

  @Test
  void timeIsTheSumOfAllRounds() {
    Settings settings = settings(true, List.of("reduce"));
    Plan plan = plan(settings);
    Map<String, Double> seconds = plan.seconds();
    double round =
        plan.round().stream()
            .filter(trial -> trial.suite().equals("reduce"))
            .mapToDouble(Trial::seconds)
            .sum();
    assertEquals(5 * round, seconds.get("reduce"), 1e-9);
    assertEquals(Set.of("calibration", "reduce"), seconds.keySet());
    assertEquals(plan.calibration().size() + 5 * plan.round().size(), plan.forks());
  }
}
