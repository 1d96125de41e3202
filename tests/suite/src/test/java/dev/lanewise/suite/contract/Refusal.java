package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Asserts that a call is refused: by which exception, in which words, and with nothing written. */
final class Refusal {
  private Refusal() {}

  /** The exception is of this very class and its message contains the words. */
  static void of(Class<? extends RuntimeException> type, Executable call, String... words) {
    RuntimeException thrown = assertThrows(RuntimeException.class, call);
    assertEquals(type, thrown.getClass(), thrown::toString);
    for (String word : words) {
      assertTrue(
          String.valueOf(thrown.getMessage()).contains(word),
          () -> "no '" + word + "' in: " + thrown.getMessage());
    }
  }

  /** The same, and no array of floats or doubles changes. */
  static void leaving(
      List<?> arrays, Class<? extends RuntimeException> type, Executable call, String... words) {
    Object[] before = arrays.stream().map(Refusal::copy).toArray();
    of(type, call, words);
    assertTrue(Arrays.deepEquals(before, arrays.toArray()), "written all the same");
  }

  private static Object copy(Object array) {
    return array instanceof float[] floats ? floats.clone() : ((double[]) array).clone();
  }
}
