package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.demo.Operation;
import dev.lanewise.bench.jmh.CalibrationBenchmark;
import dev.lanewise.bench.jmh.OperationBenchmark;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Every benchmark checks the method that it is about to measure, here at a small odd shape. */
class BenchmarkResultsTest {
  static Stream<Arguments> methods() {
    return Arrays.stream(Operation.values())
        .flatMap(
            operation ->
                Arrays.stream(operation.benchmark().getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .map(method -> Arguments.of(operation, method.getName())));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyImplementationAgreesWithTheOracle(Operation operation, String method)
      throws ReflectiveOperationException {
    benchmark(operation).prepare(method);
  }

  /** {@code hashCode} can be run like a benchmark method, and leaves the result as it was. */
  @ParameterizedTest
  @EnumSource
  void aMethodThatComputesNothingIsRefused(Operation operation)
      throws ReflectiveOperationException {
    OperationBenchmark benchmark = benchmark(operation);
    assertThrows(AssertionError.class, () -> benchmark.prepare("hashCode"));
  }

  @Test
  void thePeakLoopDoesAllItsMultiplyAdds() {
    new CalibrationBenchmark().prepare("peak");
  }

  private static OperationBenchmark benchmark(Operation operation)
      throws ReflectiveOperationException {
    OperationBenchmark benchmark = operation.benchmark().getConstructor().newInstance();
    String shape = operation.unit() == Operation.Unit.FLOP ? "7x5x9" : "5x7";
    operation.benchmark().getField("shape").set(benchmark, shape);
    return benchmark;
  }
}
