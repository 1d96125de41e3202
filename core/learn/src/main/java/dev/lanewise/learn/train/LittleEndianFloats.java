package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Floats as files hold them: four bytes each, the lowest first, every bit as it is. */
final class LittleEndianFloats {
  /** Large enough that the system calls do not count. */
  private static final int BUFFER_BYTES = 1 << 16;

  private LittleEndianFloats() {}

  private static ByteBuffer buffer(long elements) {
    int bytes = (int) Math.min(BUFFER_BYTES, elements * Float.BYTES);
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the elements row by row. */
  static void write(OutputStream out, FloatMatrix x) throws IOException {
    if (x.columns() == 0) {
      return;
    }
    ByteBuffer buffer = buffer((long) x.rows() * x.columns());
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); ) {
        if (!buffer.hasRemaining()) {
          drain(buffer, out);
        }
        int count = Math.min(x.columns() - j, buffer.remaining() / Float.BYTES);
        put(x, i, j, count, buffer);
        j += count;
      }
    }
    drain(buffer, out);
  }

  private static void put(FloatMatrix x, int row, int column, int count, ByteBuffer buffer) {
    int first = x.offset() + row * x.rowStride() + column * x.columnStride();
    if (x.columnStride() == 1) {
      buffer.asFloatBuffer().put(x.array(), first, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      return;
    }
    for (int k = 0; k < count; k++) {
      buffer.putFloat(x.array()[first + k * x.columnStride()]);
    }
  }

  private static void drain(ByteBuffer buffer, OutputStream out) throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** Fills an array. */
  static void read(RandomAccessFile in, float[] target) throws IOException {
    ByteBuffer buffer = buffer(target.length);
    FloatBuffer floats = buffer.asFloatBuffer();
    for (int at = 0; at < target.length; ) {
      int count = Math.min(target.length - at, floats.capacity());
      in.readFully(buffer.array(), 0, count * Float.BYTES);
      floats.get(0, target, at, count);
      at += count;
    }
  }
}
