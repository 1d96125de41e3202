package dev.lanewise.bench.console;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Work that a wrong argument of a command makes wrong usage.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface Argument<T> {
  /**
   * Does the work.
   *
   * @return what comes of it
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if an argument is wrong
   */
  T read() throws IOException;

  /**
   * Does the work, of which an {@link IllegalArgumentException} is wrong usage of the command.
   *
   * @param <T> what comes of it
   * @param command the command
   * @param work the work
   * @return what comes of it
   * @throws IOException if a file cannot be read or written
   * @throws ParameterException if an argument is wrong
   */
  static <T> T of(CommandSpec command, Argument<T> work) throws IOException {
    try {
      return work.read();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
