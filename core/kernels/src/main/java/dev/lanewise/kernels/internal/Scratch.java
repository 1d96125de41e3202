package dev.lanewise.kernels.internal;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bounded lock-free pools of work arrays: {@code floats} and {@code doubles} take one out, {@code
 * give} puts it back.
 *
 * <p>Arrays have power-of-two lengths; at most {@value #PER_SIZE} of each length are kept and none
 * longer than 2^{@value #LARGEST_LOG2}, so that a pool's memory is bounded and steady work
 * allocates nothing. What is taken out is not cleared.
 */
public final class Scratch {
  private static final int PER_SIZE = 16;
  private static final int SMALLEST_LOG2 = 6;
  private static final int LARGEST_LOG2 = 20;

  private static final Pool<float[]> FLOATS = new Pool<>(float.class);
  private static final Pool<double[]> DOUBLES = new Pool<>(double.class);

  private Scratch() {}

  /**
   * An array of at least this length with undefined contents.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public static float[] floats(int length) {
    return FLOATS.take(checked(length));
  }

  /**
   * The same of a length that may be beyond an int.
   *
   * @throws IllegalArgumentException if no array is so long
   */
  public static float[] floats(long length) {
    return FLOATS.take(checked(length));
  }

  /**
   * An array of at least this length with undefined contents.
   *
   * @throws IllegalArgumentException if the length is negative
   */
  public static double[] doubles(int length) {
    return DOUBLES.take(checked(length));
  }

  /** Refuses what would else become an array that is too short. */
  private static int checked(long length) {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "work space of " + length + " elements; an array has 0 to " + Integer.MAX_VALUE);
    }
    return (int) length;
  }

  /** Puts an array back; it must not be used afterwards. */
  public static void give(float[] array) {
    FLOATS.give(array, array.length);
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
    DOUBLES.give(array, array.length);
  }

  private static final class Pool<T> {
    private final AtomicReferenceArray<T> slots =
        new AtomicReferenceArray<>((LARGEST_LOG2 - SMALLEST_LOG2 + 1) * PER_SIZE);
    private final Class<?> element;

    Pool(Class<?> element) {
      this.element = element;
    }

    T take(int length) {
      int log2 = 32 - Integer.numberOfLeadingZeros(Math.max(length, 1 << SMALLEST_LOG2) - 1);
      if (log2 > LARGEST_LOG2) {
        return newArray(length);
      }
      int first = (log2 - SMALLEST_LOG2) * PER_SIZE;
      for (int slot = first; slot < first + PER_SIZE; slot++) {
        if (slots.getPlain(slot) != null) {
          T array = slots.getAndSet(slot, null);
          if (array != null) {
            return array;
          }
        }
      }
      return newArray(1 << log2);
    }

    void give(T array, int length) {
      if (length > 1 << LARGEST_LOG2) {
        return;
      }
      int first = (31 - Integer.numberOfLeadingZeros(length) - SMALLEST_LOG2) * PER_SIZE;
      for (int slot = first; slot < first + PER_SIZE; slot++) {
        if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, array)) {
          return;
        }
      }
    }

    @SuppressWarnings("unchecked") // T is the array type of the element
    private T newArray(int length) {
      return (T) Array.newInstance(element, length);
    }
  }
}
