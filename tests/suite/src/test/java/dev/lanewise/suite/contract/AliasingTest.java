package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Update;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operands that share an array without sharing elements, and operands that are not read. */
class AliasingTest {
  private static FloatMatrix counting(int rows, int columns) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    for (int i = 0; i < x.array().length; i++) {
      x.array()[i] = (i % 5 - 2) * 0.5f;
    }
    return x;
  }

  private static FloatMatrix filled(int rows, int columns, float value) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    Arrays.fill(x.array(), value);
    return x;
  }

  /** A, B and C are blocks of columns of one matrix; their ranges interleave. */
  @Test
  void blocksOfColumnsAreDisjoint() {
    FloatMatrix all = counting(20, 60);
    FloatMatrix a = all.columns(0, 20);
    FloatMatrix b = all.columns(41, 60);
    FloatMatrix c = all.columns(20, 39);
    FloatMatrix alone = FloatMatrix.zeros(20, 19);
    Gemm.gemm(1f, a, b, 0f, alone);
    float[] border = {all.get(0, 39), all.get(0, 40)};
    Gemm.gemm(1f, a, b, 0f, c);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 19; j++) {
        assertEquals(alone.get(i, j), c.get(i, j));
      }
    }
    assertArrayEquals(border, new float[] {all.get(0, 39), all.get(0, 40)});
  }

  @Test
  void blocksOfColumnsThatMeetAreRefused() {
    FloatMatrix all = counting(4, 9);
    Refusal.leaving(
        List.of(all.array()),
        IllegalArgumentException.class,
        () -> Softmax.forward(all.columns(0, 5), all.columns(4, 9)),
        "Softmax.forward: output Y",
        "overlaps X");
    Refusal.leaving(
        List.of(all.array()),
        IllegalArgumentException.class,
        () -> Activation.RELU.forward(all.columns(0, 4).transpose(), all.columns(5, 9)),
        "Activation.relu.forward: output Y",
        "overlaps X");
  }

  @Test
  void columnsOfOneMatrixAreSpansOfTheirOwn() {
    FloatMatrix both = counting(10, 2);
    float[] expected = new float[10];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.fma(-0.5f, both.get(i, 1), both.get(i, 0));
    }
    FloatSpan parameters = both.column(0);
    Update.gradientDescent(parameters, both.column(1), 0.5f);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], parameters.get(i));
    }
  }

  @Test
  void withBetaZeroTheResultIsNotRead() {
    for (int n : new int[] {1, 2, 19, 40}) {
      for (int k : new int[] {0, 1, 300}) {
        FloatMatrix a = counting(13, k);
        FloatMatrix b = counting(k, n);
        FloatMatrix clean = FloatMatrix.zeros(13, n);
        FloatMatrix dirty = filled(13, n, Float.NaN);
        Gemm.gemm(1f, a, b, 0f, clean);
        Gemm.gemm(1f, a, b, 0f, dirty);
        assertArrayEquals(clean.array(), dirty.array(), "n=" + n + " k=" + k);
      }
    }
  }

  @Test
  void withAlphaZeroTheFactorsAreNotRead() {
    for (int n : new int[] {1, 19}) {
      FloatMatrix c = filled(7, n, 3f);
      FloatMatrix a = filled(7, 5, Float.NaN);
      FloatMatrix b = filled(5, n, Float.NaN);
      Gemm.gemm(0f, a, b, 0.5f, c);
      assertArrayEquals(filled(7, n, 1.5f).array(), c.array());
      Gemm.gemm(-0f, a, b, 0f, c);
      assertArrayEquals(filled(7, n, 0f).array(), c.array());
    }
  }
}
