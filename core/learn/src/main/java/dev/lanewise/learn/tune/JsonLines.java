package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.JournalRecords.Damage;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
  private static final int SHOWN = 40;

  /** Takes the lines after the first, counted from 1. */
  interface Reader {
    void read(int number, JsonNode record) throws DataException, Damage;
  }

  private final Path file;
  private final String user;
  private final Path key;
  private final RandomAccessFile content;

  private JsonLines(Path file, String user, Path key, RandomAccessFile content) {
    this.file = file;
    this.user = user;
    this.key = key;
    this.content = content;
  }

  /**
   * Opens or creates a file for its only user.
   *
   * @param user what the journal is of, such as a study
   * @throws IOException if it is in use or cannot be opened
   */
  static JsonLines open(Path file, String user) throws IOException {
    Path key;
    try {
      create(file);
      key = file.toRealPath();
    } catch (IOException e) {
      throw new IOException(file + " cannot be opened: " + e, e);
    }
    if (!OPEN.add(key)) {
      throw new IOException("%s is in use by another %s of this process".formatted(file, user));
    }
    RandomAccessFile content = null;
    try {
      content = open(file, key);
      if (content.getChannel().tryLock() == null) {
        throw new IOException(
            "%s is in use by another process; a journal has one %s at a time"
                .formatted(file, user));
      }
      return new JsonLines(file, user, key, content);
    } catch (IOException | RuntimeException e) {
      if (content != null) {
        content.close();
      }
      OPEN.remove(key);
      throw e;
    }
  }

  private static RandomAccessFile open(Path file, Path key) throws IOException {
    try {
      return new RandomAccessFile(key.toFile(), "rw");
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
    byte[] bytes = new byte[Math.toIntExact(content.length())];
    content.readFully(bytes);
    int end =
        read(
            file,
            bytes,
            (number, record) -> {
              if (number == 1) {
                checkHeader(header, record);
              } else {
                reader.read(number, record);
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
          reader.read(number, JournalRecords.parse(line));
        } catch (Damage e) {
          throw new DataException(
              "%s: line %d: %s: %s".formatted(file, number, shown(line), e.getMessage()));
        }
        begin = i + 1;
      }
    }
    return begin;
  }

  private void checkHeader(ObjectNode expected, JsonNode found) throws DataException, Damage {
    for (String name : expected.propertyNames()) {
      JsonNode value = found.get(name);
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
      content.close();
    } finally {
      OPEN.remove(key);
    }
  }
}
