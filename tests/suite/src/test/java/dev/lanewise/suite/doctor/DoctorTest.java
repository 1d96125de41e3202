package dev.lanewise.suite.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.doctor.Facts;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.suite.Alone;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command in JVMs of its own, one after the other, each started in another way. All but the
 * healthy one run in {@code -Psoak}; {@link DiagnosisTest} has their findings, on made-up facts.
 */
@Alone
@Tag("soak")
class DoctorTest {
  private static final String SOAK = "lanewise.test.soak";
  private static final long LIMIT_SECONDS = 30;

  private static ExecutorService pool;
  private static Future<Result> healthy;
  private static Future<Result> scalar;
  private static Future<Result> withoutModule;
  private static Future<Result> withoutC2;
  private static Future<Result> narrow;
  private static Future<Result> narrowByJvm;
  private static Future<Result> emulated;

  private static Future<Result> doctor(List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(List.of("doctor"));
    all.addAll(List.of(arguments));
    Callable<Result> child =
        () -> {
          long start = System.nanoTime();
          Result result = ChildJvm.run(options, Main.class, all.toArray(String[]::new));
          long seconds = (System.nanoTime() - start) / 1_000_000_000;
          assertTrue(seconds < LIMIT_SECONDS, options + " took " + seconds + " s");
          return result;
        };
    return pool.submit(child);
  }

  @BeforeAll
  static void start() {
    pool = Executors.newFixedThreadPool(1);
    healthy = doctor(List.of(ChildJvm.MODULE), "--json");
    if (Boolean.getBoolean(SOAK)) {
      emulated =
          doctor(
              List.of(
                  ChildJvm.MODULE, "-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport"));
      withoutModule = doctor(List.of());
      withoutC2 = doctor(List.of(ChildJvm.MODULE, "-XX:TieredStopAtLevel=1"), "--json");
      scalar = doctor(List.of(ChildJvm.MODULE, "-Dlanewise.impl=scalar"));
      narrow = doctor(List.of(ChildJvm.MODULE, "-Dlanewise.bits=128"));
      narrowByJvm = doctor(List.of(ChildJvm.MODULE, "-XX:MaxVectorSize=16"));
    }
  }

  @AfterAll
  static void stop() {
    pool.shutdownNow();
  }

  /** The first finding is the cause. */
  private static void assertDegraded(Result result, String problem, String advice) {
    String text = result.out();
    assertEquals(1, result.exit(), text + result.err());
    List<String> lines = text.lines().toList();
    assertTrue(lines.getLast().matches("degraded: \\d+ findings?"), text);
    int first = 0;
    while (!lines.get(first).startsWith("degraded: ")) {
      first++;
    }
    assertTrue(lines.get(first).contains(problem), text);
    assertTrue(lines.get(first + 2).contains(advice), text);
    for (Operation operation : Operation.kernels()) {
      assertTrue(
          lines.stream().anyMatch(l -> l.startsWith(operation.title() + "  ")), operation + text);
    }
  }

  @Test
  void thisMachineIsHealthy() throws Exception {
    assumeTrue(Lanes.implementation() == Lanes.Implementation.VECTOR, Lanes.describe());
    assumeTrue(Lanes.bits() >= Facts.read().hardwareBits(), Lanes.describe());
    Result result = healthy.get();
    JsonNode json = JsonMapper.shared().readTree(result.out());
    assertEquals(0, result.exit(), json.toPrettyString());
    assertTrue(json.path("healthy").asBoolean());
    JsonNode facts = json.path("facts");
    assertEquals("C2", facts.path("compiler").asString());
    assertTrue(facts.path("module").asBoolean() && facts.path("fma").asBoolean());
    assertEquals(Lanes.bits(), facts.path("environment").path("bits").asInt());
    assertEquals(0, facts.path("deviations").size());
    JsonNode kernels = json.path("checkup").path("kernels");
    assertEquals(
        Operation.kernels().stream().map(Operation::title).toList(),
        kernels.valueStream().map(k -> k.path("operation").asString()).toList());
    for (JsonNode kernel : kernels) {
      assertTrue( // slow where other processes run beside
          Set.of("ok", "slow").contains(kernel.path("verdict").asString()),
          kernel.toPrettyString());
      assertTrue(kernel.path("share").asDouble() < 1.1, kernel.toPrettyString());
    }
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void scalarCodeThatWasAskedFor() throws Exception {
    assertDegraded(scalar.get(), "-Dlanewise.impl=scalar asks", "Remove -Dlanewise.impl=scalar");
    assertTrue(scalar.get().out().contains("peak        not measured"), scalar.get().out());
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void theModuleIsMissing() throws Exception {
    assertDegraded(
        withoutModule.get(), "jdk.incubator.vector is not resolved", "--add-modules=jdk.inc");
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void c2IsMissing() throws Exception {
    Result result = withoutC2.get();
    JsonNode json = JsonMapper.shared().readTree(result.out());
    assertEquals(1, result.exit(), json.toPrettyString());
    assertFalse(json.path("healthy").asBoolean());
    assertEquals("C1", json.path("facts").path("compiler").asString());
    JsonNode finding = json.path("findings").path(0);
    assertEquals("degraded", finding.path("severity").asString());
    assertTrue(
        finding.path("problem").asString().startsWith("The C2 compiler is missing"),
        finding.toPrettyString());
    assertTrue(
        finding.path("advice").asString().contains("-XX:TieredStopAtLevel=1"),
        finding.toPrettyString());
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void narrowVectorsThatWereAskedFor() throws Exception {
    assumeTrue(Lanes.bits() > 128, Lanes.describe());
    assertDegraded(narrow.get(), "-Dlanewise.bits=128", "Remove -Dlanewise.bits=128");
    assertFalse(narrow.get().out().contains("emulated"), narrow.get().out());
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void narrowVectorsByAFlagOfTheJvm() throws Exception {
    assumeTrue(Lanes.bits() > 128 && Facts.read().hardwareBits() > 128, Lanes.describe());
    assertDegraded(
        narrowByJvm.get(), "because of -XX:MaxVectorSize=16", "Remove -XX:MaxVectorSize=16");
  }

  @Test
  @EnabledIfSystemProperty(named = SOAK, matches = "true")
  void emulatedOperationsAreCaughtByTheirFigures() throws Exception {
    assumeTrue(Lanes.implementation() == Lanes.Implementation.VECTOR, Lanes.describe());
    Result result = emulated.get();
    assertDegraded(result, "-XX:-EnableVectorSupport", "Remove -XX:-EnableVectorSupport");
    List<String> lines = result.out().lines().toList();
    // Which kernels are caught depends on how fast C2 makes the calls; the peak is by far.
    assertTrue(lines.stream().anyMatch(l -> l.endsWith("emulated")), result.out());
    String finding = "degraded: Far too slow for vector instructions: multiply-adds in registers (";
    assertTrue(lines.stream().anyMatch(l -> l.startsWith(finding)), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fast", "now"})
  void wrongUsageIsCode2(String argument) {
    CommandLine commandLine = Main.commandLine();
    StringWriter err = new StringWriter();
    commandLine.setErr(new PrintWriter(err));
    assertEquals(2, commandLine.execute("doctor", argument));
    assertTrue(err.toString().contains("Usage: lanewise doctor"), err.toString());
  }
}
