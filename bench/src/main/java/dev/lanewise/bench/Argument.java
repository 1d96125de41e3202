package dev.lanewise.bench;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Work that a wrong argument of a command makes wrong usage.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
interface Argument<T> {
  /** Does the work. */
  T read() throws IOException;

  /** Does the work, of which an {@link IllegalArgumentException} is wrong usage of the command. */
  static <T> T of(CommandSpec command, Argument<T> work) throws IOException {
    try {
      return work.read();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
