package dev.lanewise.kernels.internal;

/**
 * What is refused, and in which words: layouts that reach beyond their array, on which the views
 * rest, and numbers outside their range.
 */
public final class Checks {
  private Checks() {}

  /** Refuses null, naming the operation and the operand. */
  public static <T> T notNull(String what, String name, T operand) {
    if (operand == null) {
      throw new NullPointerException(what + ": " + name + " is null");
    }
    return operand;
  }

  /** Refuses a matrix layout with a negative number or with elements beyond the array. */
  public static void layout(
      String what, float[] array, int offset, int rows, int columns, int rowStride, int colStride) {
    notNull(what, "array", array);
    matrix(what, array.length, offset, rows, columns, rowStride, colStride);
  }

  /** Refuses a matrix layout with a negative number or with elements beyond the array. */
  public static void layout(
      String what,
      double[] array,
      int offset,
      int rows,
      int columns,
      int rowStride,
      int colStride) {
    notNull(what, "array", array);
    matrix(what, array.length, offset, rows, columns, rowStride, colStride);
  }

  private static void matrix(
      String what,
      int arrayLength,
      int offset,
      int rows,
      int columns,
      int rowStride,
      int colStride) {
    notNegative(what, "rows", rows);
    notNegative(what, "columns", columns);
    notNegative(what, "row stride", rowStride);
    notNegative(what, "column stride", colStride);
    boolean empty = rows == 0 || columns == 0;
    long last = empty ? -1 : (rows - 1L) * rowStride + (columns - 1L) * colStride;
    within(what, arrayLength, offset, last, rows, columns);
  }

  /** Refuses a layout of equal matrices with a negative number or elements beyond the array. */
  public static void layout(
      String what,
      float[] array,
      int offset,
      int size,
      int stride,
      int rows,
      int columns,
      int rowStride,
      int colStride) {
    notNull(what, "array", array);
    notNegative(what, "size", size);
    notNegative(what, "stride", stride);
    notNegative(what, "rows", rows);
    matrix(what, array.length, offset, size == 0 ? 0 : rows, columns, rowStride, colStride);
    if (size == 0 || rows == 0 || columns == 0) {
      return;
    }
    long last =
        offset + (size - 1L) * stride + (rows - 1L) * rowStride + (columns - 1L) * colStride;
    if (last >= array.length) {
      throw new IllegalArgumentException(
          "%s: %d times %d×%d elements, %d apart, from offset %d on end at index %d, beyond the array of length %d"
              .formatted(what, size, rows, columns, stride, offset, last, array.length));
    }
  }

  /** Refuses a vector layout with a negative number or with elements beyond the array. */
  public static void layout(String what, float[] array, int offset, int length, int stride) {
    notNull(what, "array", array);
    notNegative(what, "length", length);
    notNegative(what, "stride", stride);
    within(what, array.length, offset, (length - 1L) * (length == 0 ? 1 : stride), 1, length);
  }

  /** Refuses a contiguous part of an {@code int[]} that reaches beyond it. */
  public static void layout(String what, int[] array, int offset, int length) {
    notNull(what, "array", array);
    notNegative(what, "length", length);
    within(what, array.length, offset, length - 1L, 1, length);
  }

  private static void within(
      String what, int arrayLength, int offset, long last, int rows, int columns) {
    notNegative(what, "offset", offset);
    if (offset + last >= arrayLength) {
      throw new IllegalArgumentException(
          "%s: %d×%d elements from offset %d on end at index %d, beyond the array of length %d"
              .formatted(what, rows, columns, offset, offset + last, arrayLength));
    }
  }

  /** The number of elements of a dense matrix, if an array can hold them. */
  public static int size(String what, int rows, int columns) {
    notNegative(what, "rows", rows);
    notNegative(what, "columns", columns);
    long size = (long) rows * columns;
    fits(what, rows, columns, size);
    return (int) size;
  }

  /** Refuses a copy of a matrix that takes more elements than an array can hold. */
  public static void fits(String what, int rows, int columns, long size) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s: %d×%d, in all %d elements, do not fit into an array"
              .formatted(what, rows, columns, size));
    }
  }

  /** The number is at least 1. */
  public static void positive(String what, String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s: %s is %d; it must be at least 1".formatted(what, name, value));
    }
  }

  /** Refuses a negative number. */
  public static void notNegative(String what, String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + ": " + name + " is negative: " + value);
    }
  }

  /** Refuses an index outside {@code [0, length)}. */
  public static void index(String name, int index, int length) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(name + " " + index + " of " + length);
    }
  }

  /** Refuses a range that does not lie within {@code [0, length]}. */
  public static void range(String name, int from, int to, int length) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("%s %d to %d of %d".formatted(name, from, to, length));
    }
  }

  /** Whether the elements of a strided layout all lie at different indices. */
  public static boolean distinct(int rows, int columns, int rowStride, int columnStride) {
    if (rows == 0 || columns == 0) {
      return true;
    }
    if ((rows > 1 && rowStride == 0) || (columns > 1 && columnStride == 0)) {
      return false;
    }
    if (rows == 1 || columns == 1) {
      return true;
    }
    // i·rowStride = j·columnStride first happens at i = columnStride/gcd, j = rowStride/gcd.
    int gcd = gcd(rowStride, columnStride);
    return columnStride / gcd >= rows || rowStride / gcd >= columns;
  }

  /**
   * Whether the elements of equal matrices all lie at different indices: those of each matrix do,
   * and the matrices lie one behind the other, or each stride reaches over all that have smaller
   * ones.
   */
  public static boolean distinct(
      int size, int stride, int rows, int columns, int rowStride, int columnStride) {
    if (size == 0 || rows == 0 || columns == 0) {
      return true;
    }
    if (!distinct(rows, columns, rowStride, columnStride)) {
      return false;
    }
    if (size == 1) {
      return true;
    }
    if (stride > (rows - 1L) * rowStride + (columns - 1L) * columnStride) {
      return true;
    }
    return reachesOver(size, stride, rows, rowStride, columns, columnStride)
        && reachesOver(rows, rowStride, size, stride, columns, columnStride)
        && reachesOver(columns, columnStride, size, stride, rows, rowStride);
  }

  private static boolean reachesOver(
      int extent, int stride, int extent1, int stride1, int extent2, int stride2) {
    long smaller =
        (stride1 <= stride ? (extent1 - 1L) * stride1 : 0)
            + (stride2 <= stride ? (extent2 - 1L) * stride2 : 0);
    return extent == 1 || stride > smaller;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Refuses a number that is NaN or infinite. */
  public static void finite(String what, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be finite");
    }
  }

  /** Refuses a factor that is not positive and finite, or whose reciprocal is not finite. */
  public static void scale(String what, String name, float value) {
    if (!(value > 0) || Float.isInfinite(value) || Float.isInfinite(1 / value)) {
      throw new IllegalArgumentException(
          what
              + ": "
              + name
              + " is "
              + value
              + "; it and its reciprocal must be finite and above 0");
    }
  }

  /** Refuses a number that is negative, NaN or infinite. */
  public static void finiteNotNegative(String what, String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be finite and at least 0");
    }
  }

  /** Refuses a number outside {@code [0, 1]} or NaN. */
  public static void fraction(String what, String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must lie between 0 and 1");
    }
  }

  /** Refuses a number that becomes 0 or infinite as a float. */
  public static void withinFloat(String what, String name, double value) {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) || (rounded == 0 && value != 0)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + ", which is " + rounded + " as a float");
    }
  }

  /** Refuses a number outside {@code [0, 1)} as a float, or NaN. */
  public static void belowOne(String what, String name, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be at least 0 and below 1 as a float");
    }
  }

  /** The message of a shape that does not fit; the words behind the numbers say what must hold. */
  public static IllegalArgumentException shape(
      String what, String name, Object given, String other, Object expected, String rule) {
    return new IllegalArgumentException(
        "%s: %s is %s but %s is %s; %s".formatted(what, name, given, other, expected, rule));
  }
}
