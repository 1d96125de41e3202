package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.ReluBenchmark;
import dev.lanewise.bench.run.BenchmarkFailure;
import dev.lanewise.bench.run.JmhFork;
import dev.lanewise.bench.run.JmhOptions;
import dev.lanewise.bench.run.Pace;
import dev.lanewise.bench.run.Trial;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks in JVMs of their own. */
class ForkTest {
  @Test
  void eachImplementationRunsInTheForkThatItsAnnotationAsksFor() throws RunnerException {
    ChainedOptionsBuilder options =
        options("(lanewise|scalar)").warmupIterations(0).measurementIterations(1);
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    assertEquals(2, new Runner(options.build(), silent).run().size());
  }

  @Test
  void withoutTheModuleFlagNothingIsMeasured() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    OutputFormat format =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(log, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
    // Options for the annotation's slot replace its module flag.
    ChainedOptionsBuilder options =
        options("lanewise").jvmArgs("-Dany=1").jvmArgsPrepend("-Dany=2");
    assertThrows(RunnerException.class, () -> new Runner(options.build(), format).run());
    String text = log.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("lanewise measures VECTOR code, but SCALAR runs"), text);
  }

  @Test
  void aFailureCarriesWhatTheForkSaid() {
    Trial wrong =
        new Trial(
            "activation",
            ReluBenchmark.class,
            "naive",
            new TreeMap<>(Map.of("shape", "2x3x4")),
            1,
            new Pace(0, 1, 1, 10));
    JmhFork fork = new JmhFork(JmhOptions.parse(List.of()), 1, System.out);
    String message = assertThrows(BenchmarkFailure.class, () -> fork.run(wrong)).getMessage();
    assertTrue(message.contains("shape is \"2x3x4\"; expected 2 extents"), message);
  }

  private static ChainedOptionsBuilder options(String method) {
    return new OptionsBuilder()
        .include("^dev\\.lanewise\\.bench\\.jmh\\.ReluBenchmark\\." + method + "$")
        .param("shape", "5x7")
        .measurementTime(TimeValue.milliseconds(10))
        .shouldFailOnError(true);
  }
}
