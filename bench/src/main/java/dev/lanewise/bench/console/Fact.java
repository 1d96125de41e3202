package dev.lanewise.bench.console;

/**
 * What a command says of its work, on the console and on pages.
 *
 * @param name what is said
 * @param value what it is
 */
public record Fact(String name, String value) {
  /** A line of the console. */
  @Override
  public String toString() {
    return name + ": " + value;
  }
}
