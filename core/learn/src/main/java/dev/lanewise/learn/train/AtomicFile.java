package dev.lanewise.learn.train;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is replaced whole or not at all, whatever stops the writer: the content goes to a
 * temporary file in the same folder, which is forced to the disk and renamed.
 *
 * <p>The temporary file is called {@code <name>.<process>-<number>.tmp}. A writer that is killed
 * leaves it behind; the next one sees that the process is gone and deletes it.
 *
 * <p>An interrupt is kept and not acted on, so that a run that is told to stop can still write: a
 * {@link FileChannel} would be closed by it, a {@link FileOutputStream} is not.
 */
final class AtomicFile {
  private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime() & Long.MAX_VALUE);

  /** Temporary files of this process, to be told from those of a dead one with its number. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  /** What a file shall hold. */
  interface Content {
    /** Writes all of it, in pieces of some size: the stream has no buffer. */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Replaces or creates a file.
   *
   * @throws IOException if that fails, with the file and the cause; then the file is as it was
   */
  static void replace(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (absolute.getFileName() == null) {
      throw new IOException(file + " cannot be written: it is a root folder");
    }
    String name = absolute.getFileName().toString();
    Path folder = absolute.getParent();
    deleteLeftovers(folder, name);
    String unique =
        name
            + "."
            + ProcessHandle.current().pid()
            + "-"
            + Long.toHexString(NUMBER.getAndIncrement())
            + ".tmp";
    Path temporary = folder.resolve(unique);
    OPEN.add(temporary);
    try {
      write(temporary, content);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(file + " cannot be written, and is as it was: " + e, e);
    } finally {
      deleteQuietly(temporary);
      OPEN.remove(temporary);
    }
    force(folder);
  }

  private static void write(Path temporary, Content content) throws IOException {
    Files.createFile(temporary);
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      content.writeTo(out);
      out.getFD().sync();
    }
  }

  /** Makes the renaming durable. Not every system can open or force a folder. */
  private static void force(Path folder) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file is whole under its name; only when the disk learns of that stays open.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Deletes what writers of this file left that were killed. */
  private static void deleteLeftovers(Path folder, String name) {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\.(\\d{1,18})-[0-9a-f]+\\.tmp");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher matcher = pattern.matcher(file.getFileName().toString());
        if (matcher.matches() && !isOpen(file, Long.parseLong(matcher.group(1)))) {
          deleteQuietly(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that cannot be listed may still be written to.
    }
  }

  private static boolean isOpen(Path file, long process) {
    return process == ProcessHandle.current().pid()
        ? OPEN.contains(file)
        : ProcessHandle.of(process).isPresent();
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here says more.
    }
  }
}
