package dev.lanewise.suite.learn.data;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IDX files, plain and gzipped: what they give, and what is refused. */
class IdxTest {
  private static final int UNSIGNED_BYTE = 8;
  private static final byte[] SIX = {0, 1, 127, -128, -1, 5};

  @TempDir private Path folder;

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private FloatMatrix inputs(int type, int[] shape, byte[] numbers) throws IOException {
    byte[] content = Content.idx(type, shape, numbers);
    FloatMatrix plain = Idx.readInputs(file("images", content));
    FloatMatrix unpacked = Idx.readInputs(file("images.gz", Content.gzip(content)));
    assertArrayEquals(plain.array(), unpacked.array());
    assertEquals(plain.toString(), unpacked.toString());
    return plain;
  }

  @Test
  void everyTypeIsReadAsItIs() throws IOException {
    int[] shape = {2, 3};
    float[] unsigned = {0, 1, 127, 128, 255, 5};
    float[] signed = {0, 1, 127, -128, -1, 5};
    double[] wide = {0, 1, 127, -128, -1, 5};
    assertArrayEquals(unsigned, inputs(0x08, shape, SIX).array());
    assertArrayEquals(signed, inputs(0x09, shape, SIX).array());
    assertArrayEquals(signed, inputs(0x0B, shape, Content.numbers(BIG_ENDIAN, 2, wide)).array());
    assertArrayEquals(signed, inputs(0x0C, shape, Content.numbers(BIG_ENDIAN, 4, wide)).array());
    assertArrayEquals(signed, inputs(0x0D, shape, Content.floats(BIG_ENDIAN, signed)).array());
    assertArrayEquals(
        new float[] {0.1f, -1e-30f, 3, 16777216, -0f, Float.MAX_VALUE},
        inputs(
                0x0E,
                shape,
                Content.doubles(BIG_ENDIAN, 0.1, -1e-30, 3, 16777217, -0.0, Float.MAX_VALUE))
            .array());
  }

  @Test
  void imagesAreFlattenedToRows() throws IOException {
    FloatMatrix images = inputs(UNSIGNED_BYTE, new int[] {2, 3, 1, 1}, SIX);
    assertEquals("2×3 (strides 3, 1; offset 0)", images.toString());
    assertEquals(255, images.get(1, 1));
  }

  @Test
  void moreThanABufferIsRead() throws IOException {
    byte[] many = new byte[300 * 700];
    for (int i = 0; i < many.length; i++) {
      many[i] = (byte) (i * 31 + (i >> 8));
    }
    FloatMatrix images = inputs(UNSIGNED_BYTE, new int[] {300, 700}, many);
    for (int i = 0; i < many.length; i++) {
      assertEquals(Byte.toUnsignedInt(many[i]), images.array()[i]);
    }
  }

  @Test
  void aDataSetHasImagesAndLabels() throws IOException {
    Path images = file("images", Content.idx(UNSIGNED_BYTE, new int[] {3, 2}, SIX));
    byte[] labels = Content.idx(UNSIGNED_BYTE, new int[] {3}, new byte[] {2, 0, 2});
    Dataset data = Idx.read(images, file("labels.gz", Content.gzip(labels)));
    assertEquals(List.of("0", "1", "2"), data.classes());
    assertArrayEquals(new int[] {2, 0, 2}, data.labels().array());
    assertArrayEquals(
        new float[] {127, 128}, new float[] {data.inputs().get(1, 0), data.inputs().get(1, 1)});
    List<String> names = List.of("shirt", "shoe", "bag", "coat");
    assertEquals(names, Idx.read(images, file("labels", labels), names).classes());
    Refusal.assertRefused(
        folder.resolve("labels"),
        ", byte 8: label 2; expected a class from 0 to 1",
        f -> Idx.read(images, f, List.of("shirt", "shoe")));
  }

  @Test
  void labelsOfEveryIntegerTypeAreRead() throws IOException {
    for (int[] typeAndSize : new int[][] {{0x08, 1}, {0x09, 1}, {0x0B, 2}, {0x0C, 4}}) {
      byte[] numbers = Content.numbers(BIG_ENDIAN, typeAndSize[1], 3, 0, 100);
      Path file = file("labels", Content.idx(typeAndSize[0], new int[] {3}, numbers));
      assertArrayEquals(new int[] {3, 0, 100}, Idx.readLabels(file).array());
    }
  }

  @Test
  void numbersOfSamplesThatDifferAreRefused() throws IOException {
    Path images = file("images", Content.idx(UNSIGNED_BYTE, new int[] {3, 2}, SIX));
    Refusal.assertRefused(
        folder.resolve("labels"),
        Content.idx(UNSIGNED_BYTE, new int[] {2}, new byte[] {1, 0}),
        ", byte 4: 2 labels; expected 3, one for each sample in " + images,
        f -> Idx.read(images, f));
  }

  private void assertImagesRefused(String message, byte[] content) throws IOException {
    Refusal.assertRefused(folder.resolve("images"), content, message, Idx::readInputs);
  }

  private void assertLabelsRefused(String message, byte[] content) throws IOException {
    Refusal.assertRefused(folder.resolve("labels"), content, message, Idx::readLabels);
  }

  @Test
  void headersThatAreNoneAreRefused() throws IOException {
    String magic = "expected the bytes 0 and 0 that begin an IDX file";
    assertImagesRefused(", byte 0: the file ends; " + magic, new byte[0]);
    assertImagesRefused(", byte 0: 7F; " + magic, new byte[] {0x7F, 0, 8, 2});
    assertImagesRefused(", byte 1: FF; " + magic, new byte[] {0, -1, 8, 2});
    assertImagesRefused(
        ", byte 2: type 0A; expected 08, 09, 0B, 0C, 0D or 0E", new byte[] {0, 0, 10, 2});
    assertImagesRefused(", byte 2: the file ends; expected a type of numbers", new byte[] {0, 0});
    assertImagesRefused(
        ", byte 3: the file ends; expected the number of dimensions", new byte[] {0, 0, 8});
    assertImagesRefused(
        ", byte 3: 1 dimensions; expected at least 2: samples and features",
        Content.idx(8, new int[] {6}, SIX));
    assertImagesRefused(
        ", byte 10: the file ends; expected 2 dimensions of 4 bytes",
        Content.cut(Content.idx(8, new int[] {2, 3}, SIX), 10));
    assertImagesRefused(
        ", byte 8: dimension 0; expected 1 to 2147483647",
        Content.idx(8, new int[] {2, 0}, new byte[0]));
    assertImagesRefused(
        ", byte 4: dimension 4294967295; expected 1 to 2147483647",
        Content.idx(8, new int[] {-1, 3}, SIX));
  }

  @Test
  void labelsThatAreNoneAreRefused() throws IOException {
    assertLabelsRefused(
        ", byte 2: a type of floats; expected a type of integers (08, 09, 0B or 0C)",
        Content.idx(0x0D, new int[] {1}, Content.floats(BIG_ENDIAN, 1)));
    assertLabelsRefused(
        ", byte 3: 2 dimensions; expected 1, as labels have",
        Content.idx(8, new int[] {2, 3}, SIX));
    assertLabelsRefused(
        ", byte 9: label -1; expected a class from 0 to 65535",
        Content.idx(9, new int[] {2}, new byte[] {1, -1}));
    assertLabelsRefused(
        ", byte 12: label 65536; expected a class from 0 to 65535",
        Content.idx(0x0C, new int[] {2}, Content.numbers(BIG_ENDIAN, 4, 65535, 65536)));
  }

  @Test
  void numbersThatAreMissingOrTooManyAreRefused() throws IOException {
    byte[] whole =
        Content.idx(0x0B, new int[] {2, 3}, Content.numbers(BIG_ENDIAN, 2, 1, 2, 3, 4, 5, 6));
    assertImagesRefused(
        ", byte 23: the file ends; expected 24 bytes: 2×3 16-bit integers end there",
        Content.cut(whole, 23));
    assertImagesRefused(
        ", byte 24: 5 bytes follow; expected the end of the file, as the data end here",
        Content.cut(whole, 29));
    assertImagesRefused(
        ", byte 23 of the unpacked content: the file ends; expected 24 bytes",
        Content.gzip(Content.cut(whole, 23)));
    assertImagesRefused(
        ", byte 24 of the unpacked content: bytes follow; expected the end of the file, as the"
            + " data end here",
        Content.gzip(Content.cut(whole, 25)));
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() throws IOException {
    assertImagesRefused(
        ", byte 16: NaN; expected a finite number in the range of float",
        Content.idx(0x0D, new int[] {1, 3}, Content.floats(BIG_ENDIAN, 1, Float.NaN, 2)));
    assertImagesRefused(
        ", byte 20: -Infinity; expected a finite number in the range of float",
        Content.idx(0x0E, new int[] {1, 3}, Content.doubles(BIG_ENDIAN, 1, -1e39, 2)));
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] packed = Content.gzip(Content.idx(8, new int[] {2, 3}, SIX));
    assertImagesRefused(
        ", byte 0: gzip: the file ends; expected a gzip header", Content.cut(packed, 5));
    byte[] method = packed.clone();
    method[2] = 7;
    assertImagesRefused(
        ", byte 0: gzip: Unsupported compression method; expected a gzip header", method);
    assertImagesRefused(
        ", byte 18 of the unpacked content: gzip: the file ends; expected gzipped data",
        Content.cut(packed, packed.length - 1));
    byte[] checksum = packed.clone();
    checksum[packed.length - 8] ^= 1;
    assertImagesRefused(
        ", byte 18 of the unpacked content: gzip: Corrupt GZIP trailer; expected gzipped data",
        checksum);
  }
}
