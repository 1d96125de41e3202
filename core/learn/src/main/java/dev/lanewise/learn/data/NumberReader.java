package dev.lanewise.learn.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The numbers that fill a binary file from where its header ends. */
final class NumberReader {
  /** A multiple of every type's size. */
  private static final int CHUNK = 1 << 13;

  private final BinaryFile file;
  private final NumberType type;
  private final int count;
  private final ByteBuffer chunk;

  /** Where the numbers end in the file. */
  private final long end;

  /** Bytes that are not in the chunk yet. */
  private long waiting;

  /**
   * Checks that the rest of the file can be so many numbers, and an array can hold them.
   *
   * @param shape the extents, each at least 1
   */
  NumberReader(BinaryFile file, NumberType type, ByteOrder order, int[] shape) throws IOException {
    this.file = file;
    this.type = type;
    String what = described(shape) + " " + type.plural;
    long product = 1;
    for (int extent : shape) {
      product *= extent;
      if (product > Capacity.LARGEST) {
        throw file.error(
            what, "at most " + Capacity.LARGEST + " numbers, which is what an array can hold");
      }
    }
    count = (int) product;
    waiting = product * type.size;
    end = file.offset() + waiting;
    file.expectRest(waiting, what);
    chunk = ByteBuffer.allocate(CHUNK).order(order).limit(0);
  }

  private static String described(int[] shape) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shape.length && i < 4; i++) {
      text.append(i == 0 ? "" : "×").append(shape[i]);
    }
    return text.append(shape.length > 4 ? "×…" : "").toString();
  }

  float[] floats() throws IOException {
    float[] values = Capacity.resized(new float[0], count, file);
    for (int i = 0; i < count; i++) {
      fill();
      values[i] = type.nextFloat(chunk);
      if (!Float.isFinite(values[i])) {
        throw before(Float.toString(values[i]), "a finite number in the range of float");
      }
    }
    file.expectEnd();
    return values;
  }

  /** Numbers from 0 to classes - 1. */
  int[] labels(int classes) throws IOException {
    int[] values = Capacity.resized(new int[0], count, file);
    for (int i = 0; i < count; i++) {
      fill();
      long label = type.nextInteger(chunk);
      if (label < 0 || label >= classes) {
        throw before("label " + label, "a class from 0 to " + (classes - 1));
      }
      values[i] = (int) label;
    }
    file.expectEnd();
    return values;
  }

  private void fill() throws IOException {
    if (!chunk.hasRemaining()) {
      int length = (int) Math.min(waiting, CHUNK);
      file.read(chunk.array(), length, end + " bytes");
      waiting -= length;
      chunk.position(0).limit(length);
    }
  }

  /** An error at the number that was read last. */
  private DataException before(String found, String expected) {
    return file.errorAt(file.offset() - chunk.remaining() - type.size, found, expected);
  }
}
