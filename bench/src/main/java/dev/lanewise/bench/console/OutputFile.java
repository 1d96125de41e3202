package dev.lanewise.bench.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Files that a command writes: checked before its work begins, and written whole or not at all,
 * whatever stops the writer.
 */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file can be written, and is none of those that are read or written too.
   *
   * @param option what names it
   * @param file the file
   * @param others the others
   * @throws IOException if the files cannot be compared
   * @throws IllegalArgumentException if it cannot be written, or is one of the others
   */
  public static void check(String option, Path file, List<Path> others) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("%s: %s is not a folder".formatted(option, folder));
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("%s: %s is a folder".formatted(option, file));
    }
    for (Path other : others) {
      Path normal = file.toAbsolutePath().normalize();
      boolean same = normal.equals(other.toAbsolutePath().normalize());
      if (same || (Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other))) {
        throw new IllegalArgumentException(
            "%s: %s would replace %s".formatted(option, file, other));
      }
    }
  }

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
