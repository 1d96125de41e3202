package dev.lanewise.learn.graph;

import dev.lanewise.learn.internal.Checks;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Names that users give, and random numbers by name. */
final class Names {
  private Names() {}

  static String checked(String what, String name) {
    Checks.notNull(what, "name", name);
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + ": its name is blank");
    }
    return name;
  }

  /** Tells the random numbers of what has this name from others'. */
  static int purpose(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
