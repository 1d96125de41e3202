package dev.lanewise.suite.hardening;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.Workers;
import java.util.Arrays;

/** Reductions over all of a long array as a row, as a column and in two of either. */
final class LargeReductions {
  private static final int BLOCK = 4096;

  private LargeReductions() {}

  static long all(int longest) {
    float[] array = new float[longest];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < longest; i++) {
      array[i] = Math.abs(Terrain.value(i));
      sum += array[i];
      squares += (double) array[i] * array[i];
    }
    // Beyond all others, once, at the very end.
    double last = array[longest - 1];
    sum += 2 - last;
    squares += 4 - last * last;
    array[longest - 1] = 2f;
    FloatMatrix row = FloatMatrix.of(array, 1, longest);
    FloatMatrix column = row.transpose();
    try (Workers workers = Workers.of(2)) {
      for (FloatMatrix x : new FloatMatrix[] {row, column}) {
        String what = x.toString();
        float total = Reduce.all(Reduction.SUM, x);
        near(sum, total, what);
        Terrain.equal(total, Reduce.all(Reduction.SUM, x, workers), what, longest);
        Terrain.equal((float) (total / (double) longest), mean(x), what, longest);
        near(squares, Reduce.all(Reduction.SUM_OF_SQUARES, x), what);
        near(squares, Reduce.dot(x, x, workers), what);
        assertEquals(2f, Reduce.all(Reduction.MAX, x), what);
        assertEquals(longest - 1L, Reduce.argmax(x), what);
      }
    }
    FloatSpan result = FloatSpan.zeros(1);
    Labels place = Labels.of(0);
    Reduce.rows(Reduction.SUM, row, result);
    near(sum, result.get(0), "row");
    Reduce.columns(Reduction.SUM, column, result);
    near(sum, result.get(0), "column");
    Reduce.columnDots(column, column, result);
    near(squares, result.get(0), "column");
    Reduce.rowArgmax(row, place);
    assertEquals(longest - 1, place.get(0));
    Reduce.columnArgmax(column, place);
    assertEquals(longest - 1, place.get(0));
    return 19 + halves(array) + beyondAnArray(longest);
  }

  private static float mean(FloatMatrix x) {
    return Reduce.all(Reduction.MEAN, x);
  }

  private static void near(double expected, double actual, String what) {
    Terrain.near(expected, actual, 100 * U * expected, what, 0);
  }

  /** The two rows, and the two columns, of which the last end with the array. */
  private static long halves(float[] array) {
    int half = array.length / 2;
    int offset = array.length - 2 * half;
    double[] byRow = new double[2];
    double[] byColumn = new double[2];
    for (int i = 0; i < 2 * half; i++) {
      byRow[i / half] += array[offset + i];
      byColumn[i % 2] += array[offset + i];
    }
    FloatMatrix rows = FloatMatrix.of(array, offset, 2, half, half, 1);
    FloatMatrix columns = FloatMatrix.of(array, offset, half, 2, 2, 1);
    FloatSpan result = FloatSpan.zeros(2);
    Labels places = Labels.of(0, 0);
    for (FloatMatrix x : new FloatMatrix[] {rows, columns.transpose()}) {
      Reduce.rows(Reduction.SUM, x, result);
      double[] expected = x == rows ? byRow : byColumn;
      near(expected[0], result.get(0), x.toString());
      near(expected[1], result.get(1), x.toString());
      Reduce.rowArgmax(x, places);
      assertEquals(half - 1, places.get(1), x::toString);
    }
    for (FloatMatrix x : new FloatMatrix[] {rows.transpose(), columns}) {
      Reduce.columns(Reduction.SUM, x, result);
      double[] expected = x == columns ? byColumn : byRow;
      near(expected[0], result.get(0), x.toString());
      near(expected[1], result.get(1), x.toString());
      Reduce.columnArgmax(x, places);
      assertEquals(half - 1, places.get(1), x::toString);
    }
    return 12;
  }

  /** Rows that are repeated: more elements than an array, or an int, can count. */
  private static long beyondAnArray(int longest) {
    int n = 17 * BLOCK;
    float[] ones = new float[n];
    Arrays.fill(ones, 1f);
    int m = longest / 32768;
    FloatMatrix x = FloatMatrix.of(ones, 1, n).broadcast(m, n);
    // Whole blocks of ones: no sum of them is rounded.
    assertEquals((float) ((long) m * n), Reduce.all(Reduction.SUM, x));
    assertEquals(1f, Reduce.all(Reduction.MEAN, x));
    return 2;
  }
}
