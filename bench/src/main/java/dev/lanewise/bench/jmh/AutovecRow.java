package dev.lanewise.bench.jmh;

/**
 * Passes over one row for the {@code autovec} forms of softmax, cross-entropy and normalisations.
 *
 * <p>C2 in JDK 25 vectorises neither {@code Math.exp} nor {@code Float.intBitsToFloat}, with which
 * an exp would put its power of two together, nor a float maximum, and it adds floats in their
 * order. So exp is made of multiplications alone, and that loop is vectorised, as is the last one;
 * sums run in independent chains.
 *
 * <p>Sums of a pass that are kept in an array, each element the one {@value #LAG} places before it
 * and a term, are vectorised, at 512 bits as well: load and store are a constant distance apart, no
 * shorter than the step of the unrolled loop. The same in variables is not, nor is it in an array
 * of {@value #LAG}, whose offset is not that of the row.
 */
final class AutovecRow {
  private static final int LAG = 64;

  private AutovecRow() {}

  /** The largest element. Its branch is seldom taken, so that no element waits for another. */
  static float max(float[] x) {
    float max = x[0];
    for (int j = 1; j < x.length; j++) {
      if (x[j] > max) {
        max = x[j];
      }
    }
    return max;
  }

  /**
   * y = e^(x - max) for x ≤ max, with e^-88 for all that is smaller.
   *
   * <p>With r = (x - max) / 256: p = e^r - 1 as a Taylor polynomial; three times p ← p·(p + 2),
   * which squares 1 + p without rounding small p away; then five squarings of 1 + p. The relative
   * error is below 100 · 2^-24 for x - max from -25 on.
   */
  static void exponentials(float[] x, float max, float[] y) {
    for (int j = 0; j < y.length; j++) {
      float r = Math.max(x[j] - max, -88f) * 0x1p-8f;
      float q = Math.fma(1f / 720, r, 1f / 120);
      q = Math.fma(q, r, 1f / 24);
      q = Math.fma(q, r, 1f / 6);
      q = Math.fma(q, r, 0.5f);
      float p = Math.fma(q * r, r, r);
      p = Math.fma(p, p, p + p);
      p = Math.fma(p, p, p + p);
      p = Math.fma(p, p, p + p);
      float e = p + 1;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      y[j] = e;
    }
  }

  /** The sum, in eight chains. */
  static float sum(float[] x) {
    return sum(x, 0);
  }

  private static float sum(float[] x, int from) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int j = from;
    for (; j + 8 <= x.length; j += 8) {
      s0 += x[j];
      s1 += x[j + 1];
      s2 += x[j + 2];
      s3 += x[j + 3];
      s4 += x[j + 4];
      s5 += x[j + 5];
      s6 += x[j + 6];
      s7 += x[j + 7];
    }
    for (; j < x.length; j++) {
      s0 += x[j];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /**
   * Sums of x - pivot and of its square, each in {@value #LAG} chains whose ends are the arrays'
   * last elements.
   */
  static void moments(float[] x, float pivot, float[] sums, float[] squares) {
    for (int j = 0; j < Math.min(LAG, x.length); j++) {
      float difference = x[j] - pivot;
      sums[j] = difference;
      squares[j] = difference * difference;
    }
    for (int j = LAG; j < x.length; j++) {
      float difference = x[j] - pivot;
      sums[j] = sums[j - LAG] + difference;
      squares[j] = squares[j - LAG] + difference * difference;
    }
  }

  /** Sums of x² in {@value #LAG} chains, as {@link #moments}. */
  static void squares(float[] x, float[] squares) {
    for (int j = 0; j < Math.min(LAG, x.length); j++) {
      squares[j] = x[j] * x[j];
    }
    for (int j = LAG; j < x.length; j++) {
      squares[j] = squares[j - LAG] + x[j] * x[j];
    }
  }

  /** Sums of x in {@value #LAG} chains, as {@link #moments}. */
  static void sums(float[] x, float[] sums) {
    System.arraycopy(x, 0, sums, 0, Math.min(LAG, x.length));
    for (int j = LAG; j < x.length; j++) {
      sums[j] = sums[j - LAG] + x[j];
    }
  }

  /** Sums of x·y in {@value #LAG} chains, as {@link #moments}. */
  static void products(float[] x, float[] y, float[] products) {
    for (int j = 0; j < Math.min(LAG, x.length); j++) {
      products[j] = x[j] * y[j];
    }
    for (int j = LAG; j < x.length; j++) {
      products[j] = products[j - LAG] + x[j] * y[j];
    }
  }

  /** What the chains of {@link #moments} and the passes like it add up to. */
  static float sumOfChains(float[] sums) {
    return sum(sums, Math.max(sums.length - LAG, 0));
  }

  /** Σ x·y, in eight chains. */
  static float dot(float[] x, float[] y) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int j = 0;
    for (; j + 8 <= x.length; j += 8) {
      s0 += x[j] * y[j];
      s1 += x[j + 1] * y[j + 1];
      s2 += x[j + 2] * y[j + 2];
      s3 += x[j + 3] * y[j + 3];
      s4 += x[j + 4] * y[j + 4];
      s5 += x[j + 5] * y[j + 5];
      s6 += x[j + 6] * y[j + 6];
      s7 += x[j + 7] * y[j + 7];
    }
    for (; j < x.length; j++) {
      s0 += x[j] * y[j];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** y = x - shift. */
  static void subtract(float shift, float[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = x[j] - shift;
    }
  }

  /** y ← factor·y. */
  static void scale(float factor, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] *= factor;
    }
  }
}
