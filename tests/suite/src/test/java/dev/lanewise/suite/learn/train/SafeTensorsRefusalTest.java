package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.train.SafeTensors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no safetensors file is refused with a {@link DataException}, and nothing else. */
class SafeTensorsRefusalTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** For a file of a few hundred bytes: the parser's buffers and the exception's text. */
  private static final long FEW_BYTES = 1 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  private static byte[] bytes(long headerLength, byte[] header, int dataBytes) {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(headerLength).put(header).array();
  }

  private static byte[] bytes(String header, int dataBytes) {
    byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
    return bytes(utf8.length, utf8, dataBytes);
  }

  private void assertRefused(String message, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    String found = assertThrows(DataException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(found.startsWith(file + ": "), found);
    assertTrue(found.contains(message), found);
  }

  private static String tensor(String shape, String offsets) {
    return "{\"w\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, offsets);
  }

  private static String tensors(String... shapesAndOffsets) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < shapesAndOffsets.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append("\"%c\":".formatted('a' + i / 2))
          .append("{\"dtype\":\"F32\",\"shape\":%s,".formatted(shapesAndOffsets[i]))
          .append("\"data_offsets\":%s}".formatted(shapesAndOffsets[i + 1]));
    }
    return json.append('}').toString();
  }

  static Stream<Arguments> headers() {
    String most = "2147483647";
    return Stream.of(
        Arguments.of("begins with nothing", "", 0),
        Arguments.of("begins with byte 0x5b; expected {", "[]", 0),
        Arguments.of("begins with byte 0x20; expected {", " {}", 0),
        Arguments.of("begins with byte 0xef; expected {", "\ufeff{}", 0),
        Arguments.of("is not the JSON of the format at character 1", "{", 0),
        Arguments.of("is not the JSON of the format at character", "{}}", 0),
        Arguments.of("is not the JSON of the format at character", "{}\0", 0),
        Arguments.of("is not the JSON of the format at character", "{'a':1}", 0),
        Arguments.of("is not the JSON of the format at character", "{/**/}", 0),
        Arguments.of("expected nothing but spaces", "{}{}", 0),
        Arguments.of("expected nothing but spaces", "{} 1", 0),
        Arguments.of("\"w\", at character 5 of the header, is START_ARRAY", "{\"w\":[]}", 0),
        Arguments.of("is VALUE_NULL; expected START_OBJECT", "{\"__metadata__\":null}", 0),
        Arguments.of("is START_OBJECT; expected VALUE_STRING", "{\"__metadata__\":{\"a\":{}}}", 0),
        Arguments.of(
            "the metadata's \"a\", at character 21 of the header, is VALUE_NUMBER_INT",
            "{\"__metadata__\":{\"a\":1}}",
            0),
        Arguments.of("Duplicate", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0),
        Arguments.of("Duplicate", "{\"__metadata__\":{},\"__metadata__\":{}}", 0),
        Arguments.of("Duplicate", tensors("[1]", "[0,4]").replace("}}", "},\"a\":{}}"), 4),
        Arguments.of("Duplicate", tensor("[1]", "[0,4],\"shape\":[1]"), 4),
        Arguments.of("surrogate", "{\"\\ud800\":{}}", 0),
        Arguments.of(
            "the metadata's \"a\" has half a surrogate pair",
            "{\"__metadata__\":{\"a\":\"\\udc00\"}}",
            0),
        Arguments.of("surrogate", "{\"__metadata__\":{\"\\udc00\":\"\"}}", 0),
        Arguments.of("tensor \"w\" has no dtype", "{\"w\":{}}", 0),
        Arguments.of("has no shape", "{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}}", 0),
        Arguments.of("has no data_offsets", "{\"w\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0),
        Arguments.of("has a field \"stride\"", tensor("[1]", "[0,4],\"stride\":[1]"), 4),
        Arguments.of("has dtype \"BF16\"; only F32", "{\"w\":{\"dtype\":\"BF16\"}}", 0),
        Arguments.of("dtype, at character 14", "{\"w\":{\"dtype\":1}}", 0),
        Arguments.of("shape, at character", tensor("1", "[0,4]"), 4),
        Arguments.of("shape, at character", tensor("[1.0]", "[0,4]"), 4),
        Arguments.of("shape, at character", tensor("[\"1\"]", "[0,4]"), 4),
        Arguments.of("shape, at character", tensor("[[1]]", "[0,4]"), 4),
        Arguments.of("shape, at character", tensor("[null]", "[0,4]"), 4),
        Arguments.of("expected a number that is not negative", tensor("[-1]", "[0,4]"), 4),
        Arguments.of("expected a number that is not negative", tensor("[1]", "[-4,0]"), 4),
        Arguments.of("has an extent of 2147483648", tensor("[2147483648]", "[0,0]"), 0),
        Arguments.of("2147483647 elements; at most", tensor("[" + most + "]", "[0,4]"), 4),
        Arguments.of("1152921504606846976 elements", tensor("[1073741824,1073741824]", "[0,4]"), 4),
        Arguments.of(
            "more than 2^63 elements", tensor("[%s,%<s,%<s,0]".formatted(most), "[0,0]"), 0),
        Arguments.of("out of range", tensor("[1]", "[0,1%s]".formatted("0".repeat(30))), 4),
        Arguments.of("1152921504606846976", tensor("[1]", "[0,1152921504606846976]"), 4),
        Arguments.of("1152921504606846976", tensor("[1]", "[1152921504606846976,4]"), 4),
        Arguments.of("has data_offsets []", tensor("[1]", "[]"), 4),
        Arguments.of("has data_offsets [0]", tensor("[1]", "[0]"), 4),
        Arguments.of("or ] after at most 2", tensor("[1]", "[0,4,4]"), 4),
        Arguments.of("has data_offsets [4, 0]", tensor("[1]", "[4,0]"), 4),
        Arguments.of("which are 4; its 2 elements of F32 take 8", tensor("[2]", "[0,4]"), 4),
        Arguments.of("which are 8; its 1 elements of F32 take 4", tensor("[1]", "[0,8]"), 8),
        Arguments.of("which are 3; its 1 elements of F32 take 4", tensor("[]", "[0,3]"), 3),
        Arguments.of("take 4 bytes of data, but 8 bytes follow", tensor("[1]", "[0,4]"), 8),
        Arguments.of("take 8 bytes of data, but 4 bytes follow", tensor("[2]", "[0,8]"), 4),
        Arguments.of("begins at byte 4 of the data; expected 0", tensor("[1]", "[4,8]"), 8),
        Arguments.of(
            "\"b\" begins at byte 4 of the data; expected 8",
            tensors("[2]", "[0,8]", "[2]", "[4,12]"),
            12),
        Arguments.of(
            "\"b\" begins at byte 0 of the data; expected 4",
            tensors("[1]", "[0,4]", "[2]", "[0,8]"),
            8),
        Arguments.of(
            "\"b\" begins at byte 0 of the data; expected 4",
            tensors("[1]", "[0,4]", "[1]", "[0,4]"),
            4),
        Arguments.of(
            "\"b\" begins at byte 8 of the data; expected 4",
            tensors("[1]", "[0,4]", "[1]", "[8,12]"),
            12),
        Arguments.of(
            "\"b\" begins at byte 4 of the data; expected 8",
            tensors("[2]", "[0,8]", "[0]", "[4,4]"),
            8));
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("headers")
  void aHeaderThatIsNotOneIsRefused(String message, String header, int dataBytes)
      throws IOException {
    assertRefused(message, bytes(header, dataBytes));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws IOException {
    byte[] header = "{\"__metadata__\":{\"a\":\"??\"}}".getBytes(StandardCharsets.US_ASCII);
    for (int pair : new int[] {0xc3_28, 0xc0_80, 0xff_ff, 0xed_a0, 0x80_41}) {
      header[22] = (byte) (pair >> 8);
      header[23] = (byte) pair;
      assertRefused("not UTF-8 at byte 30 of the file", bytes(header.length, header, 0));
    }
    byte[] wide = "{\"__metadata__\":{}}".getBytes(StandardCharsets.UTF_16LE);
    assertRefused("the header is not the JSON", bytes(wide.length, wide, 0));
  }

  /** Jackson's own limit of depth is never reached: nothing in the format nests. */
  @Test
  void depthIsRefused() throws IOException {
    assertRefused("is START_ARRAY", bytes(tensor("[".repeat(100_000), "[0,4]"), 4));
    assertRefused("is START_OBJECT", bytes("{\"__metadata__\":" + "{\"a\":".repeat(100_000), 4));
  }

  /** A name stands in messages with its beginning. */
  @Test
  void aLongNameIsCut() throws IOException {
    String name = "n".repeat(1_000_000);
    assertRefused("...\" has no dtype", bytes("{\"" + name + "\":{}}", 0));
    String found = assertThrows(DataException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(found.length() < 1000, found);
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() throws IOException {
    Contents.sample().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      assertRefused("", Arrays.copyOf(whole, length));
    }
    assertRefused("take 28 bytes of data, but 29 bytes", Arrays.copyOf(whole, whole.length + 1));
  }

  /** A change of one byte is refused, or gives another file of the format. */
  @Test
  void aChangedHeaderIsRefusedOrIsAnotherHeader() throws IOException {
    Contents.sample().write(file);
    byte[] whole = Files.readAllBytes(file);
    int read = 0;
    int refused = 0;
    for (int at = 0; at < whole.length - 28; at++) {
      byte original = whole[at];
      for (byte changed : changes(original)) {
        whole[at] = changed;
        Files.write(file, whole);
        try {
          SafeTensors content = SafeTensors.read(file);
          content.write(file);
          Contents.assertEqual(content, SafeTensors.read(file));
          read++;
        } catch (DataException e) {
          refused++;
        }
      }
      whole[at] = original;
    }
    assertTrue(read > 100, "read " + read);
    assertTrue(refused > 1000, "refused " + refused);
  }

  /** Each bit, and each character that means something in JSON. */
  private static byte[] changes(byte original) {
    byte[] changes = Arrays.copyOf("{}[]\",:\\/0 -e\n".getBytes(StandardCharsets.US_ASCII), 22);
    for (int bit = 0; bit < 8; bit++) {
      changes[14 + bit] = (byte) (original ^ (1 << bit));
    }
    return changes;
  }

  @Test
  void aClaimAllocatesNothing() throws IOException {
    byte[] header = tensor("[1]", "[0,4]").getBytes(StandardCharsets.UTF_8);
    String large = tensor("[268435456]", "[0,1073741824]");
    String huge = tensor("[1073741824,268435456]", "[0,1152921504606846976]");
    String empty = tensor("[2147483647,0]", "[0,0]");
    for (byte[] bytes :
        new byte[][] {
          bytes(1L << 60, header, 4),
          bytes(-1, header, 4),
          bytes(Long.MIN_VALUE, header, 4),
          bytes(99_999_999, header, 4),
          bytes(header.length + 5, header, 4),
          bytes(large, 4),
          bytes(huge, 4),
        }) {
      assertRefused("", bytes);
      assertAllocatesLittle(true);
    }
    Files.write(file, bytes(empty, 0));
    assertAllocatesLittle(false);
  }

  private void assertAllocatesLittle(boolean refused) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean thrown = false;
    try {
      SafeTensors.read(file);
    } catch (DataException e) {
      thrown = true;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertEquals(refused, thrown);
    assertTrue(allocated < FEW_BYTES, allocated + " bytes");
  }

  @Test
  void aLengthIsGivenAsItIs() throws IOException {
    assertRefused("is 1152921504606846976; at most 2 are", bytes(1L << 60, new byte[2], 0));
    assertRefused("is 18446744073709551615; at most 2 are", bytes(-1, new byte[2], 0));
    assertRefused("is 3; at most 2 are possible in 10 bytes", bytes(3, new byte[2], 0));
    assertRefused("it has 7 bytes", new byte[7]);
  }

  /** In a file with a hole, where there would be room for it. */
  @Test
  void aHeaderBeyondTheLimitOfTheFormatIsRefused() throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(100_000_001));
      out.setLength(8 + 100_000_001);
    }
    String found = assertThrows(DataException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(found.contains("is 100000001; at most 100000000 are"), found);
  }

  @Test
  void whatCannotBeReadIsNoMatterOfItsContent() {
    assertFalse(Files.exists(file));
    String absent =
        assertThrows(FileNotFoundException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(absent.contains(file.toString()), absent);
    String notAFile =
        assertThrows(FileNotFoundException.class, () -> SafeTensors.read(folder)).getMessage();
    assertTrue(notAFile.contains(folder.toString()), notAFile);
  }
}
