package dev.lanewise.suite.learn.data;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lanewise.learn.data.Npy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NPY files that are refused, with the byte, what is there and what was expected. */
class NpyRefusalTest {
  private static final byte[] SIX = {0, 1, 2, 3, 4, 5};
  private static final String KEYS = "expected the keys 'descr', 'fortran_order' and 'shape'";
  private static final String TYPES =
      "expected f4 or f8, i1, i2, i4 or i8, u1, u2 or u4, with < or > before it, or |i1, |u1 or"
          + " |b1";

  @TempDir private Path folder;

  private void assertRefused(String message, byte[] content) throws IOException {
    Refusal.assertRefused(folder.resolve("x.npy"), content, message, Npy::readInputs);
  }

  private void assertHeaderRefused(String message, String dictionary) throws IOException {
    assertRefused(message, Content.npy(1, dictionary, SIX));
  }

  private void assertShapeRefused(String message, String shape) throws IOException {
    // The shape begins at byte 10 + 50.
    assertRefused(message, Content.npy("|i1", false, shape, SIX));
  }

  @Test
  void filesOfAnotherKind() throws IOException {
    assertRefused(
        ", byte 0: the file ends; expected the bytes 93 \"NUMPY\" that begin an NPY file",
        new byte[0]);
    assertRefused(
        ", byte 0: 50; expected 93 of the bytes 93 \"NUMPY\" that begin an NPY file",
        new byte[] {'P', 'K', 3, 4});
    byte[] whole = Content.npy("|i1", false, "(6,)", SIX);
    whole[5] = 'y';
    assertRefused(
        ", byte 5: 79; expected 59 of the bytes 93 \"NUMPY\" that begin an NPY file", whole);
  }

  @Test
  void versions() throws IOException {
    byte[] whole = Content.npy("|i1", false, "(6,)", SIX);
    whole[6] = 4;
    assertRefused(", byte 6: version 4.0; expected 1.0, 2.0 or 3.0", whole);
    whole[6] = 0;
    assertRefused(", byte 6: version 0.0; expected 1.0, 2.0 or 3.0", whole);
    whole[6] = 1;
    whole[7] = 1;
    assertRefused(", byte 6: version 1.1; expected 1.0, 2.0 or 3.0", whole);
  }

  @Test
  void theHeadersLength() throws IOException {
    byte[] whole = Content.npy(2, "{'descr': '|i1', 'fortran_order': False, 'shape': (6,)}", SIX);
    assertRefused(", byte 134: the file ends; expected a header of 372 bytes", header(whole, 372));
    assertRefused(
        ", byte 8: a header of 65537 bytes; expected at most 65536", header(whole, 65537));
    assertRefused(
        ", byte 8: a header of 4294967295 bytes; expected at most 65536", header(whole, -1));
    assertRefused(", byte 10: the file ends; expected the header's length", Content.cut(whole, 10));
    assertRefused(", byte 7: the file ends; expected a version", Content.cut(whole, 7));
  }

  private static byte[] header(byte[] content, int length) {
    byte[] changed = content.clone();
    System.arraycopy(Content.numbers(LITTLE_ENDIAN, 4, length), 0, changed, 8, 4);
    return changed;
  }

  @Test
  void dictionaries() throws IOException {
    assertHeaderRefused(", byte 10: \"[]\"; expected {", "[]");
    assertHeaderRefused(", byte 12: the end of the dictionary; " + KEYS, "{}");
    assertHeaderRefused(
        ", byte 11: \"name\"; " + KEYS, "{'name': '|i1', 'fortran_order': False, 'shape': (6,)}");
    assertHeaderRefused(
        ", byte 26: 'descr' again; expected each key once", "{'descr': '|i1'," + "'descr': '|i1'}");
    assertHeaderRefused(
        ", byte 51: the end of the dictionary; " + KEYS,
        "{'descr': '|i1', 'fortran_order': False }");
    assertHeaderRefused(", byte 34: \"1}\"; expected True or False", "{'fortran_order':       1}");
    assertHeaderRefused(", byte 11: \"'descr }\"; expected a text in quotes", "{'descr }");
    assertHeaderRefused(", byte 11: \"descr:1}\"; expected a text in quotes", "{descr:1}");
    assertHeaderRefused(", byte 18: \"'|i1'}\"; expected :", "{'descr''|i1'}");
    assertHeaderRefused(
        ", byte 26: \"'shape': (6,)}\"; expected }", "{'descr': '|i1' 'shape': (6,)}");
    assertHeaderRefused(
        ", byte 65: \"{}\"; expected the end of the header",
        "{'descr':'|i1','fortran_order':False,'shape':(6,)}     {}");
  }

  @Test
  void types() throws IOException {
    for (String type :
        new String[] {"<f2", "<c8", "<U3", "|O", "<u8", "=i4", "|i4", "|f4", "i1", "f4", "", "<"}) {
      assertHeaderRefused(
          ", byte 20: \"%s\"; ".formatted(type) + TYPES,
          "{'descr': '%s', 'fortran_order': False, 'shape': (6,)}".formatted(type));
    }
    assertHeaderRefused(
        ", byte 20: \"[('a', '<f4')], 'fortran_order': False, …\"; expected a text in quotes",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,)}");
  }

  @Test
  void shapes() throws IOException {
    String extents = "expected 1 or 2";
    assertShapeRefused(", byte 60: a shape without extents; " + extents, "()");
    assertShapeRefused(", byte 60: a shape of more than 2 extents; " + extents, "(1, 2, 3)");
    assertShapeRefused(
        ", byte 60: a number in parentheses; expected a shape such as (3,) or (3, 4)", "(6)");
    assertShapeRefused(", byte 64: extent \"0\"; expected 1 to 2147483647", "(6, 0)");
    assertShapeRefused(
        ", byte 61: extent \"2147483648\"; expected 1 to 2147483647", "(2147483648,)");
    assertShapeRefused(
        ", byte 61: extent \"1000000000000000000000000\"; expected 1 to 2147483647",
        "(1000000000000000000000000, 1)");
    assertShapeRefused(", byte 61: \"-6,), }\"; expected an extent", "(-6,)");
    assertShapeRefused(", byte 62: \"L,), }\"; expected a comma or )", "(6L,)");
    assertShapeRefused(", byte 61: \",), }\"; expected an extent", "(,)");
  }

  @Test
  void numbers() throws IOException {
    byte[] whole = Content.npy("<i2", false, "(3,)", SIX);
    assertRefused(
        ", byte 133: the file ends; expected 134 bytes: 3 16-bit integers end there",
        Content.cut(whole, 133));
    assertRefused(
        ", byte 134: 1 bytes follow; expected the end of the file, as the data end here",
        Content.cut(whole, 135));
    assertRefused(
        ", byte 132: Infinity; expected a finite number in the range of float",
        Content.npy(
            "<f4", true, "(1, 2)", Content.floats(LITTLE_ENDIAN, 1, Float.POSITIVE_INFINITY)));
    assertRefused(
        ", byte 128: Infinity; expected a finite number in the range of float",
        Content.npy("<f8", false, "(1,)", Content.doubles(LITTLE_ENDIAN, 1e300)));
  }

  @Test
  void labels() throws IOException {
    Path file = folder.resolve("y.npy");
    Refusal.assertRefused(
        file,
        Content.npy("|u1", false, "(2, 3)", SIX),
        ", byte 0: an array of unsigned bytes of rank 2; expected labels: integers of rank 1",
        Npy::readLabels);
    Refusal.assertRefused(
        file,
        Content.npy("<f4", false, "(1,)", Content.floats(LITTLE_ENDIAN, 1)),
        ", byte 0: an array of floats of rank 1; expected labels: integers of rank 1",
        Npy::readLabels);
    Refusal.assertRefused(
        file,
        Content.npy("<i8", false, "(2,)", Content.numbers(LITTLE_ENDIAN, 8, 1, 1L << 32)),
        ", byte 136: label 4294967296; expected a class from 0 to 65535",
        Npy::readLabels);
  }
}
