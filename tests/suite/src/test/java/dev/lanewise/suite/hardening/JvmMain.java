package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.suite.bits.Checksums;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What each child process of {@link JvmMatrixTest} runs: it says what JVM it has, and computes
 * every operation and some steps of training, on little data as the JVM may be an interpreter.
 */
public final class JvmMain {
  private static final int M = 19;
  private static final int N = 37;
  private static final int K = 41;

  private JvmMain() {}

  /**
   * Prints lines of the form "name: value", the last of which has the checksums. The argument says
   * for how many seconds to compute them again and again, as ever more code gets compiled.
   */
  public static void main(String[] arguments) {
    long end = System.nanoTime() + Integer.parseInt(arguments[0]) * 1_000_000_000L;
    System.out.println("lanes: " + Lanes.describe());
    System.out.println("bits: " + Lanes.bits());
    System.out.println("jvm: " + System.getProperty("java.vm.info"));
    System.out.println("heap: " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    System.out.println("collectors: " + collectors());
    System.out.println("kernels: " + Lanes.class.getModule());
    System.out.println("learn: " + Session.class.getModule());
    String sums = checksums();
    int rounds = 1;
    for (; System.nanoTime() < end; rounds++) {
      String again = checksums();
      if (!again.equals(sums)) {
        throw new AssertionError("round " + rounds + ": " + again + ", and before: " + sums);
      }
    }
    System.out.println("rounds: " + rounds);
    System.out.println("checksums: " + sums);
  }

  private static String collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .collect(Collectors.joining(", "));
  }

  /**
   * Of every operation; of products packed, followed by bias and ReLU, and in double; of training.
   */
  static String checksums() {
    String table = Checksums.table(M, N, K, 3);
    try (Workers workers = Workers.of(2)) {
      SmallNetwork network = new SmallNetwork(2, workers);
      network.train(4);
      return "%08x of %d operations, %08x of products, %08x of training"
          .formatted(
              table.hashCode(), table.lines().count(), products(workers), network.checksum());
    }
  }

  private static int products(Workers workers) {
    FloatMatrix a = matrix(M, K, 1);
    FloatMatrix b = matrix(K, N, 2);
    FloatMatrix c = FloatMatrix.zeros(M, N);
    Epilogue epilogue = Epilogue.biasRelu(FloatSpan.of(matrix(1, N, 3).array()));
    Gemm.gemm(1.5f, a, PackedMatrix.of(b), 0f, c, epilogue, workers);
    DoubleMatrix d = DoubleMatrix.zeros(M, N);
    Gemm.gemm(1.5, doubles(a), doubles(b), 0, d, workers);
    return 31 * Checksum.of(c.array()) + Arrays.hashCode(d.array());
  }

  private static FloatMatrix matrix(int rows, int columns, long seed) {
    return Views.matrix(Layout.DENSE, rows, columns, new Mix(seed)::unit);
  }

  private static DoubleMatrix doubles(FloatMatrix x) {
    return DoubleMatrix.of(Views.wide(x), x.rows(), x.columns());
  }
}
