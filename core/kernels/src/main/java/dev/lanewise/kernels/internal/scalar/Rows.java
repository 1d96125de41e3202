package dev.lanewise.kernels.internal.scalar;

/**
 * Copies rows of any stride into work arrays and back.
 *
 * <p>C2 vectorises a loop only where all its arrays share one index, because it cannot tell whether
 * two float arrays are the same. Work on rows copied out meets that for any offset and stride, and
 * the copies stay in the nearest cache.
 */
final class Rows {
  private Rows() {}

  /** row[j] ← x[xo + j·xs] for from ≤ j &lt; n. */
  static void load(int from, int n, float[] x, int xo, int xs, float[] row) {
    if (xs == 1) {
      System.arraycopy(x, xo + from, row, from, n - from);
      return;
    }
    for (int j = from; j < n; j++) {
      row[j] = x[xo + j * xs];
    }
  }

  /** y[yo + j·ys] ← row[j] for from ≤ j &lt; n. */
  static void store(int from, int n, float[] row, float[] y, int yo, int ys) {
    if (ys == 1) {
      System.arraycopy(row, from, y, yo + from, n - from);
      return;
    }
    for (int j = from; j < n; j++) {
      y[yo + j * ys] = row[j];
    }
  }
}
