package dev.lanewise.bench.result;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written whole or not at all, whatever stops the writer. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file.
   *
   * @param file the file; it is replaced
   * @param content its text
   * @throws IOException if it cannot be written; then it is as it was
   */
  public static void write(Path file, String content) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.writeString(partial, content);
      // A system that goes down after the renaming must not have the new name of an empty file.
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      move(partial, file);
    } catch (IOException e) {
      throw new IOException(file + " cannot be written: " + e, e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
