package dev.lanewise.suite.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.learn.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that readers refuse. */
final class Refusal {
  /** Reads a file. */
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private Refusal() {}

  /** The message is that of the documented exception, behind the name of the file. */
  static void assertRefused(Path file, byte[] content, String message, Reader<?> reader)
      throws IOException {
    Files.write(file, content);
    assertRefused(file, message, reader);
  }

  static void assertRefused(Path file, String message, Reader<?> reader) {
    DataException e = assertThrows(DataException.class, () -> reader.read(file));
    assertEquals(file + message, e.getMessage());
  }
}
