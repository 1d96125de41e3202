package dev.lanewise.suite.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.learn.data.Idx;
import dev.lanewise.learn.data.Npy;
import dev.lanewise.suite.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that claim more than the file, an array or the heap holds: nothing is allocated. */
class HugeFilesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Buffers and messages; the arrays that are claimed here have a hundred times as much. */
  private static final long ALLOWED = 1 << 20;

  private static final String LIMIT =
      "; expected at most 2147483639 numbers, which is what an array can hold";

  @TempDir private static Path folder;

  @BeforeAll
  static void classesAreLoaded() throws IOException {
    Path file = Files.write(folder.resolve("small"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 0});
    Idx.readLabels(file);
    Npy.readLabels(Files.write(file, Content.npy("|i1", false, "(1,)", new byte[1])));
  }

  private static void assertRefused(String message, byte[] content, Refusal.Reader<?> reader)
      throws IOException {
    Path file = Files.write(folder.resolve("huge"), content);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Refusal.assertRefused(file, message, reader);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < ALLOWED, allocated + " bytes allocated");
  }

  @Test
  void moreThanAnArrayHolds() throws IOException {
    int[] shape = {1 << 30, 1 << 30, 1 << 30};
    byte[] idx = Content.idx(0x0E, shape, new byte[9]);
    String found = "1073741824×1073741824×1073741824 doubles";
    assertRefused(", byte 16: " + found + LIMIT, idx, Idx::readInputs);
    assertRefused(
        ", byte 16 of the unpacked content: " + found + LIMIT, Content.gzip(idx), Idx::readInputs);
    assertRefused(
        ", byte 8: 2147483647 unsigned bytes" + LIMIT,
        Content.idx(8, new int[] {Integer.MAX_VALUE}, new byte[9]),
        Idx::readLabels);
    assertRefused(
        ", byte 128: 1073741824×1073741824 floats" + LIMIT,
        Content.npy("<f4", false, "(1073741824, 1073741824)", new byte[9]),
        Npy::readInputs);
  }

  @Test
  void moreThanTheFileHolds() throws IOException {
    int[] shape = {10_000, 28, 28};
    assertRefused(
        ", byte 1016: the file ends; expected 7840016 bytes: 10000×28×28 unsigned bytes end there",
        Content.idx(8, shape, new byte[1000]),
        Idx::readInputs);
    assertRefused(
        ", byte 1128: the file ends; expected 80000128 bytes: 10000000 64-bit integers end there",
        Content.npy("<i8", false, "(10000000,)", new byte[1000]),
        Npy::readLabels);
  }

  @Test
  void moreThanGzipCanExpandTo() throws IOException {
    byte[] packed = Content.gzip(Content.idx(8, new int[] {100_000, 1000}, new byte[1000]));
    assertRefused(
        ", byte 12 of the unpacked content: 100000×1000 unsigned bytes in 100000000 bytes are"
            + " claimed; expected at most 1032 bytes for each of the %d in the gzipped file"
                .formatted(packed.length),
        packed,
        Idx::readInputs);
  }

  @Test
  void moreThanTheHeaderClaims() throws IOException {
    assertRefused(
        ", byte 13 of the unpacked content: bytes follow; expected the end of the file, as the"
            + " data end here",
        Content.gzip(Content.idx(8, new int[] {1, 1}, new byte[20 << 20])),
        Idx::readInputs);
  }

  /** Files with a hole, which take no room. */
  @Test
  void moreThanTheHeapHolds() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    assumeTrue(heap < 4L * 46_340 * 46_340, "a heap of " + heap + " bytes");
    String message =
        ": 2147395600 numbers of 4 bytes do not fit into the heap; expected less data, or a heap"
            + " larger than %d MiB (-Xmx)".formatted(heap >> 20);
    Path file = folder.resolve("hole");
    write(file, Content.idx(8, new int[] {46_340, 46_340}, new byte[0]));
    Refusal.assertRefused(file, ", byte 12" + message, Idx::readInputs);
    write(file, Content.npy("|u1", false, "(2147395600,)", new byte[0]));
    Refusal.assertRefused(file, ", byte 128" + message, Npy::readInputs);
    Refusal.assertRefused(file, ", byte 128" + message, Npy::readLabels);
  }

  /** How much a text holds is known at its end alone. */
  @Test
  void moreLinesThanTheHeapHolds() throws IOException, InterruptedException {
    Path file = folder.resolve("long.csv");
    String thousand = "1,".repeat(1000) + "a\n";
    Files.writeString(file, thousand);
    assertEquals("1", readInSmallHeap(file));
    Files.writeString(file, thousand.repeat(10_000));
    String message = readInSmallHeap(file);
    String expected =
        ", line \\d+: \\d+ numbers of 4 bytes do not fit into the heap; expected less data, or a"
            + " heap larger than \\d+ MiB \\(-Xmx\\)";
    assertTrue(message.matches(Pattern.quote(file.toString()) + expected), message);
  }

  private static String readInSmallHeap(Path file) throws IOException, InterruptedException {
    List<String> options = List.of("-Xmx32m", "-XX:+UseSerialGC");
    ChildJvm.Result result = ChildJvm.run(options, ReadCsv.class, file.toString());
    assertEquals("", result.err());
    return result.out();
  }

  private static void write(Path file, byte[] header) throws IOException {
    Files.write(file, header);
    try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
      hole.setLength(header.length + 46_340L * 46_340);
    }
  }
}
