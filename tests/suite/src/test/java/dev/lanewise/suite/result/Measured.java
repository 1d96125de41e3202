package dev.lanewise.suite.result;

import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.jmh.PeakBenchmark;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Fork;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Measurements made up for tests. */
public final class Measured {
  private Measured() {}

  /** One fork for each row of iterations, in rounds from 1, on one thread. */
  public static Measurement of(
      String benchmark, String method, Map<String, String> parameters, double[]... nanos) {
    int[] rounds = IntStream.rangeClosed(1, nanos.length).toArray();
    return of(benchmark, method, parameters, 1, rounds, nanos);
  }

  /** One fork for each row of iterations. */
  public static Measurement of(
      String benchmark,
      String method,
      Map<String, String> parameters,
      int threads,
      int[] rounds,
      double[]... nanos) {
    List<Fork> forks = new ArrayList<>();
    for (int round : rounds) {
      forks.add(new Fork(round, "2026-01-01T00:00:00Z", 2.5, 0, 0));
    }
    String rows =
        Arrays.stream(nanos).map(Arrays::toString).collect(Collectors.joining(",", "[", "]"));
    String params =
        parameters.entrySet().stream()
            .map(p -> "\"%s\": \"%s\"".formatted(p.getKey(), p.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    String json =
        """
        {"benchmark": "dev.lanewise.bench.jmh.%s.%s", "threads": %d, "forks": %d, "params": %s,
         "primaryMetric": {"rawData": %s}, "secondaryMetrics": {}}
        """
            .formatted(benchmark, method, threads, nanos.length, params, rows);
    return new Measurement(forks, new JsonMapper().readTree(json));
  }

  /** A peak of so many GFLOP/s. */
  public static Measurement peak(int bits, int threads, double gflops) {
    double nanos = threads * PeakBenchmark.FLOPS / gflops;
    Map<String, String> width = Map.of("bits", Integer.toString(bits));
    return of("PeakBenchmark", "peak", width, threads, new int[] {0}, new double[] {nanos});
  }

  /** A bandwidth of so many GB/s. */
  public static Measurement bandwidth(String access, long bytes, int threads, double gigabytes) {
    double nanos = threads * Access.of(access).bytesPerCall(bytes) / gigabytes;
    Map<String, String> size = Map.of("bytes", Long.toString(bytes));
    return of("BandwidthBenchmark", access, size, threads, new int[] {0}, new double[] {nanos});
  }

  /** Results of this machine with these measurements, for parallel code with four threads. */
  public static Results results(Measurement... measurements) {
    return new Results(
        Results.FORMAT,
        "2026-01-01T00:00:00Z",
        Environment.read(),
        new Settings(true, List.of("gemm"), List.of(), List.of("mkl"), 4, 6, List.of()),
        List.of(measurements),
        List.of());
  }
}
