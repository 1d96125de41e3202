package dev.lanewise.learn.tune;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.JournalRecords.Damage;
import dev.lanewise.learn.tune.JournalRecords.Ended;
import dev.lanewise.learn.tune.JournalRecords.Event;
import dev.lanewise.learn.tune.JournalRecords.Started;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens in a study, in a file: {@link JournalRecords}, each appended by one write and forced
 * to the disk before the study goes on. So a process that is killed leaves whole lines and perhaps
 * a torn last one, which the next one cuts off: its trial runs again.
 *
 * <p>A lock of the file keeps other processes out, and a set the other studies of this one. Where
 * locks belong to processes, whoever closes the file gives up the lock; so a file that is open here
 * is not opened again. A {@link RandomAccessFile} writes for an interrupted thread too, which a
 * channel would not.
 */
final class Journal implements Recorder {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
  private static final int SHOWN = 40;

  /** A line of the file, counted from 1. */
  private record Line<T>(int number, T event) {}

  private final Path file;
  private final Path key;
  private final RandomAccessFile content;
  private final Map<Attempt, Line<Started>> starts = new HashMap<>();
  private final Map<Attempt, Line<Ended>> ends = new HashMap<>();

  private Journal(Path file, Path key, RandomAccessFile content) {
    this.file = file;
    this.key = key;
    this.content = content;
  }

  /**
   * Begins a journal or goes on with one.
   *
   * @throws DataException if it is another study's, or damaged other than by a torn last line
   * @throws IOException if it is in use, or cannot be opened, read or written
   */
  static Journal open(Path file, Study study) throws IOException {
    Path key;
    try {
      create(file);
      key = file.toRealPath();
    } catch (IOException e) {
      throw new IOException(file + " cannot be opened: " + e, e);
    }
    if (!OPEN.add(key)) {
      throw new IOException(file + " is in use by another study of this process");
    }
    RandomAccessFile content = null;
    try {
      content = open(file, key);
      if (content.getChannel().tryLock() == null) {
        throw new IOException(
            file + " is in use by another process; a journal has one study at a time");
      }
      Journal journal = new Journal(file, key, content);
      journal.resume(study);
      return journal;
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

  private void resume(Study study) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(content.length())];
    content.readFully(bytes);
    ObjectNode header = JournalRecords.header(study);
    int begin = 0;
    int number = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        number++;
        byte[] line = Arrays.copyOfRange(bytes, begin, i);
        try {
          JsonNode record = JournalRecords.parse(line);
          if (number == 1) {
            checkHeader(header, record);
          } else {
            read(number, JournalRecords.event(record));
          }
        } catch (Damage e) {
          throw new DataException(
              "%s: line %d: %s: %s".formatted(file, number, shown(line), e.getMessage()));
        }
        begin = i + 1;
      }
    }
    // Of a first line only what a writer of this very line may have left is cut off.
    if (number == 0 && !Arrays.equals(bytes, Arrays.copyOf(bytes(header), bytes.length))) {
      throw new DataException(
          "%s: line 1: %s: it is not the beginning of a journal of this study"
              .formatted(file, shown(bytes)));
    }
    // The place of writing too moves to the end of the whole lines.
    content.setLength(begin);
    if (number == 0) {
      append(header);
    }
  }

  private void checkHeader(ObjectNode expected, JsonNode found) throws DataException, Damage {
    for (String name : expected.propertyNames()) {
      JsonNode value = found.get(name);
      if (value == null) {
        throw new Damage("\"%s\" is missing; it is no journal of a study".formatted(name));
      }
      String here = expected.get(name).toString();
      if (!value.toString().equals(here)) {
        throw new DataException(
            "%s is the journal of another study: %s is %s there and %s here"
                .formatted(file, name, value, here));
      }
    }
  }

  private void read(int number, Event event) throws Damage {
    Attempt attempt = new Attempt(event.trial(), event.budget());
    Line<Ended> end = ends.get(attempt);
    if (end != null) {
      throw new Damage("%s has ended in line %d".formatted(attempt, end.number));
    }
    switch (event) {
      case Started started -> starts.put(attempt, new Line<>(number, started));
      case Ended ended -> {
        if (!starts.containsKey(attempt)) {
          throw new Damage(attempt + " has not started");
        }
        ends.put(attempt, new Line<>(number, ended));
      }
    }
  }

  private static String shown(byte[] line) {
    String text = new String(line, 0, Math.min(line.length, SHOWN), StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? ' ' : (char) c));
    return shown.append(line.length > SHOWN ? "…" : "").toString();
  }

  @Override
  public Optional<Outcome> find(Proposal proposal) throws DataException {
    Attempt attempt = Attempt.of(proposal);
    Line<Started> start = starts.get(attempt);
    if (start == null) {
      return Optional.empty();
    }
    String parameters = JournalRecords.parameters(proposal.assignment()).toString();
    if (!start.event.parameters().equals(parameters)) {
      throw new DataException(
          "%s: line %d: %s has the parameters %s; expected %s, which the sampler proposes"
              .formatted(file, start.number, attempt, start.event.parameters(), parameters));
    }
    return Optional.ofNullable(ends.get(attempt))
        .map(
            end ->
                new Outcome(
                    attempt.trial(),
                    proposal.assignment(),
                    attempt.budget(),
                    end.event.status(),
                    end.event.score(),
                    end.event.error(),
                    end.event.reports()));
  }

  @Override
  public void started(Proposal proposal) throws IOException {
    append(JournalRecords.started(proposal));
  }

  @Override
  public void ended(Outcome outcome) throws IOException {
    append(JournalRecords.ended(outcome));
  }

  private static byte[] bytes(ObjectNode record) {
    return (record + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void append(ObjectNode record) throws IOException {
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
