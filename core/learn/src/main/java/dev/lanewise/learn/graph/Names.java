package dev.lanewise.learn.graph;

import java.util.Objects;

/** Names that users give. */
final class Names {
  private Names() {}

  static String checked(String what, String name) {
    Objects.requireNonNull(name, what + ": name is null");
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + ": its name is blank");
    }
    return name;
  }
}
