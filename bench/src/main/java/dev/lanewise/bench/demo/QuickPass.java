package dev.lanewise.bench.demo;

import dev.lanewise.bench.jmh.CalibrationBenchmark;
import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.jmh.Shape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One short fork for each implementation of every {@link Operation}, and for the yardsticks. */
public final class QuickPass {
  /**
   * Many and short, and the fastest counts, for the yardsticks as for everything else: neighbours
   * on a shared machine, and late compilations, can only slow an iteration down.
   */
  static final int ITERATIONS = 20;

  private static final TimeValue ITERATION_TIME = TimeValue.milliseconds(50);

  /** C2 takes a second or two for code on the Vector API, and longer where cores are busy. */
  private static final int WARMUP_ITERATIONS = 12;

  private QuickPass() {}

  /**
   * Runs everything.
   *
   * @param out where progress goes
   * @param terminal whether lines can be overwritten there
   * @return the figures
   * @throws BenchmarkFailure if one of them cannot be had
   */
  public static FigureTable run(PrintStream out, boolean terminal) throws BenchmarkFailure {
    Map<Long, Shape> copies = new LinkedHashMap<>();
    int steps = 1;
    for (Operation operation : Operation.values()) {
      if (operation.unit() == Operation.Unit.BYTE) {
        copies.putIfAbsent(operation.shape().size(), operation.shape());
      }
      steps += operation.implementations().size();
    }
    Progress progress = new Progress(steps + copies.size(), out, terminal);

    double peakNanos =
        step(progress, "multiply-add peak", CalibrationBenchmark.class, "peak", null);
    Map<Long, Double> copyNanos = new LinkedHashMap<>();
    for (Map.Entry<Long, Shape> copy : copies.entrySet()) {
      Shape shape = copy.getValue();
      double nanos = step(progress, "copy " + shape, CalibrationBenchmark.class, "copy", shape);
      copyNanos.put(copy.getKey(), nanos);
    }
    List<FigureTable.Row> rows = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      Map<String, Double> nanos = new LinkedHashMap<>();
      for (String implementation : operation.implementations()) {
        Shape shape = operation.shape();
        String what = operation.title() + " " + shape + " " + implementation;
        nanos.put(
            implementation, step(progress, what, operation.benchmark(), implementation, shape));
      }
      rows.add(new FigureTable.Row(operation, nanos));
    }
    progress.end();
    return new FigureTable(CalibrationBenchmark.PEAK_FLOPS / peakNanos, copyNanos, rows);
  }

  private static double step(
      Progress progress,
      String what,
      Class<? extends OperationBenchmark> benchmark,
      String method,
      Shape shape)
      throws BenchmarkFailure {
    progress.start(what);
    try {
      double nanos = nanos(benchmark, method, shape);
      progress.finish(nanos);
      return nanos;
    } catch (BenchmarkFailure e) {
      progress.fail();
      throw e;
    }
  }

  /**
   * Measures one benchmark method in a fork.
   *
   * @param benchmark the class
   * @param method the method
   * @param shape the shape, or null where there is none
   * @return nanoseconds per call, the fastest of the iterations
   * @throws BenchmarkFailure if JMH gives no figure
   */
  public static double nanos(
      Class<? extends OperationBenchmark> benchmark, String method, Shape shape)
      throws BenchmarkFailure {
    String name = benchmark.getName() + "." + method;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(name) + "$")
            .warmupIterations(WARMUP_ITERATIONS)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION_TIME)
            .shouldFailOnError(true);
    if (shape != null) {
      options.param("shape", shape.toString());
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Exception cause = null;
    try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      Collection<RunResult> results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      if (results.size() == 1) {
        return results.iterator().next().getPrimaryResult().getStatistics().getMin();
      }
    } catch (RunnerException e) {
      cause = e;
    }
    throw new BenchmarkFailure(
        shape == null ? name : name + " (" + shape + ")",
        log.toString(StandardCharsets.UTF_8),
        cause);
  }
}
