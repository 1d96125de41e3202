package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.learn.data.DataException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads of what may be no valid file. Each gives a result or the documented exception, which names
 * the file and the place in it; allocates no more than the size of the file allows; and leaves no
 * file beside it.
 */
final class CheckedRead {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The loading of classes allocates too, once. */
  private static final int ATTEMPTS = 3;

  private final FuzzedFormat format;
  private final Path file;
  private final FuzzedFormat.Reader reader;

  private long allocated;

  CheckedRead(FuzzedFormat format, Path file, FuzzedFormat.Reader reader) {
    this.format = format;
    this.file = file;
    this.reader = reader;
  }

  /** Whether the content is accepted. */
  boolean accepts(byte[] content) throws IOException {
    long limit = format.memory(content);
    boolean accepted = attempt(content);
    for (int i = 1; i < ATTEMPTS && allocated > limit; i++) {
      accepted = attempt(content);
    }
    assertTrue(
        allocated <= limit,
        () ->
            "%d bytes are allocated for a file of %d; expected at most %d"
                .formatted(allocated, content.length, limit));
    return accepted;
  }

  private boolean attempt(byte[] content) throws IOException {
    Files.write(file, content);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    DataException refusal = null;
    try {
      reader.read(file);
    } catch (DataException e) {
      refusal = e;
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (refusal != null) {
      assertTrue(format.isRefusal(file, refusal.getMessage()), refusal.getMessage());
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
    return refusal == null;
  }
}
