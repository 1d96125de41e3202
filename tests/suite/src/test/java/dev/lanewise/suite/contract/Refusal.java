package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** The same, and no array changes. */
  static void leaving(
      List<float[]> arrays,
      Class<? extends RuntimeException> type,
      Executable call,
      String... words) {
    List<float[]> before = arrays.stream().map(float[]::clone).toList();
    of(type, call, words);
    for (int i = 0; i < arrays.size(); i++) {
      assertArrayEquals(before.get(i), arrays.get(i), "written all the same");
    }
  }
}
