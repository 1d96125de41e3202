package dev.lanewise.kernels.internal;

/**
 * Work arrays from bounded pools: {@code floats} and {@code doubles} take one out, {@code give}
 * puts it back.
 *
 * <p>Arrays have power-of-two lengths; at most {@value #PER_LENGTH} of each length are kept and
 * none longer than 2^{@value #LARGEST_LOG2}, so that a pool's memory is bounded and steady work
 * allocates nothing. What is taken out is not cleared.
 */
public final class Scratch {
  private static final int PER_LENGTH = 16;
  private static final int SMALLEST_LOG2 = 6;
  private static final int LARGEST_LOG2 = 20;
  private static final int LARGEST = 1 << LARGEST_LOG2;

  private static final int LENGTHS = LARGEST_LOG2 - SMALLEST_LOG2 + 1;

  private static final Pool<float[]> FLOATS =
      new Pool<>(LENGTHS, PER_LENGTH, kind -> new float[1 << (SMALLEST_LOG2 + kind)]);
  private static final Pool<double[]> DOUBLES =
      new Pool<>(LENGTHS, PER_LENGTH, kind -> new double[1 << (SMALLEST_LOG2 + kind)]);

  private Scratch() {}

  /**
   * An array of at least this length with undefined contents.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public static float[] floats(int length) {
    return floats((long) length);
  }

  /**
   * The same of a length that may be beyond an int.
   *
   * @throws IllegalArgumentException if no array is so long
   */
  public static float[] floats(long length) {
    int checked = checked(length);
    return checked > LARGEST ? new float[checked] : FLOATS.take(kind(checked));
  }

  /**
   * An array of at least this length with undefined contents.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public static double[] doubles(int length) {
    int checked = checked(length);
    return checked > LARGEST ? new double[checked] : DOUBLES.take(kind(checked));
  }

  /** Refuses what would else become an array that is too short. */
  private static int checked(long length) {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "work space of " + length + " elements; an array has 0 to " + Integer.MAX_VALUE);
    }
    return (int) length;
  }

  /** The kind of the shortest arrays that are at least so long. */
  private static int kind(int length) {
    int atLeast = Math.max(length, 1 << SMALLEST_LOG2);
    return Integer.SIZE - SMALLEST_LOG2 - Integer.numberOfLeadingZeros(atLeast - 1);
  }

  /** Puts an array back; it must not be used afterwards. */
  public static void give(float[] array) {
    if (array.length <= LARGEST) {
      FLOATS.give(kind(array.length), array);
    }
  }

  /** Puts arrays back; they must not be used afterwards. */
  public static void give(float[] a, float[] b, float[] c, float[] d) {
    give(a);
    give(b);
    give(c);
    give(d);
  }

  /** Puts arrays back; they must not be used afterwards. */
  public static void give(float[] a, float[] b, float[] c, float[] d, float[] e, float[] f) {
    give(a, b, c, d);
    give(e);
    give(f);
  }

  /** Puts an array back; it must not be used afterwards. */
  public static void give(double[] array) {
    if (array.length <= LARGEST) {
      DOUBLES.give(kind(array.length), array);
    }
  }
}
