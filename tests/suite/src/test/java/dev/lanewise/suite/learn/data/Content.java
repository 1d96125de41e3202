package dev.lanewise.suite.learn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** The bytes of files, as their formats are described elsewhere than in the readers. */
public final class Content {
  /** As NumPy aligns what follows the header. */
  private static final int ALIGNMENT = 64;

  private Content() {}

  public static byte[] idx(int type, int[] shape, byte[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + numbers.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
    for (int extent : shape) {
      bytes.putInt(extent);
    }
    return bytes.put(numbers).array();
  }

  public static byte[] npy(String descr, boolean fortran, String shape, byte[] numbers) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
            .formatted(descr, fortran ? "True" : "False", shape);
    return npy(1, dictionary, numbers);
  }

  public static byte[] npy(int major, String dictionary, byte[] numbers) {
    int start = major == 1 ? 10 : 12;
    int blanks = Math.floorMod(-(start + dictionary.length() + 1), ALIGNMENT);
    byte[] header = (dictionary + " ".repeat(blanks) + "\n").getBytes(ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(start + header.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(ISO_8859_1)).put((byte) major).put((byte) 0);
    if (major == 1) {
      bytes.putShort((short) header.length);
    } else {
      bytes.putInt(header.length);
    }
    return bytes.put(header).put(numbers).array();
  }

  /** The numbers of an array, where each is put by the buffer's own method. */
  public static byte[] numbers(ByteOrder order, int size, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
    for (double value : values) {
      switch (size) {
        case 1 -> bytes.put((byte) value);
        case 2 -> bytes.putShort((short) (int) value);
        case 4 -> bytes.putInt((int) (long) value);
        default -> bytes.putLong((long) value);
      }
    }
    return bytes.array();
  }

  public static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  static byte[] doubles(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** A file's first bytes. */
  static byte[] cut(byte[] content, int length) {
    return Arrays.copyOf(content, length);
  }
}
