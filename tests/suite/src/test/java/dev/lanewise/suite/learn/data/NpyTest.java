package dev.lanewise.suite.learn.data;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Npy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What NPY files give. */
class NpyTest {
  private static final byte[] SIX = {0, 1, 127, -128, -1, 5};

  @TempDir private Path folder;

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private FloatMatrix inputs(byte[] content) throws IOException {
    return Npy.readInputs(file("x.npy", content));
  }

  /** As numpy.save(file, numpy.array([[1, 2, 3], [4, 5, 6]], dtype='>i2', order='F')) wrote it. */
  @Test
  void aFileOfNumPyIsRead() throws IOException {
    String header =
        "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }" + " ".repeat(59) + "\n";
    byte[] content = new byte[128 + 12];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    System.arraycopy(magic, 0, content, 0, 10);
    for (int i = 0; i < header.length(); i++) {
      content[10 + i] = (byte) header.charAt(i);
    }
    byte[] numbers = {0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6};
    System.arraycopy(numbers, 0, content, 128, 12);
    FloatMatrix x = inputs(content);
    assertEquals("2×3 (strides 1, 2; offset 0)", x.toString());
    for (int i = 0; i < 6; i++) {
      assertEquals(i + 1, x.get(i / 3, i % 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"i1, 1", "i2, 2", "i4, 4", "i8, 8"})
  void signedIntegers(String type, int size) throws IOException {
    double[] values = {0, 1, 127, -128, -1, 5};
    assertNumbers(type, o -> Content.numbers(o, size, values), 0, 1, 127, -128, -1, 5);
  }

  @ParameterizedTest
  @CsvSource({"u1, 1, 255", "u2, 2, 65535", "u4, 4, 4294967295"})
  void unsignedIntegers(String type, int size, double largest) throws IOException {
    double[] values = {0, 1, largest, 127, largest, 5};
    assertNumbers(
        type,
        o -> Content.numbers(o, size, values),
        0,
        1,
        (float) largest,
        127,
        (float) largest,
        5);
  }

  @Test
  void floatsDoublesAndBooleans() throws IOException {
    float[] values = {0.1f, -0f, Float.MIN_VALUE, 3, 16777216, -Float.MAX_VALUE};
    assertNumbers("f4", o -> Content.floats(o, values), values);
    assertNumbers(
        "f8",
        o -> Content.doubles(o, 0.1, -0.0, Float.MIN_VALUE, 3, 16777217, -Float.MAX_VALUE),
        values);
    assertArrayEquals(
        new float[] {0, 1, 1, 0},
        inputs(Content.npy("|b1", false, "(4,)", new byte[] {0, 1, 2, 0})).array());
  }

  /**
   * Of 2^60 and the float above it, 2^60 + 2^36 + 1 is nearer to the latter; a double is between.
   */
  @Test
  void longsAreRoundedOnce() throws IOException {
    byte[] number = ByteBuffer.allocate(8).putLong((1L << 60) + (1L << 36) + 1).array();
    assertEquals(0x1.000002p60f, inputs(Content.npy(">i8", false, "(1,)", number)).get(0, 0));
  }

  private interface Numbers {
    byte[] in(ByteOrder order);
  }

  private void assertNumbers(String type, Numbers numbers, float... expected) throws IOException {
    for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      String descr = (order == LITTLE_ENDIAN ? "<" : ">") + type;
      byte[] bytes = numbers.in(order);
      FloatMatrix c = inputs(Content.npy(descr, false, "(2, 3)", bytes));
      FloatMatrix fortran = inputs(Content.npy(descr, true, "(3, 2)", bytes));
      FloatMatrix column = inputs(Content.npy(descr, false, "(6,)", bytes));
      assertArrayEquals(expected, c.array());
      assertArrayEquals(expected, fortran.array());
      assertArrayEquals(expected, column.array());
      assertEquals("2×3 (strides 3, 1; offset 0)", c.toString());
      assertEquals("3×2 (strides 1, 3; offset 0)", fortran.toString());
      assertEquals("6×1 (strides 1, 1; offset 0)", column.toString());
      assertEquals(expected[4], c.get(1, 1));
      assertEquals(expected[4], fortran.get(1, 1));
      assertEquals(expected[4], column.get(4, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (2, 3), 'descr': '|i1', 'fortran_order': False}",
        "{\"descr\":\"|i1\",\"fortran_order\":False,\"shape\":(2,3)}",
        "  { 'descr' : '<i1' ,\n'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }  ",
      })
  void dictionariesAreReadInEveryVersion(String dictionary) throws IOException {
    for (int version = 1; version <= 3; version++) {
      FloatMatrix x = inputs(Content.npy(version, dictionary, SIX));
      assertArrayEquals(new float[] {0, 1, 127, -128, -1, 5}, x.array());
      assertEquals(2, x.rows());
    }
  }

  @Test
  void aDataSetHasInputsAndLabels() throws IOException {
    byte[] numbers = Content.floats(LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6);
    Path y =
        file(
            "y.npy", Content.npy("<i8", false, "(3,)", Content.numbers(LITTLE_ENDIAN, 8, 1, 0, 3)));
    Path c = file("c.npy", Content.npy("<f4", false, "(3, 2)", numbers));
    Path fortran = file("f.npy", Content.npy("<f4", true, "(3, 2)", numbers));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Npy.read(c, y).inputs().array());
    Dataset data = Npy.read(fortran, y);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, data.inputs().array());
    assertArrayEquals(new int[] {1, 0, 3}, data.labels().array());
    assertEquals(List.of("0", "1", "2", "3"), data.classes());
    List<String> names = List.of("a", "b", "c", "d", "e");
    assertEquals(names, Npy.read(c, y, names).classes());
    Refusal.assertRefused(
        y,
        ", byte 144: label 3; expected a class from 0 to 2",
        f -> Npy.read(c, f, List.of("a", "b", "c")));
    Refusal.assertRefused(
        file("z.npy", Content.npy("|u1", false, "(2,)", new byte[2])),
        ", header: 2 labels; expected 3, one for each sample in " + c,
        f -> Npy.read(c, f));
  }

  @Test
  void labelsAreIntegers() throws IOException {
    byte[] content =
        Content.npy(">u2", false, "(4,)", Content.numbers(BIG_ENDIAN, 2, 65535, 0, 7, 7));
    assertArrayEquals(new int[] {65535, 0, 7, 7}, Npy.readLabels(file("y.npy", content)).array());
    assertArrayEquals(
        new int[] {1, 0},
        Npy.readLabels(file("y.npy", Content.npy("|b1", true, "(2,)", new byte[] {3, 0}))).array());
  }
}
