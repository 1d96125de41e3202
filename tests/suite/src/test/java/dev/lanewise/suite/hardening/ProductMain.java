package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;

/** Multiplies 64×64 matrices: the first time, and in steady state. */
public final class ProductMain {
  private static final int SIZE = 64;
  private static final int WARM_UP = 300;
  private static final int CALLS = 101;

  private static final FloatMatrix A = matrix(1);
  private static final FloatMatrix B = matrix(2);

  private ProductMain() {}

  /**
   * Prints what runs, the checksum, and the microseconds of the first product and of the median.
   */
  public static void main(String[] arguments) {
    FloatMatrix c = FloatMatrix.zeros(SIZE, SIZE);
    long first = nanos(c);
    for (int call = 0; call < WARM_UP; call++) {
      nanos(c);
    }
    long[] nanos = new long[CALLS];
    Arrays.setAll(nanos, call -> nanos(c));
    Arrays.sort(nanos);
    System.out.println("reason: " + Lanes.reason());
    System.out.println("checksum: " + Checksum.hex(Checksum.of(c.array())));
    System.out.println("first: " + first / 1000);
    System.out.println("median: " + nanos[CALLS / 2] / 1000);
  }

  /** Of the product, by this JVM. */
  static String checksum() {
    FloatMatrix c = FloatMatrix.zeros(SIZE, SIZE);
    nanos(c);
    return Checksum.hex(Checksum.of(c.array()));
  }

  private static long nanos(FloatMatrix c) {
    long start = System.nanoTime();
    Gemm.gemm(1f, A, B, 0f, c);
    return System.nanoTime() - start;
  }

  private static FloatMatrix matrix(long seed) {
    return Views.matrix(Layout.DENSE, SIZE, SIZE, new Mix(seed)::unit);
  }
}
