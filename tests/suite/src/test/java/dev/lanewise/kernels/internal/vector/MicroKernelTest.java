package dev.lanewise.kernels.internal.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.Lanes;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every micro-kernel follows the definition at every width, also those that this machine's
 * registers do not choose.
 */
@Tag("bits")
class MicroKernelTest {
  /** One of the micro-kernels. */
  @FunctionalInterface
  interface Kernel {
    void run(int kc, float[] a, int ao, float[] b, int bo, float beta, float[] c, int co, int crs);
  }

  record Named(String name, int rows, Kernel kernel) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> kernels() {
    return Stream.of(
        new Named("4x2", 4, MicroKernel4x2::run),
        new Named("6x2", 6, MicroKernel6x2::run),
        new Named("12x2", 12, MicroKernel12x2::run));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void followsTheDefinition(Named kernel) {
    assumeTrue(Lanes.bits() > 0, "no vector code here");
    for (float beta : new float[] {0f, 1f, -0.5f}) {
      for (int kc = 0; kc <= 9; kc++) {
        check(kernel, kc, beta);
      }
    }
  }

  private static void check(Named kernel, int kc, float beta) {
    int rows = kernel.rows();
    int columns = 2 * Species.LANES;
    int stride = columns + 3;
    float[] a = random(1, 2 + kc * rows);
    float[] b = random(2, 5 + kc * columns);
    float[] c = random(3, 4 + rows * stride);
    float[] expected = c.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int index = 4 + i * stride + j;
        float sum = beta == 0f ? 0f : beta * c[index];
        for (int p = 0; p < kc; p++) {
          sum = Math.fma(a[2 + p * rows + i], b[5 + p * columns + j], sum);
        }
        expected[index] = sum;
      }
    }
    kernel.kernel().run(kc, a, 2, b, 5, beta, c, 4, stride);
    for (int i = 0; i < c.length; i++) {
      int at = i;
      assertEquals(
          Float.floatToIntBits(expected[i]),
          Float.floatToIntBits(c[i]),
          () -> "%s, kc %d, beta %s, index %d".formatted(kernel, kc, beta, at));
    }
  }

  private static float[] random(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }
}
