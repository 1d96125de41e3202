package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.JsonLine.Damage;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file of a journal: a JSON object in each line, of which the first says whose journal it is,
 * each appended by one write and forced to the disk. So a process that is killed leaves whole lines
 * and perhaps a torn last one, which the next one cuts off.
 *
 * <p>A lock of the file keeps other processes out, and a set the other users in this one. Where
 * locks belong to processes, whoever closes the file gives up the lock; so a file that is open here
 * is not opened again. A {@link RandomAccessFile} writes for an interrupted thread too, which a
 * channel would not.
 */
final class JsonLines implements Closeable {
  /** The files that are open, by what their file systems know them by: links are the same file. */
  private static final Set<Object> OPEN = ConcurrentHashMap.newKeySet();

  private static final int SHOWN = 40;
  private static final int MOST_BYTES = 1 << 30;

  /**
   * Takes a line and its number, from 1 on; from {@link #resume} the lines after the first only.
   */
  interface Reader {
    void read(int number, JsonLine line) throws DataException, Damage;
  }

  private final Path file;
  private final String user;
  private final Object key;
  private final RandomAccessFile content;

  /** Kept, as the JVM forgets locks that nobody holds. */
  private final FileLock lock;

  private JsonLines(Path file, String user, Object key, RandomAccessFile content, FileLock lock) {
    this.file = file;
    this.user = user;
    this.key = key;
    this.content = content;
    this.lock = lock;
  }

  /**
   * Opens or creates a file for its only user.
   *
   * @param user what the journal is of, such as a study
   * @throws IOException if it is in use or cannot be opened
   */
  static JsonLines open(Path file, String user) throws IOException {
    Path real;
    Object key;
    try {
      create(file);
      real = file.toRealPath();
      Object known = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
      key = known == null ? real : known;
    } catch (IOException e) {
      throw new IOException(file + " cannot be opened: " + e, e);
    }
    if (!OPEN.add(key)) {
      throw new IOException("%s is in use by another %s of this process".formatted(file, user));
    }
    RandomAccessFile content = null;
    JsonLines opened = null;
    try {
      content = open(file, real);
      FileLock lock = content.getChannel().tryLock();
      if (lock == null) {
        throw new IOException(
            "%s is in use by another process; a journal has one %s at a time"
                .formatted(file, user));
      }
      opened = new JsonLines(file, user, key, content, lock);
      return opened;
    } finally {
      if (opened == null) {
        OPEN.remove(key);
        if (content != null) {
          content.close();
        }
      }
    }
  }

  private static RandomAccessFile open(Path file, Path real) throws IOException {
    try {
      return new RandomAccessFile(real.toFile(), "rw");
    } catch (IOException e) {
      throw new IOException(file + " cannot be opened: " + e, e);
    }
  }

  private static void create(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; the lock decides.
      }
    }
  }

  /**
   * Reads the whole lines and cuts off a torn last one; an empty file gets the first line.
   *
   * @param header the first line
   * @throws DataException if the first line is another, or a line is damaged; then the file is as
   *     it was
   */
  void resume(ObjectNode header, Reader reader) throws IOException {
    if (content.length() > MOST_BYTES) {
      throw new DataException(
          "%s has %d bytes; a journal has at most %d"
              .formatted(file, content.length(), MOST_BYTES));
    }
    byte[] bytes = new byte[(int) content.length()];
    content.readFully(bytes);
    int end =
        read(
            file,
            bytes,
            (number, line) -> {
              if (number == 1) {
                checkHeader(header, line);
              } else {
                reader.read(number, line);
              }
            });
    // Of a first line only what a writer of this very line may have left is cut off.
    if (end == 0 && !Arrays.equals(bytes, Arrays.copyOf(bytes(header), bytes.length))) {
      throw new DataException(
          "%s: line 1: %s: it is not the beginning of a journal of this %s"
              .formatted(file, shown(bytes), user));
    }
    // The place of writing too moves to the end of the whole lines.
    content.setLength(end);
    if (end == 0) {
      append(header);
    }
  }

  /**
   * Reads the whole lines, the first one too.
   *
   * @return where they end
   */
  static int read(Path file, byte[] bytes, Reader reader) throws DataException {
    int begin = 0;
    int number = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        number++;
        byte[] line = Arrays.copyOfRange(bytes, begin, i);
        try {
          reader.read(number, JsonLine.parse(line));
        } catch (Damage e) {
          throw new DataException(
              "%s: line %d: %s: %s".formatted(file, number, shown(line), e.getMessage()));
        }
        begin = i + 1;
      }
    }
    return begin;
  }

  private void checkHeader(ObjectNode expected, JsonLine line) throws DataException, Damage {
    for (String name : expected.propertyNames()) {
      JsonNode value = line.object().get(name);
      if (value == null) {
        throw new Damage("\"%s\" is missing; it is no journal of a %s".formatted(name, user));
      }
      String here = expected.get(name).toString();
      if (!value.toString().equals(here)) {
        throw new DataException(
            "%s is the journal of another %s: %s is %s there and %s here"
                .formatted(file, user, name, value, here));
      }
    }
  }

  private static String shown(byte[] line) {
    String text = new String(line, 0, Math.min(line.length, SHOWN), StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? ' ' : (char) c));
    return shown.append(line.length > SHOWN ? "…" : "").toString();
  }

  private static byte[] bytes(ObjectNode record) {
    return (record + "\n").getBytes(StandardCharsets.UTF_8);
  }

  void append(ObjectNode record) throws IOException {
    try {
      content.write(bytes(record));
      content.getFD().sync();
    } catch (IOException e) {
      throw new IOException(file + " cannot be written: " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
    } finally {
      try {
        content.close();
      } finally {
        OPEN.remove(key);
      }
    }
  }
}
