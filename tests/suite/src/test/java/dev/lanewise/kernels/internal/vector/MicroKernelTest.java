package dev.lanewise.kernels.internal.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.Lanes;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
    void run(
        int tiles,
        int lastRow,
        int depth,
        float[] a,
        int ao,
        int ars,
        int as,
        float[] b,
        int bo,
        int brs,
        int bs,
        float beta,
        float[] c,
        int co,
        int crs,
        int cs);
  }

  record Named(int rows, int vectors, Kernel kernel) {
    @Override
    public String toString() {
      return rows + "x" + vectors;
    }
  }

  static Stream<Named> kernels() {
    return Stream.of(
        new Named(4, 1, MicroKernel4x1::run),
        new Named(4, 2, MicroKernel4x2::run),
        new Named(4, 3, MicroKernel4x3::run),
        new Named(4, 4, MicroKernel4x4::run),
        new Named(8, 2, MicroKernel8x2::run),
        new Named(6, 3, MicroKernel6x3::run),
        new Named(6, 4, MicroKernel6x4::run),
        new Named(8, 1, MicroKernel8x1::run));
  }

  /** Tiles down a column: the same B, other rows of A and C, of which the last tile lacks some. */
  @ParameterizedTest
  @MethodSource("kernels")
  void followsTheDefinitionDownAColumn(Named kernel) {
    assumeTrue(Lanes.bits() > 0, "no vector code here");
    for (float beta : new float[] {0f, 1f, -0.5f}) {
      for (int depth = 0; depth <= 9; depth++) {
        for (int rows = 1; rows <= 3 * kernel.rows(); rows++) {
          check(kernel, rows, 1, depth, beta);
        }
      }
    }
  }

  /** Tiles along a row: the same A, other columns of B and C. */
  @ParameterizedTest
  @MethodSource("kernels")
  void followsTheDefinitionAlongARow(Named kernel) {
    assumeTrue(Lanes.bits() > 0, "no vector code here");
    for (float beta : new float[] {0f, 1f, -0.5f}) {
      for (int depth = 0; depth <= 9; depth++) {
        check(kernel, kernel.rows(), 3, depth, beta);
      }
    }
  }

  /** Beside the bits of the kernel that does not copy, a panel of B for each tile. */
  @Test
  void copiesPanelsAsItGoes() {
    assumeTrue(Lanes.bits() > 0, "no vector code here");
    int width = 4 * Species.LANES;
    for (float beta : new float[] {0f, 1f, -0.5f}) {
      for (int tiles = 1; tiles <= 3; tiles++) {
        for (int depth = 0; depth <= 9; depth++) {
          checkPacking(tiles, width, depth, beta);
        }
      }
    }
  }

  private static void checkPacking(int tiles, int width, int depth, float beta) {
    int ars = depth + 2;
    int brs = tiles * width + 1;
    int crs = tiles * width + 3;
    float[] a = random(1, 2 + 6 * ars);
    float[] b = random(2, 5 + depth * brs);
    float[] c = random(3, 4 + 6 * crs);
    float[] expected = c.clone();
    MicroKernel6x4.run(
        tiles, 5, depth, a, 2, ars, 0, b, 5, brs, width, beta, expected, 4, crs, width);
    float[] panels = random(4, 7 + depth * tiles * width + 1);
    float[] filled = panels.clone();
    for (int t = 0; t < tiles; t++) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(b, 5 + p * brs + t * width, filled, 7 + (t * depth + p) * width, width);
      }
    }
    MicroKernel6x4Packing.run(tiles, depth, a, 2, ars, b, 5, brs, panels, 7, beta, c, 4, crs);
    String name = "%d tiles, depth %d, beta %s".formatted(tiles, depth, beta);
    assertArrayEquals(expected, c, name);
    assertArrayEquals(filled, panels, name);
  }

  /** Tiles follow each other down where there is one across, else across. */
  private static void check(Named kernel, int rows, int across, int depth, float beta) {
    int width = kernel.vectors() * Species.LANES;
    int columns = across * width;
    int down = (rows - 1) / kernel.rows() + 1;
    int ars = depth + 2;
    int brs = columns + 1;
    int crs = columns + 3;
    float[] a = random(1, 2 + rows * ars);
    float[] b = random(2, 5 + depth * brs);
    float[] c = random(3, 4 + rows * crs);
    float[] expected = c.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int index = 4 + i * crs + j;
        float sum = beta == 0f ? 0f : beta * c[index];
        for (int p = 0; p < depth; p++) {
          sum = Math.fma(a[2 + i * ars + p], b[5 + p * brs + j], sum);
        }
        expected[index] = sum;
      }
    }
    boolean isColumn = across == 1;
    int height = kernel.rows();
    kernel
        .kernel()
        .run(
            isColumn ? down : across,
            rows - 1 - (down - 1) * height,
            depth,
            a,
            2,
            ars,
            isColumn ? height * ars : 0,
            b,
            5,
            brs,
            isColumn ? 0 : width,
            beta,
            c,
            4,
            crs,
            isColumn ? height * crs : width);
    for (int i = 0; i < c.length; i++) {
      int at = i;
      assertEquals(
          Float.floatToIntBits(expected[i]),
          Float.floatToIntBits(c[i]),
          () ->
              "%s, %d rows, %d across, depth %d, beta %s, index %d"
                  .formatted(kernel, rows, across, depth, beta, at));
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
