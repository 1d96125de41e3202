package dev.lanewise.suite.learn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Idx;
import dev.lanewise.learn.data.Npy;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that end early and files with other bits than were written: they are refused by the
 * documented exception, with the file's name, or give numbers; nothing else comes of them.
 */
class DamagedFilesTest {
  private static final byte[] IDX =
      Content.idx(
          0x0C, new int[] {3, 2, 1}, Content.numbers(ByteOrder.BIG_ENDIAN, 4, 1, 2, 3, 4, 5, 6));
  private static final byte[] IDX_LABELS =
      Content.idx(8, new int[] {5}, new byte[] {0, 1, 2, 1, 0});
  private static final byte[] NPY =
      Content.npy("<f4", true, "(3, 2)", Content.floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6));
  private static final byte[] NPY_LABELS = Content.npy("|u1", false, "(3,)", new byte[] {0, 2, 1});
  private static final byte[] CSV =
      "length,width,\"class\"\n1.5,2,a\n-3e2,\"4\",ä\r\n5,6,\"a\"\n".getBytes(UTF_8);

  @TempDir private Path folder;

  private static float[] numbers(FloatMatrix x) {
    return x.array();
  }

  private static float[] numbers(int[] labels) {
    float[] numbers = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbers[i] = labels[i];
    }
    return numbers;
  }

  private static float[] numbers(Dataset data) {
    return data.inputs().array();
  }

  private static final Refusal.Reader<float[]> READ_IDX = f -> numbers(Idx.readInputs(f));
  private static final Refusal.Reader<float[]> READ_IDX_LABELS =
      f -> numbers(Idx.readLabels(f).array());
  private static final Refusal.Reader<float[]> READ_NPY = f -> numbers(Npy.readInputs(f));
  private static final Refusal.Reader<float[]> READ_NPY_LABELS =
      f -> numbers(Npy.readLabels(f).array());
  private static final Refusal.Reader<float[]> READ_CSV = f -> numbers(CsvFormat.DEFAULT.read(f));

  /** A whole file and its reader. */
  private record Whole(byte[] content, Refusal.Reader<float[]> reader) {}

  private static final List<Whole> BINARY =
      List.of(
          new Whole(IDX, READ_IDX),
          new Whole(IDX_LABELS, READ_IDX_LABELS),
          new Whole(NPY, READ_NPY),
          new Whole(NPY_LABELS, READ_NPY_LABELS),
          new Whole(Content.gzip(IDX), READ_IDX),
          new Whole(Content.gzip(IDX_LABELS), READ_IDX_LABELS));

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  @Test
  void wholeFilesAreRead() throws IOException {
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, READ_IDX.read(write(IDX)));
    assertArrayEquals(new float[] {0, 1, 2, 1, 0}, READ_IDX_LABELS.read(write(IDX_LABELS)));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, READ_NPY.read(write(NPY)));
    assertArrayEquals(new float[] {0, 2, 1}, READ_NPY_LABELS.read(write(NPY_LABELS)));
    assertArrayEquals(new float[] {1.5f, 2, -300, 4, 5, 6}, READ_CSV.read(write(CSV)));
  }

  @Test
  void binaryFilesThatEndEarlyAreRefused() throws IOException {
    for (Whole whole : BINARY) {
      for (int length = 0; length < whole.content.length; length++) {
        Path file = write(Content.cut(whole.content, length));
        DataException e =
            assertThrows(DataException.class, () -> whole.reader.read(file), "cut to " + length);
        assertTrue(e.getMessage().startsWith(file + ", byte "), e.getMessage());
      }
    }
  }

  /** A CSV file may end behind any field that is complete as it stands. */
  @Test
  void textFilesThatEndEarlyAreRefusedOrRead() throws IOException {
    int refused = 0;
    for (int length = 0; length < CSV.length; length++) {
      refused += isRefused(Content.cut(CSV, length), READ_CSV) ? 1 : 0;
    }
    assertTrue(refused > CSV.length / 2, refused + " refused");
  }

  @Test
  void anyBitMayBeOther() throws IOException {
    for (Whole whole : BINARY) {
      assertFlips(whole.content, whole.reader);
    }
    assertFlips(CSV, READ_CSV);
  }

  private void assertFlips(byte[] content, Refusal.Reader<float[]> reader) throws IOException {
    int refused = 0;
    for (int bit = 0; bit < 8 * content.length; bit++) {
      byte[] damaged = content.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isRefused(damaged, reader) ? 1 : 0;
    }
    assertTrue(refused > content.length / 2, refused + " refused");
  }

  @Test
  void anyBytesMayBeOther() throws IOException {
    for (Whole whole : BINARY) {
      assertNoise(whole.content, whole.reader);
    }
    assertNoise(CSV, READ_CSV);
  }

  /** Some bytes at random, and a length at random. */
  private void assertNoise(byte[] content, Refusal.Reader<float[]> reader) throws IOException {
    int refused = 0;
    for (int step = 0; step < 500; step++) {
      int length = content.length - Philox.below(1, 1, step, 0, 4) + Philox.below(1, 1, step, 1, 4);
      byte[] damaged = Content.cut(content, length);
      for (int i = 0; i < 1 + step % 8; i++) {
        int at = Philox.below(1, 2, step, i, length);
        damaged[at] = (byte) Philox.bits(1, 3, step, i);
      }
      refused += isRefused(damaged, reader) ? 1 : 0;
    }
    assertTrue(refused > 100, refused + " refused");
  }

  /** A checksum stands behind gzipped content, so that what is read is what was written. */
  @Test
  void gzippedFilesAreRefusedOrTrue() throws IOException {
    byte[] packed = Content.gzip(IDX);
    int read = 0;
    for (int bit = 0; bit < 8 * packed.length; bit++) {
      byte[] damaged = packed.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, READ_IDX.read(write(damaged)));
        read++;
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("byte"), e.getMessage());
      }
    }
    // The time, the platform and the level in the header say nothing of the content.
    assertTrue(read >= 48 && read < 64, read + " read");
  }

  /** Any exception but the documented one ends the test. */
  private boolean isRefused(byte[] content, Refusal.Reader<float[]> reader) throws IOException {
    Path file = write(content);
    try {
      float[] numbers = reader.read(file);
      assertTrue(numbers.length > 0 && numbers.length <= content.length, "numbers of bytes");
      return false;
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(file + ", "), e.getMessage());
      assertTrue(e.getMessage().contains("; expected "), e.getMessage());
      return true;
    }
  }
}
