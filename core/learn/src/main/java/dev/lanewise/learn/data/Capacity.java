package dev.lanewise.learn.data;

import dev.lanewise.learn.internal.Checks;
import java.util.Arrays;

/** Arrays as large as a file needs, or an error that says that it needs too much. */
final class Capacity {
  static final int LARGEST = Checks.LARGEST_ARRAY;

  private Capacity() {}

  /** The elements of an array in one of another length. */
  static float[] resized(float[] array, long length, Position position) throws DataException {
    limit(length, position);
    try {
      return Arrays.copyOf(array, (int) length);
    } catch (OutOfMemoryError e) {
      throw beyondHeap(length, position);
    }
  }

  /** The elements of an array in one of another length. */
  static int[] resized(int[] array, long length, Position position) throws DataException {
    limit(length, position);
    try {
      return Arrays.copyOf(array, (int) length);
    } catch (OutOfMemoryError e) {
      throw beyondHeap(length, position);
    }
  }

  /** The length that a full array grows to. */
  static long grown(int length, Position position) throws DataException {
    limit(length + 1L, position);
    return Math.min(2L * length, LARGEST);
  }

  private static void limit(long length, Position position) throws DataException {
    if (length > LARGEST) {
      throw position.error(
          length + " numbers", "at most " + LARGEST + ", which is what an array can hold");
    }
  }

  private static DataException beyondHeap(long length, Position position) {
    return position.error(
        "%d numbers of 4 bytes do not fit into the heap".formatted(length),
        "less data, or a heap larger than %d MiB (-Xmx)"
            .formatted(Runtime.getRuntime().maxMemory() >> 20));
  }
}
