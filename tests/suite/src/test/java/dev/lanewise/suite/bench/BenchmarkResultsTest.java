package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.jmh.BandwidthBenchmark;
import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.jmh.MultiplyAdds;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.jmh.PeakBenchmark;
import dev.lanewise.bench.jmh.ProductBenchmark;
import dev.lanewise.bench.jmh.WarmupBenchmark;
import dev.lanewise.bench.peer.Peer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark checks the method that it is about to measure, here at a small odd shape. */
class BenchmarkResultsTest {
  static Stream<Arguments> methods() {
    return methods(Arrays.stream(Operation.values()));
  }

  static Stream<Arguments> methodsOfThreeExtents() {
    return methods(
        Stream.of(
            Operation.BATCH_NORM_FORWARD,
            Operation.BATCH_NORM_INFERENCE,
            Operation.BATCH_NORM_BACKWARD,
            Operation.LAYER_NORM,
            Operation.RMS_NORM,
            Operation.LAYER_NORM_BACKWARD,
            Operation.RMS_NORM_BACKWARD));
  }

  private static Stream<Arguments> methods(Stream<Operation> operations) {
    return operations.flatMap(
        operation ->
            operation.implementations().stream()
                .filter(method -> Peer.ofMethod(method).isEmpty())
                .map(method -> Arguments.of(operation, method)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyImplementationAgreesWithTheOracle(Operation operation, String method) {
    try (OperationBenchmark benchmark = benchmark(operation)) {
      benchmark.prepare(method);
    }
  }

  /** Channels first, and rows in two extents that are longer than what sums a row in chains. */
  @ParameterizedTest
  @MethodSource("methodsOfThreeExtents")
  void threeExtentsAreUnderstood(Operation operation, String method) {
    for (String shape : List.of("3x5x7", "2x3x201")) {
      try (OperationBenchmark benchmark = operation.newBenchmark(operation.parse(shape))) {
        benchmark.prepare(method);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"naive, NT", "naive, TN", "lanewise, NT", "lanewise, TN", "lanewisePacked, NT"})
  void transposedOperandsAreUnderstood(String method, String layout) {
    for (Operation operation : List.of(Operation.GEMM, Operation.GEMM_DOUBLE)) {
      if (operation.implementations().contains(method)) {
        ProductBenchmark benchmark = (ProductBenchmark) benchmark(operation);
        benchmark.layout = layout;
        benchmark.prepare(method);
      }
    }
  }

  /** {@code hashCode} can be run like a benchmark method, and leaves the result as it was. */
  @ParameterizedTest
  @EnumSource
  void aMethodThatComputesNothingIsRefused(Operation operation) {
    OperationBenchmark benchmark = benchmark(operation);
    assertThrows(AssertionError.class, () -> benchmark.prepare("hashCode"));
  }

  @Test
  void thePeakLoopDoesAllItsMultiplyAdds() {
    PeakBenchmark benchmark = new PeakBenchmark();
    benchmark.bits = MultiplyAdds.preferredBits();
    benchmark.prepare("peak");
    benchmark.bits = 1024;
    assertThrows(IllegalStateException.class, () -> benchmark.prepare("peak"));
  }

  @ParameterizedTest
  @EnumSource
  void bandwidthIsOfWhatIsReallyMoved(Access access) {
    BandwidthBenchmark benchmark = new BandwidthBenchmark();
    benchmark.bytes = 6144;
    benchmark.prepare(access.method());
    assertThrows(IllegalArgumentException.class, () -> benchmark.prepare("hashCode"));
  }

  /** 10 passes over about 2^20 bytes, in whole steps of eight vectors of up to 64 bytes. */
  @ParameterizedTest
  @CsvSource({"READ, 983040", "COPY, 983040", "TRIAD, 983040", "UPDATE, 1474560"})
  void bytesOfACall(Access access, long expected) {
    assertEquals(expected, access.bytesPerCall(98304 + 100));
    assertEquals(1 << 24, Access.READ.bytesPerCall(1 << 24));
  }

  @Test
  void warmupChecksItsKernelToo() {
    WarmupBenchmark benchmark = new WarmupBenchmark();
    benchmark.kernel = "GEMM@7x5x9";
    benchmark.prepare("lanewise");
    benchmark.lanewise();
    benchmark.kernel = "GEMM";
    assertThrows(IllegalArgumentException.class, () -> benchmark.prepare("lanewise"));
  }

  private static OperationBenchmark benchmark(Operation operation) {
    String shape =
        switch (operation) {
          case GEMM, GEMM_DOUBLE, GEMM_EPILOGUE -> "7x5x9";
          case GEMM_BATCH -> "3x7x5x9";
          case TRAIN_STEP -> "7x5x9x4x3";
          case STUDY -> "3x40x8";
          default -> "5x7";
        };
    return operation.newBenchmark(operation.parse(shape));
  }
}
