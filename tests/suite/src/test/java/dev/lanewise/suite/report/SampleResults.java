package dev.lanewise.suite.report;

import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.PeakBenchmark;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.WarmupBenchmark;
import dev.lanewise.bench.jmh.Work;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.machine.Processor.Cache;
import dev.lanewise.bench.result.Fork;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.suite.result.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Results that nobody has measured, with whatever a test needs in them. */
final class SampleResults {
  static final double PEAK = 115;

  private static final int ITERATIONS = 10;

  /** Half of each cache and four times the last, and the bandwidths there. */
  private static final Map<Long, Double> BANDWIDTHS =
      Map.of(16L << 10, 200.0, 512L << 10, 100.0, 8L << 20, 60.0, 64L << 20, 26.0);

  private final int rounds;
  private final SplittableRandom random;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Results.Failure> failures = new ArrayList<>();
  private String model = "AMD EPYC 9R14";
  private String build = "0123456789ab";
  private DoubleUnaryOperator machine = round -> 1;
  private double noise = 0.01;

  SampleResults(int rounds, long seed) {
    this.rounds = rounds;
    this.random = new SplittableRandom(seed);
  }

  SampleResults model(String name) {
    model = name;
    return this;
  }

  SampleResults build(String digest) {
    build = digest;
    return this;
  }

  /** The standard deviation of a fork. */
  SampleResults noise(double deviation) {
    noise = deviation;
    return this;
  }

  /** How many times as long everything takes in a round. */
  SampleResults machine(DoubleUnaryOperator factor) {
    machine = factor;
    return this;
  }

  SampleResults failure(String benchmark, String message) {
    failures.add(new Results.Failure(benchmark, message));
    return this;
  }

  /** A benchmark of an operation that takes so long. */
  SampleResults add(Operation operation, String shape, String method, double nanos) {
    return add(operation.benchmark().getSimpleName(), method, Map.of("shape", shape), 1, 1, nanos);
  }

  SampleResults add(
      String benchmark,
      String method,
      Map<String, String> parameters,
      int threads,
      int firstRound,
      double nanos) {
    List<Fork> forks = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int round = firstRound; round <= rounds; round++) {
      double level = nanos * machine.applyAsDouble(round) * Math.exp(noise * random.nextGaussian());
      rows.add(
          IntStream.range(0, ITERATIONS)
              .mapToDouble(i -> level * (1 + 0.1 * noise * Math.abs(random.nextGaussian())))
              .toArray());
      forks.add(new Fork(round, "2026-01-02T03:04:05Z", 2.5, 0.001, round == 2 ? 1 : 0));
    }
    measurements.add(measurement(benchmark, method, parameters, threads, forks, rows));
    return this;
  }

  private static Measurement measurement(
      String benchmark,
      String method,
      Map<String, String> parameters,
      int threads,
      List<Fork> forks,
      List<double[]> rows) {
    int[] rounds = forks.stream().mapToInt(Fork::round).toArray();
    Measurement measured =
        Measured.of(benchmark, method, parameters, threads, rounds, rows.toArray(double[][]::new));
    return new Measurement(forks, measured.jmh());
  }

  /** The multiply-add peak, in every round. */
  SampleResults peak() {
    double nanos = PeakBenchmark.FLOPS / PEAK;
    return add("PeakBenchmark", "peak", Map.of("bits", "512"), 1, 0, nanos);
  }

  /** What a run measures before its rounds. */
  SampleResults calibration() {
    for (int bits : new int[] {128, 256}) {
      double nanos = PeakBenchmark.FLOPS / (PEAK * bits / 512);
      add("PeakBenchmark", "peak", Map.of("bits", "" + bits), 1, rounds, nanos);
    }
    BANDWIDTHS.forEach(
        (bytes, bandwidth) -> {
          for (Access access : Access.values()) {
            double nanos = access.bytesPerCall(bytes) / bandwidth;
            double slower = access == Access.READ ? 1 : 1.15;
            add(
                "BandwidthBenchmark",
                access.method(),
                Map.of("bytes", "" + bytes),
                1,
                rounds,
                slower * nanos);
          }
        });
    return peak();
  }

  /** Curves that fall from a thousand times their last value. */
  SampleResults warmups() {
    for (String kernel : List.of("GEMM@64x64x128", "SOFTMAX@256x1000")) {
      List<Fork> forks = new ArrayList<>();
      List<double[]> rows = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        double last = kernel.startsWith("GEMM") ? 12_000 : 180_000;
        rows.add(
            IntStream.range(0, WarmupBenchmark.ITERATIONS)
                .mapToDouble(i -> last * (1 + 900 * Math.exp(-i / 6.0)) * noisy())
                .toArray());
        forks.add(new Fork(round, "2026-01-02T03:04:05Z", 4, 0, 0));
      }
      measurements.add(
          measurement("WarmupBenchmark", "lanewise", Map.of("kernel", kernel), 1, forks, rows));
    }
    return this;
  }

  private double noisy() {
    return Math.exp(0.02 * random.nextGaussian());
  }

  /** Every operation at its shapes and a larger one; loses batch norm backward to autovec. */
  SampleResults operations() {
    for (Operation operation : Operation.values()) {
      List<Shape> shapes = new ArrayList<>(operation.fullShapes());
      shapes.add(operation.parse(large(operation)));
      for (Shape shape : shapes.stream().distinct().toList()) {
        operation(operation, shape);
      }
    }
    return this;
  }

  private static String large(Operation operation) {
    return switch (operation) {
      case GEMM, GEMM_DOUBLE, GEMM_EPILOGUE -> "1000x1000x1000";
      case GEMM_BATCH -> "5000x16x16x16";
      case TRAIN_STEP -> "64x64x128x128x10";
      case STUDY -> "16x1024x128";
      default -> "2048x2048";
    };
  }

  /** Every operation at the shape of a quick run. */
  SampleResults quick() {
    for (Operation operation : Operation.values()) {
      operation(operation, operation.quickShape());
    }
    return this;
  }

  private void operation(Operation operation, Shape shape) {
    Work work = operation.work(shape);
    double bandwidth =
        BANDWIDTHS.entrySet().stream()
            .filter(e -> e.getKey() <= Math.max(work.workingSet(), 16L << 10))
            .mapToDouble(Map.Entry::getValue)
            .min()
            .orElseThrow();
    double roof = Math.max(work.lanes() * work.flops() / PEAK, work.bytes() / bandwidth);
    boolean product = operation.unit() == Operation.Unit.FLOP;
    double lanewise = roof / (product ? 0.86 : 0.7);
    String text = shape.toString();
    for (String method : operation.implementations()) {
      double times =
          switch (method) {
            case "lanewise" -> 1;
            case "autovec" -> operation == Operation.BATCH_NORM_BACKWARD ? 0.62 : product ? 4 : 1.3;
            case "scalar" -> product ? 21 : 5;
            case "lanewisePacked" -> 0.97;
            case "separate" -> 1.2;
            case "copy" -> 0.6;
            default -> operation == Operation.GRADIENT_DESCENT ? 0.995 : product ? 52 : 8;
          };
      add(operation, text, method, lanewise * times);
    }
    if (product) {
      peers().forEach((peer, times) -> add(operation, text, peer, lanewise * times));
    }
  }

  private static Map<String, Double> peers() {
    return Map.of("openblas", 1.02, "mkl", 1.12, "ejml", 15.0, "vectorblas", 2.4);
  }

  Results results() {
    return new Results(
        Results.FORMAT,
        "2026-01-02T03:04:05Z",
        environment(),
        new Settings(
            true,
            List.of("gemm", "softmax"),
            List.of("openblas", "mkl", "ejml", "vectorblas"),
            List.of("onednn"),
            2,
            rounds,
            List.of("-prof", "gc")),
        measurements,
        failures);
  }

  private Environment environment() {
    return new Environment(
        build,
        1,
        "vector",
        512,
        32,
        "hardware of 512 bits with multiply-add",
        new Processor(
            model,
            "amd64",
            2,
            2,
            0,
            List.of("sse4_2", "avx2", "avx512f", "fma"),
            List.of(
                new Cache(1, 32 << 10, 1), new Cache(2, 1 << 20, 1), new Cache(3, 16 << 20, 2))),
        8L << 30,
        new Jvm(
            "Eclipse Adoptium Temurin-25.0.3+9",
            "OpenJDK 64-Bit Server VM",
            "25.0.3+9-LTS",
            "mixed mode, sharing",
            List.of("--add-modules=jdk.incubator.vector"),
            Map.of("UseAVX", "3", "MaxVectorSize", "64")),
        "Linux 6.1");
  }
}
