package dev.lanewise.kernels.internal;

/**
 * Copies rows, and blocks of them, of any stride into work arrays and back.
 *
 * <p>C2 vectorises a loop only where all its arrays share one index, because it cannot tell whether
 * two float arrays are the same. Work on rows copied out meets that for any offset and stride, and
 * the copies stay in the nearest cache.
 */
public final class Rows {
  private Rows() {}

  /** row[j] ← x[xo + j·xs] for j &lt; n. */
  public static void load(int n, float[] x, int xo, int xs, float[] row) {
    load(0, n, x, xo, xs, row);
  }

  /** row[j] ← x[xo + j·xs] for from ≤ j &lt; to. */
  public static void load(int from, int to, float[] x, int xo, int xs, float[] row) {
    if (xs == 1 && from < to) { // without elements there may be no such index
      System.arraycopy(x, xo + from, row, from, to - from);
      return;
    }
    for (int j = from; j < to; j++) {
      row[j] = x[xo + j * xs];
    }
  }

  /** y[yo + j·ys] ← row[j] for j &lt; n. */
  public static void store(int n, float[] row, float[] y, int yo, int ys) {
    store(0, n, row, y, yo, ys);
  }

  /** y[yo + j·ys] ← row[j] for from ≤ j &lt; to. */
  public static void store(int from, int to, float[] row, float[] y, int yo, int ys) {
    if (ys == 1 && from < to) {
      System.arraycopy(row, from, y, yo + from, to - from);
      return;
    }
    for (int j = from; j < to; j++) {
      y[yo + j * ys] = row[j];
    }
  }

  /** Copies a part of a matrix to the beginning of a dense block. */
  public static void loadBlock(int m, int n, float[] x, int xo, int xrs, int xcs, float[] block) {
    for (int i = 0; i < m; i++) {
      int from = xo + i * xrs;
      int to = i * n;
      if (xcs == 1) {
        System.arraycopy(x, from, block, to, n);
        continue;
      }
      for (int j = 0; j < n; j++) {
        block[to + j] = x[from + j * xcs];
      }
    }
  }

  /** Copies the beginning of a dense block to a part of a matrix. */
  public static void storeBlock(int m, int n, float[] block, float[] y, int yo, int yrs, int ycs) {
    for (int i = 0; i < m; i++) {
      int from = i * n;
      int to = yo + i * yrs;
      if (ycs == 1) {
        System.arraycopy(block, from, y, to, n);
        continue;
      }
      for (int j = 0; j < n; j++) {
        y[to + j * ycs] = block[from + j];
      }
    }
  }
}
