package dev.lanewise.learn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an NPY file says of its numbers: behind the bytes 93 "NUMPY", two bytes of version and the
 * length of the rest, a Python dictionary such as {@code {'descr': '<f4', 'fortran_order': False,
 * 'shape': (3, 4), }}.
 */
record NpyHeader(NumberType type, ByteOrder order, boolean fortran, int[] shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself refuses more than 10000 bytes unless it is asked to trust the file. */
  private static final int LONGEST = 1 << 16;

  /** Reads to where the numbers begin. */
  static NpyHeader read(BinaryFile bytes) throws IOException {
    for (byte expected : MAGIC) {
      int found = bytes.next("the bytes 93 \"NUMPY\" that begin an NPY file");
      if ((byte) found != expected) {
        throw bytes.errorAt(
            bytes.offset() - 1,
            "%02X".formatted(found),
            "%02X of the bytes 93 \"NUMPY\" that begin an NPY file".formatted(expected));
      }
    }
    int major = bytes.next("a version");
    int minor = bytes.next("a version");
    if (major < 1 || major > 3 || minor != 0) {
      throw bytes.errorAt(MAGIC.length, "version %d.%d".formatted(major, minor), "1.0, 2.0 or 3.0");
    }
    byte[] width = new byte[Integer.BYTES];
    bytes.read(width, major == 1 ? Short.BYTES : Integer.BYTES, "the header's length");
    int length = ByteBuffer.wrap(width).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > LONGEST) {
      throw bytes.errorAt(
          MAGIC.length + 2,
          "a header of %s bytes".formatted(Integer.toUnsignedString(length)),
          "at most " + LONGEST);
    }
    long start = bytes.offset();
    byte[] text = new byte[length];
    bytes.read(text, length, "a header of %d bytes".formatted(length));
    // All that is valid is ASCII, so that the encoding, which differs between versions, is not
    // asked.
    return new NpyDictionary(bytes, start, new String(text, ISO_8859_1)).parse();
  }
}
