package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.PackedMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Views of batches and of doubles: what they refuse, which elements they address, their names. */
class ProductViewTest {
  private static final int MAX = Integer.MAX_VALUE;

  private final double[] doubles = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private final float[] floats = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private final DoubleMatrix x = DoubleMatrix.of(doubles, 3, 4);
  private final FloatBatch batch = FloatBatch.of(floats, 2, 2, 3);

  private static void refused(Executable call, String... words) {
    Refusal.of(IllegalArgumentException.class, call, words);
  }

  @Test
  void viewsWithoutAnArrayAreRefused() {
    Class<NullPointerException> type = NullPointerException.class;
    Refusal.of(type, () -> DoubleMatrix.of(null, 1, 1), "DoubleMatrix: array is null");
    Refusal.of(type, () -> DoubleMatrix.of(null, 0, 1, 1, 1, 1), "DoubleMatrix: array is null");
    Refusal.of(type, () -> FloatBatch.of(null, 0, 1, 1), "FloatBatch: array is null");
    Refusal.of(type, () -> FloatBatch.of(null, 0, 1, 1, 1, 1, 1, 1), "FloatBatch: array is null");
  }

  @Test
  void negativeNumbersAreRefused() {
    refused(() -> DoubleMatrix.of(doubles, -1, 4), "DoubleMatrix: rows", "-1");
    refused(() -> DoubleMatrix.of(doubles, 3, -4), "columns", "-4");
    refused(() -> DoubleMatrix.of(doubles, -2, 1, 1, 1, 1), "offset", "-2");
    refused(() -> DoubleMatrix.of(doubles, 0, 1, 1, -3, 1), "row stride", "-3");
    refused(() -> DoubleMatrix.of(doubles, 0, 1, 1, 1, -3), "column stride", "-3");
    refused(() -> DoubleMatrix.zeros(-1, 2), "rows", "-1");
    refused(() -> DoubleMatrix.zeros(2, -1), "columns", "-1");
    refused(() -> FloatBatch.of(floats, -1, 2, 3), "FloatBatch: size", "-1");
    refused(() -> FloatBatch.of(floats, 1, -2, 3), "rows", "-2");
    refused(() -> FloatBatch.of(floats, 1, 2, -3), "columns", "-3");
    for (int size : new int[] {0, 2}) {
      refused(() -> FloatBatch.of(floats, -5, size, 6, 2, 3, 3, 1), "offset", "-5");
      refused(() -> FloatBatch.of(floats, 0, size, -6, 2, 3, 3, 1), "stride", "-6");
      refused(() -> FloatBatch.of(floats, 0, size, 6, -2, 3, 3, 1), "rows", "-2");
      refused(() -> FloatBatch.of(floats, 0, size, 6, 2, -3, 3, 1), "columns", "-3");
      refused(() -> FloatBatch.of(floats, 0, size, 6, 2, 3, -4, 1), "row stride", "-4");
      refused(() -> FloatBatch.of(floats, 0, size, 6, 2, 3, 3, -1), "column stride", "-1");
    }
  }

  /** In int arithmetic the last index of some of these would wrap around into the array. */
  @Test
  void viewsBeyondTheArrayAreRefused() {
    refused(() -> DoubleMatrix.of(doubles, 3, 5), "3×5", "at index 14", "length 12");
    refused(() -> DoubleMatrix.of(doubles, 1, 3, 4, 4, 1), "offset 1", "12");
    refused(() -> DoubleMatrix.of(doubles, 13, 0, 4, 4, 1), "13", "12");
    refused(() -> DoubleMatrix.of(doubles, 0, 3, 2, MAX, MAX), "12");
    refused(() -> DoubleMatrix.of(doubles, 1 << 16, 1 << 16), "12");
    refused(() -> DoubleMatrix.zeros(1 << 16, 1 << 16), "65536×65536", "4294967296");
    refused(() -> FloatBatch.of(floats, 3, 2, 3), "3 times 2×3", "6 apart", "at index 17", "12");
    refused(() -> FloatBatch.of(floats, 1, 2, 6, 2, 3, 3, 1), "offset 1", "at index 12", "12");
    refused(() -> FloatBatch.of(floats, 0, 1, 0, 2, 3, 10, 1), "at index 12", "length 12");
    refused(() -> FloatBatch.of(floats, 13, 0, 6, 2, 3, 3, 1), "13", "12");
    refused(() -> FloatBatch.of(floats, 0, (1 << 16) + 1, 1 << 16, 1, 1, 1, 1), "4294967296");
    refused(() -> FloatBatch.of(floats, 0, MAX, MAX, 1, 1, 1, 1), "12");
    refused(() -> FloatBatch.of(floats, 1, 1 << 16, 1 << 16), "65536×65536", "4294967296");
  }

  @Test
  void theLargestViewsThatFitAreAccepted() {
    assertEquals(11, DoubleMatrix.of(doubles, 5, 2, 3, 4, 1).get(1, 2));
    assertEquals(0, DoubleMatrix.of(doubles, 12, 0, 4, MAX, MAX).rows());
    assertEquals(7, DoubleMatrix.of(doubles, 7, 9, 9, 0, 0).get(8, 8));
    assertEquals(11, FloatBatch.of(floats, 1, 3, 2, 2, 3, 4, 1).get(2).get(1, 2));
    assertEquals(9, FloatBatch.of(floats, 9, MAX, 0, 1, 1, MAX, MAX).get(MAX - 1).get(0, 0));
    assertEquals(0, FloatBatch.of(floats, 12, 0, MAX, MAX, MAX, MAX, MAX).size());
    assertEquals(0, FloatBatch.of(floats, 12, 3, 100, 0, 4, 4, 1).get(2).rows());
    assertEquals(4, FloatBatch.of(floats, 12, 3, 100, 0, 4, 4, 1).transpose().get(2).rows());
  }

  @Test
  void viewsAddressTheirElements() {
    assertEquals(9, x.transpose().get(1, 2));
    assertEquals(6, x.rows(1, 3).get(0, 2));
    assertEquals(6, x.columns(2, 4).get(1, 0));
    assertEquals(9, x.columns(1, 3).transpose().rows(0, 1).get(0, 2));
    assertEquals(0, x.rows(3, 3).rows());
    assertEquals(0, x.columns(4, 4).rows(1, 3).columns());
    x.rows(1, 2).set(0, 3, 70);
    assertEquals(70, doubles[7]);
    assertSame(doubles, x.transpose().rows(1, 2).array());
    assertEquals(11, batch.get(1).get(1, 2));
    assertEquals(10, batch.transpose().get(1).get(1, 1));
    assertEquals(8, FloatBatch.of(floats, 2, 2, 3, 2, 3, 2, 1).get(1).get(1, 1));
    batch.get(1).set(0, 1, 70);
    assertEquals(70, floats[7]);
    assertSame(floats, batch.transpose().array());
  }

  @Test
  void indicesOutsideAreRefused() {
    Class<IndexOutOfBoundsException> type = IndexOutOfBoundsException.class;
    Refusal.of(type, () -> x.get(3, 0), "row 3 of 3");
    Refusal.of(type, () -> x.get(-1, 0), "row -1 of 3");
    Refusal.of(type, () -> x.get(0, 4), "column 4 of 4");
    Refusal.of(type, () -> x.set(0, -1, 1), "column -1 of 4");
    Refusal.of(type, () -> x.rows(2, 1), "2 to 1 of 3");
    Refusal.of(type, () -> x.rows(0, 4), "0 to 4 of 3");
    Refusal.of(type, () -> x.columns(-1, 2), "-1 to 2 of 4");
    Refusal.of(type, () -> batch.get(2), "matrix 2 of 2");
    Refusal.of(type, () -> batch.get(-1), "matrix -1 of 2");
    Refusal.of(type, () -> FloatBatch.of(floats, 0, 2, 3).get(0), "matrix 0 of 0");
  }

  @Test
  void layoutsPrintInALine() {
    assertEquals("3×4 (strides 4, 1; offset 0)", x.toString());
    assertEquals("2×3 (strides 1, 4; offset 1)", x.columns(1, 3).transpose().toString());
    assertEquals("2 times 2×3 (strides 6; 3, 1; offset 0)", batch.toString());
    assertEquals("2 times 3×2 (strides 6; 1, 3; offset 0)", batch.transpose().toString());
    FloatMatrix b = FloatMatrix.of(floats, 3, 4);
    assertEquals("3×4 (packed)", PackedMatrix.of(b).toString());
    assertEquals("4×3 (packed)", PackedMatrix.of(b.transpose()).toString());
    FloatSpan span = b.column(1);
    assertEquals("relu", Epilogue.relu().toString());
    assertEquals("bias 3 (stride 4; offset 1)", Epilogue.bias(span).toString());
    assertEquals("bias 3 (stride 4; offset 1), relu", Epilogue.biasRelu(span).toString());
  }
}
