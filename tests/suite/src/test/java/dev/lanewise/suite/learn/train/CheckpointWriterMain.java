package dev.lanewise.suite.learn.train;

import dev.lanewise.learn.train.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;

/** What a child process runs: it writes a file so many times, first one version, then the other. */
public final class CheckpointWriterMain {
  private CheckpointWriterMain() {}

  /**
   * Writes, and prints a line after the first time.
   *
   * @param arguments the file, the number of elements and the number of times
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int length = Integer.parseInt(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    SafeTensors[] versions = {Contents.version(1, length), Contents.version(2, length)};
    for (int i = 0; i < times; i++) {
      versions[i % 2].write(file);
      if (i == 0) {
        System.out.println("written");
      }
    }
  }
}
