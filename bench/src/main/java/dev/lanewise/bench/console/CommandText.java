package dev.lanewise.bench.console;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as a shell takes it. */
public final class CommandText {
  private CommandText() {}

  /**
   * The words, in quotes where a shell would divide or change them.
   *
   * @param words a command and its arguments
   * @return the line
   */
  public static String of(List<String> words) {
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
