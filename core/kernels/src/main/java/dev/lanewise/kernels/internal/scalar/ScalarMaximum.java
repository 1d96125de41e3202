package dev.lanewise.kernels.internal.scalar;

/** The maximum of contiguous rows, which has no order. */
public final class ScalarMaximum {
  private ScalarMaximum() {}

  /** The largest element; any NaN gives NaN, +0 is above -0, and no element gives -infinity. */
  public static float max(float[] x, int xo, int n) {
    float max = Float.NEGATIVE_INFINITY;
    float max1 = max;
    float max2 = max;
    float max3 = max;
    int j = xo;
    int end = xo + n;
    for (; j <= end - 4; j += 4) { // the order is free, and one chain alone would wait for itself
      max = Math.max(max, x[j]);
      max1 = Math.max(max1, x[j + 1]);
      max2 = Math.max(max2, x[j + 2]);
      max3 = Math.max(max3, x[j + 3]);
    }
    for (; j < end; j++) {
      max = Math.max(max, x[j]);
    }
    return Math.max(Math.max(max, max1), Math.max(max2, max3));
  }

  /** The least element; NaN if one is NaN. */
  public static float min(float[] x, int xo, int n) {
    float min = Float.POSITIVE_INFINITY;
    for (int j = xo; j < xo + n; j++) {
      min = Math.min(min, x[j]);
    }
    return min;
  }

  /** The index of the first of the largest elements, a NaN being larger than all; -1 of none. */
  public static int argmax(float[] x, int xo, int n) {
    return n == 0 ? -1 : firstOf(max(x, xo, n), x, xo, n);
  }

  /** The index of the first element that is a row's maximum, all NaN being one; n is at least 1. */
  public static int firstOf(float max, float[] x, int xo, int n) {
    int bits = Float.floatToIntBits(max);
    int j = 0;
    while (Float.floatToIntBits(x[xo + j]) != bits) {
      j++;
    }
    return j;
  }
}
