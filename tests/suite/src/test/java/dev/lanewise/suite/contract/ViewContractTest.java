package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The views: which layouts they refuse, and the arithmetic of slices and transposes. */
class ViewContractTest {
  private static final int MAX = Integer.MAX_VALUE;

  private final float[] array = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private final FloatMatrix x = FloatMatrix.of(array, 3, 4);

  private static void refused(Executable call, String... words) {
    Refusal.of(IllegalArgumentException.class, call, words);
  }

  @Test
  void viewsWithoutAnArrayAreRefused() {
    Class<NullPointerException> type = NullPointerException.class;
    Refusal.of(type, () -> FloatMatrix.of(null, 1, 1), "FloatMatrix: array is null");
    Refusal.of(type, () -> FloatMatrix.of(null, 0, 1, 1, 1, 1), "FloatMatrix: array is null");
    Refusal.of(type, () -> FloatSpan.of(null), "FloatSpan: array is null");
    Refusal.of(type, () -> FloatSpan.of(null, 0, 0), "FloatSpan: array is null");
    Refusal.of(type, () -> Labels.of((int[]) null), "Labels: array is null");
    Refusal.of(type, () -> Labels.of(null, 0, 0), "Labels: array is null");
  }

  @Test
  void negativeNumbersAreRefused() {
    refused(() -> FloatMatrix.of(array, -1, 4), "rows", "-1");
    refused(() -> FloatMatrix.of(array, 3, -4), "columns", "-4");
    refused(() -> FloatMatrix.of(array, -2, 1, 1, 1, 1), "offset", "-2");
    refused(() -> FloatMatrix.of(array, 0, 1, 1, -3, 1), "row stride", "-3");
    refused(() -> FloatMatrix.of(array, 0, 1, 1, 1, -3), "column stride", "-3");
    refused(() -> FloatSpan.of(array, -1, 2), "offset", "-1");
    refused(() -> FloatSpan.of(array, 0, -2), "length", "-2");
    refused(() -> FloatSpan.of(array, 0, 2, -5), "stride", "-5");
    refused(() -> Labels.of(new int[2], -1, 1), "offset", "-1");
    refused(() -> Labels.of(new int[2], 0, -1), "length", "-1");
    refused(() -> FloatMatrix.zeros(-1, 2), "rows", "-1");
    refused(() -> FloatMatrix.zeros(2, -1), "columns", "-1");
    refused(() -> FloatSpan.zeros(-1), "-1");
    refused(() -> new BatchStatistics(-1), "-1");
  }

  @Test
  void viewsBeyondTheArrayAreRefused() {
    refused(() -> FloatMatrix.of(array, 3, 5), "3×5", "at index 14", "12");
    refused(() -> FloatMatrix.of(array, 1, 3, 4, 4, 1), "offset 1", "12");
    refused(() -> FloatMatrix.of(array, 0, 2, 2, 11, 1), "12");
    refused(() -> FloatMatrix.of(array, 13, 0, 4, 4, 1), "13", "12");
    refused(() -> FloatSpan.of(array, 6, 7), "12");
    refused(() -> FloatSpan.of(array, 0, 5, 3), "12");
    refused(() -> Labels.of(new int[3], 1, 3), "3");
  }

  /** In int arithmetic the last index of each of these would wrap around into the array. */
  @Test
  void lastIndicesBeyondAnIntAreRefused() {
    refused(() -> FloatMatrix.of(array, 0, 1 << 16, 1, 1 << 16, 1), "12");
    refused(() -> FloatMatrix.of(array, 0, 1, 1 << 16, 1, 1 << 16), "12");
    refused(() -> FloatMatrix.of(array, 0, 3, 2, MAX, MAX), "12");
    refused(() -> FloatMatrix.of(array, MAX, 2, 1, 1, 1), "12");
    refused(() -> FloatMatrix.of(array, 1 << 16, 1 << 16), "12");
    refused(() -> FloatMatrix.of(array, MAX, MAX, MAX, MAX, MAX));
    refused(() -> FloatSpan.of(array, 0, 1 << 16, 1 << 16), "12");
    refused(() -> FloatSpan.of(array, MAX, MAX), "12");
    refused(() -> Labels.of(new int[3], MAX, 2), "3");
    refused(() -> FloatMatrix.zeros(1 << 16, 1 << 16), "65536×65536", "4294967296");
  }

  @Test
  void theLargestViewsThatFitAreAccepted() {
    assertEquals(11, FloatMatrix.of(array, 5, 2, 3, 4, 1).get(1, 2));
    assertEquals(11, FloatSpan.of(array, 2, 4, 3).get(3));
    assertEquals(0, FloatMatrix.of(array, 12, 0, 4, MAX, MAX).rows());
    assertEquals(7, FloatMatrix.of(array, 7, 9, 9, 0, 0).get(8, 8));
    assertEquals(0, FloatSpan.of(array, 12, 0, MAX).length());
  }

  @Test
  void slicesAddressTheirElements() {
    assertEquals(9, x.transpose().get(1, 2));
    assertEquals(6, x.rows(1, 3).get(0, 2));
    assertEquals(6, x.columns(2, 4).get(1, 0));
    assertEquals(7, x.row(1).get(3));
    assertEquals(10, x.column(2).get(2));
    assertEquals(8, x.column(0).slice(1, 3).get(1));
    assertEquals(9, x.columns(1, 3).transpose().rows(0, 1).get(0, 2));
    assertEquals(5, Labels.of(3, 4, 5).slice(1, 3).get(1));
    assertSame(array, x.rows(1, 2).transpose().column(0).array());
    x.rows(1, 2).set(0, 3, 70);
    x.column(0).set(2, 80);
    assertEquals(70, array[7]);
    assertEquals(80, array[8]);
  }

  @Test
  void emptySlicesAreAccepted() {
    for (int i = 0; i <= 3; i++) {
      FloatMatrix none = x.rows(i, i);
      assertEquals("0×4", none.rows() + "×" + none.columns());
      assertEquals(0, none.columns(4, 4).columns());
      assertEquals(0, none.column(3).length());
      assertEquals(0, none.transpose().rows(1, 3).columns());
    }
    FloatMatrix strips = x.columns(4, 4);
    assertEquals(0, strips.row(2).length());
    assertEquals(2, strips.rows(1, 3).rows());
    assertEquals(0, FloatSpan.of(array, 12, 0).slice(0, 0).length());
    assertEquals(0, FloatMatrix.zeros(0, 5).rows(0, 0).columns(2, 5).rows());
    assertEquals(0, Labels.of().slice(0, 0).length());
  }

  @Test
  void indicesOutsideAreRefused() {
    Class<IndexOutOfBoundsException> type = IndexOutOfBoundsException.class;
    Refusal.of(type, () -> x.get(3, 0), "row 3 of 3");
    Refusal.of(type, () -> x.get(-1, 0), "row -1 of 3");
    Refusal.of(type, () -> x.get(0, 4), "column 4 of 4");
    Refusal.of(type, () -> x.set(0, -1, 1), "column -1 of 4");
    Refusal.of(type, () -> x.row(3), "row 3 of 3");
    Refusal.of(type, () -> x.column(4), "column 4 of 4");
    Refusal.of(type, () -> x.rows(2, 1), "2 to 1 of 3");
    Refusal.of(type, () -> x.rows(0, 4), "rows 0 to 4 of 3");
    Refusal.of(type, () -> x.columns(-1, 2), "columns -1 to 2 of 4");
    Refusal.of(type, () -> x.row(0).get(4), "4 of 4");
    Refusal.of(type, () -> x.row(0).set(-1, 0), "-1 of 4");
    Refusal.of(type, () -> x.row(0).slice(3, 5), "3 to 5 of 4");
    Refusal.of(type, () -> Labels.of(1, 2).get(2), "2 of 2");
    Refusal.of(type, () -> Labels.of(1, 2).slice(1, 3), "1 to 3 of 2");
    Refusal.of(type, () -> new BatchStatistics(2).mean(2), "2 of 2");
    Refusal.of(type, () -> new BatchStatistics(2).variance(-1), "-1 of 2");
  }

  @Test
  void layoutsPrintInALine() {
    assertEquals("3×4 (strides 4, 1; offset 0)", x.toString());
    assertEquals(
        "2×3 (strides 1, 4; offset 1)", x.columns(1, 3).transpose().columns(0, 3).toString());
    assertEquals("3 (stride 4; offset 2)", x.column(2).toString());
    assertEquals("2 (offset 1)", Labels.of(1, 2, 3).slice(1, 3).toString());
  }
}
