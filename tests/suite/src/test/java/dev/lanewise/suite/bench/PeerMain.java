package dev.lanewise.suite.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.bench.jmh.BatchNormBackwardBenchmark;
import dev.lanewise.bench.jmh.BatchNormForwardBenchmark;
import dev.lanewise.bench.jmh.BatchNormInferenceBenchmark;
import dev.lanewise.bench.jmh.ExpBenchmark;
import dev.lanewise.bench.jmh.GemmBatchBenchmark;
import dev.lanewise.bench.jmh.GemmBenchmark;
import dev.lanewise.bench.jmh.GemmDoubleBenchmark;
import dev.lanewise.bench.jmh.GemmEpilogueBenchmark;
import dev.lanewise.bench.jmh.LayerNormBackwardBenchmark;
import dev.lanewise.bench.jmh.LayerNormBenchmark;
import dev.lanewise.bench.jmh.LogBenchmark;
import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.jmh.ProductBenchmark;
import dev.lanewise.bench.jmh.RmsNormBenchmark;
import dev.lanewise.bench.jmh.SoftmaxBenchmark;
import dev.lanewise.bench.jmh.TanhBenchmark;
import dev.lanewise.bench.peer.Peer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs methods of peers, each against the oracle at several shapes, and prints a line for each:
 * that it is right and the threads of its library, or why it is absent.
 */
final class PeerMain {
  private static final List<String> PRODUCTS =
      List.of("1x1x1", "1x7x3", "5x1x9", "3x130x1", "17x5x33", "70x64x50");

  private static final List<String> ROWS = List.of("1x15", "1x1003");

  private static final List<String> SAMPLES =
      List.of("1x1", "5x7", "70x33", "1x1x1", "3x5x7", "4x33x70");

  private static final Map<Class<? extends OperationBenchmark>, List<String>> SHAPES =
      Map.ofEntries(
          Map.entry(GemmBenchmark.class, PRODUCTS),
          Map.entry(GemmDoubleBenchmark.class, PRODUCTS),
          Map.entry(GemmBatchBenchmark.class, List.of("1x1x1x1", "3x7x5x9", "10x16x16x16")),
          Map.entry(GemmEpilogueBenchmark.class, PRODUCTS),
          Map.entry(SoftmaxBenchmark.class, List.of("1x1", "5x7", "3x64", "2x1003")),
          Map.entry(ExpBenchmark.class, ROWS),
          Map.entry(LogBenchmark.class, ROWS),
          Map.entry(TanhBenchmark.class, ROWS),
          Map.entry(BatchNormForwardBenchmark.class, SAMPLES),
          Map.entry(BatchNormInferenceBenchmark.class, SAMPLES),
          Map.entry(BatchNormBackwardBenchmark.class, SAMPLES),
          Map.entry(LayerNormBenchmark.class, SAMPLES),
          Map.entry(RmsNormBenchmark.class, SAMPLES),
          Map.entry(LayerNormBackwardBenchmark.class, SAMPLES));

  /** Instead of a method: what OpenBLAS takes this processor for. */
  static final String CORE = "core";

  private PeerMain() {}

  public static void main(String[] methods) throws Throwable {
    for (String method : methods) {
      if (method.equals(CORE)) {
        System.out.println(Peer.OPENBLAS.isPresent() ? "core " + core() : "absent");
        continue;
      }
      Peer peer = Peer.ofMethod(method).orElseThrow();
      if (peer.isPresent()) {
        int checks = check(method);
        System.out.printf("%s: %d right, threads %s%n", method, checks, threads(peer));
      } else {
        System.out.printf("%s: absent, %s%n", method, refusal(method));
      }
    }
  }

  private static int check(String method) throws ReflectiveOperationException {
    int checks = 0;
    for (var benchmark : SHAPES.entrySet()) {
      Class<? extends OperationBenchmark> type = benchmark.getKey();
      if (Arrays.stream(type.getMethods()).anyMatch(any -> any.getName().equals(method))) {
        for (String shape : benchmark.getValue()) {
          prepare(type, shape, method);
          checks++;
        }
      }
    }
    return checks;
  }

  private static void prepare(Class<? extends OperationBenchmark> type, String shape, String method)
      throws ReflectiveOperationException {
    OperationBenchmark benchmark = type.getConstructor().newInstance();
    type.getField("shape").set(benchmark, shape);
    benchmark.prepare(method);
    if (benchmark instanceof ProductBenchmark product) {
      for (String layout : List.of("NT", "TN")) {
        product.layout = layout;
        product.prepare(method);
      }
    }
  }

  private static String refusal(String method) throws ReflectiveOperationException {
    try {
      check(method);
      return "but nothing is thrown";
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  /** What the library that this process has loaded says itself. */
  private static String threads(Peer peer) throws Throwable {
    return switch (peer) {
      case OPENBLAS -> ask("libopenblas.so", "openblas_get_num_threads");
      case MKL -> ask("libmkl_rt.so", "MKL_Get_Max_Threads");
      case ONEDNN -> ask("libgomp.so", "omp_get_max_threads");
      default -> "1";
    };
  }

  @SuppressWarnings("restricted")
  private static String ask(String library, String function) throws Throwable {
    Path file = Path.of(mapped(library));
    var address = SymbolLookup.libraryLookup(file, Arena.global()).findOrThrow(function);
    var handle = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_INT));
    return String.valueOf((int) handle.invokeExact());
  }

  @SuppressWarnings("restricted")
  private static String core() throws Throwable {
    check("openblas");
    Path file = Path.of(mapped("libopenblas.so"));
    var address =
        SymbolLookup.libraryLookup(file, Arena.global()).findOrThrow("openblas_get_corename");
    var handle = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ADDRESS));
    return ((MemorySegment) handle.invokeExact()).reinterpret(Byte.MAX_VALUE).getString(0);
  }

  private static String mapped(String library) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/" + library))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElseThrow();
    }
  }
}
