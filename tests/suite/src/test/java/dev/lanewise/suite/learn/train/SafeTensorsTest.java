package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import dev.lanewise.testkit.operand.Mix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.function.Executable;

/** The bytes of a file, and that what was written is read. */
class SafeTensorsTest {
  private static Path folder;
  private static Path file;

  @BeforeContainer
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("lanewise");
    file = folder.resolve("model.safetensors");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(folder);
  }

  private static SafeTensors rewritten(SafeTensors content) throws IOException {
    content.write(file);
    return SafeTensors.read(file);
  }

  private static SafeTensors of(SequencedMap<String, Tensor> tensors) {
    return SafeTensors.of(tensors, new TreeMap<>());
  }

  private static SafeTensors of(String name, Tensor tensor) {
    return of(new TreeMap<>(Map.of(name, tensor)));
  }

  /** The very bytes that safetensors 0.8.0 for Python writes of the same content. */
  @Example
  void theBytesAreThoseOfTheFormat() throws IOException {
    String json =
        """
        {"__metadata__":{"epoch":"7/8 \\"x\\"\\n"},\
        "a/b":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
        "scalar":{"dtype":"F32","shape":[],"data_offsets":[24,28]},\
        "é":{"dtype":"F32","shape":[0,4],"data_offsets":[28,28]}}\
        """;
    int[] data = {0x3f800000, 0x80000000, 0x7f800000, 0x7fc00000, 0x40200000, 1, 0x40400000};
    byte[] header = (json + " ").getBytes(StandardCharsets.UTF_8);
    assertEquals(216, header.length);
    ByteBuffer expected = ByteBuffer.allocate(8 + 216 + 28).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(216).put(header).asIntBuffer().put(data);
    Contents.sample().write(file);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
    Contents.assertEqual(Contents.sample(), SafeTensors.read(file));
  }

  @Example
  void nothingAtAllIsAFile() throws IOException {
    SafeTensors nothing = of(new TreeMap<>());
    Contents.assertEqual(nothing, rewritten(nothing));
    assertEquals("{}      ", Files.readString(file).substring(8));
  }

  /** Another writer may leave the padding out, or give the tensors in another order. */
  @Example
  void theOrderOfTheHeaderIsKeptWhateverThatOfTheData() throws IOException {
    String json =
        """
        { "z": {"data_offsets":[4,12], "shape":[2], "dtype":"F32"},
          "none": {"dtype":"F32","shape":[3,0,5],"data_offsets":[4,4]},
          "a": {"dtype":"F32","shape":[1,1,1],"data_offsets":[0,4]}
        }\
        """;
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).putFloat(1).putFloat(2).putFloat(3);
    Files.write(file, bytes.array());
    SequencedMap<String, Tensor> expected = new LinkedHashMap<>();
    expected.put("z", Tensor.of(FloatSpan.of(new float[] {2, 3})));
    expected.put("none", new Tensor(List.of(3, 0, 5), FloatMatrix.zeros(0, 0)));
    expected.put("a", new Tensor(List.of(1, 1, 1), FloatMatrix.of(new float[] {1}, 1, 1)));
    Contents.assertEqual(of(expected), SafeTensors.read(file));
  }

  /** Any bits, the NaNs among them too. */
  private static float[] anything(Mix mix, int length) {
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] =
          mix.choose(
              Float.intBitsToFloat((int) mix.next()),
              Float.intBitsToFloat(0x7f800001 | mix.below(1 << 22)),
              Float.intBitsToFloat(0xff800001 | mix.below(1 << 22)),
              mix.choose(-0f, 0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE));
    }
    return array;
  }

  private static Tensor tensor(List<Integer> shape, Mix mix) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    if (shape.size() == 1) {
      int stride = 1 + mix.below(3);
      return Tensor.of(FloatSpan.of(anything(mix, 2 + size * stride), 2, size, stride));
    }
    if (shape.size() != 2) {
      return new Tensor(shape, FloatMatrix.of(anything(mix, size), size, 1));
    }
    int m = shape.get(0);
    int n = shape.get(1);
    return Tensor.of(
        mix.choose(
            FloatMatrix.of(anything(mix, size), m, n),
            FloatMatrix.of(anything(mix, size), n, m).transpose(),
            FloatMatrix.of(anything(mix, 5 + m * (n + 3)), 5, m, n, n + 3, 1),
            FloatMatrix.of(anything(mix, n), 0, m, n, 0, 1)));
  }

  @Property(tries = 200)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 5) List<@Size(max = 4) List<@IntRange(max = 7) Integer>> shapes,
      @ForAll long seed)
      throws IOException {
    Mix mix = new Mix(seed);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (List<Integer> shape : shapes) {
      tensors.put("layer/" + mix.below(1000) + "." + tensors.size(), tensor(shape, mix));
    }
    SafeTensors content = of(tensors);
    SafeTensors read = rewritten(content);
    Contents.assertEqual(content, read);
    long header =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, header % 8);
    for (Tensor tensor : read.tensors().values()) {
      FloatMatrix x = tensor.elements();
      assertEquals(tensor.size(), x.array().length);
      assertEquals(List.of(0, 1), List.of(x.offset(), x.columnStride()));
      if (tensor.shape().size() == 2) {
        assertEquals(tensor.shape(), List.of(x.rows(), x.columns()));
      } else {
        assertEquals(1, x.rows());
      }
    }
  }

  /** Beyond the buffer of 16384 elements: rows that straddle its end, one by one and strided. */
  @Property(tries = 30)
  void largeTensorsPassThroughTheBuffer(
      @ForAll @IntRange(min = 16_300, max = 50_000) int length, @ForAll long seed)
      throws IOException {
    Mix mix = new Mix(seed);
    int width = 1 + mix.below(1000);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("row", tensor(List.of(length), mix));
    tensors.put("rows", tensor(List.of(length / width, width), mix));
    tensors.put("cube", tensor(List.of(2, length / 2, 1), mix));
    SafeTensors content = of(tensors);
    Contents.assertEqual(content, rewritten(content));
  }

  /** Quotes, backslashes, control characters, slashes, characters beyond 16 bits. */
  @Property(tries = 40)
  void namesAndMetadataAreAnyUnicode(
      @ForAll @StringLength(max = 12) String name,
      @ForAll @StringLength(max = 12) String key,
      @ForAll @StringLength(max = 12) String value)
      throws IOException {
    String names = name.codePoints().anyMatch(SafeTensorsTest::isHalfOfAPair) ? "" : name;
    String keys = key.codePoints().anyMatch(SafeTensorsTest::isHalfOfAPair) ? "" : key;
    String values = value.codePoints().anyMatch(SafeTensorsTest::isHalfOfAPair) ? "" : value;
    for (String around : List.of("", "\"", "\\", "\0\n\u007f", "../", "\ud83d\ude00é\u2028")) {
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put(around + names, Tensor.of(FloatSpan.of(new float[] {1})));
      SequencedMap<String, String> metadata = Contents.text(keys + around, values + around);
      metadata.put(around + "second", "");
      SafeTensors content = SafeTensors.of(tensors, metadata);
      Contents.assertEqual(content, rewritten(content));
    }
  }

  private static boolean isHalfOfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Longer than Jackson allows unless it is told. */
  @Example
  void aLongNameAndALongTextAreRead() throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("n".repeat(60_000), Tensor.of(FloatSpan.zeros(1)));
    SafeTensors content =
        SafeTensors.of(tensors, Contents.text("k".repeat(60_000), "é".repeat(21_000_000)));
    Contents.assertEqual(content, rewritten(content));
  }

  /** The elements are taken when they are written, not before. */
  @Example
  void theElementsAreNotCopied() throws IOException {
    float[] elements = {1, 2};
    SafeTensors content = of("w", Tensor.of(FloatSpan.of(elements)));
    elements[1] = 5;
    int[] read = Contents.bits(rewritten(content).tensors().get("w"));
    assertArrayEquals(new int[] {Float.floatToRawIntBits(1), Float.floatToRawIntBits(5)}, read);
  }

  @Example
  void theMapsAreCopiedAndCannotBeChanged() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    SequencedMap<String, String> metadata = Contents.text("a", "b");
    SafeTensors content = SafeTensors.of(tensors, metadata);
    tensors.put("w", Tensor.of(FloatSpan.zeros(1)));
    metadata.clear();
    assertTrue(content.tensors().isEmpty());
    assertEquals(Contents.text("a", "b"), content.metadata());
    assertThrows(UnsupportedOperationException.class, () -> content.tensors().clear());
    assertThrows(UnsupportedOperationException.class, () -> content.metadata().clear());
  }

  private static void assertRefused(String message, Executable call) {
    String found = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(found.contains(message), found);
  }

  @Example
  void whatCannotBeWrittenIsRefused() {
    Tensor one = Tensor.of(FloatSpan.zeros(1));
    FloatMatrix two = FloatMatrix.zeros(1, 2);
    int most = Integer.MAX_VALUE;
    FloatMatrix none = FloatMatrix.zeros(0, 0);
    FloatMatrix huge = FloatMatrix.of(new float[1], 0, most, 1, 0, 0);
    assertRefused("reserved", () -> of("__metadata__", one));
    assertRefused("half a surrogate pair in \"x\ud800\"", () -> of("x\ud800", one));
    SequencedMap<String, String> key = Contents.text("\udc00", "");
    SequencedMap<String, String> value = Contents.text("", "\udc00\ud800");
    assertRefused("surrogate", () -> SafeTensors.of(new TreeMap<>(), key));
    assertRefused("surrogate", () -> SafeTensors.of(new TreeMap<>(), value));
    assertRefused("[3] for 2 elements", () -> new Tensor(List.of(3), two));
    assertRefused("[-1, -2] for 2 elements", () -> new Tensor(List.of(-1, -2), two));
    assertRefused("[0, -1] for 0 elements", () -> new Tensor(List.of(0, -1), none));
    assertRefused("for 0 elements", () -> new Tensor(List.of(), none));
    assertRefused("for 0 elements", () -> new Tensor(List.of(most, most, most, 0), none));
    assertRefused("2147483647 elements; at most", () -> new Tensor(List.of(most), huge));
    SequencedMap<String, Tensor> nothing = new LinkedHashMap<>();
    nothing.put("w", null);
    assertThrows(NullPointerException.class, () -> of(nothing));
    assertThrows(NullPointerException.class, () -> SafeTensors.of(nothing, null));
  }
}
