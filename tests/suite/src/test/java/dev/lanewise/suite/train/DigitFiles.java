package dev.lanewise.suite.train;

import dev.lanewise.bench.example.Digits;
import dev.lanewise.bench.example.StrokeDigits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Drawn digits in files of each kind. */
record DigitFiles(Digits digits) {
  static DigitFiles draw(int first, int count) {
    return new DigitFiles(StrokeDigits.draw(1, first, count));
  }

  /** The pixels, then the digit behind a prefix. */
  Path csv(Path file, String prefix) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.count(); i++) {
      for (int j = 0; j < Digits.PIXELS; j++) {
        text.append(digits.images().get(i, j)).append(',');
      }
      text.append(prefix).append(digits.labels()[i]).append('\n');
    }
    return Files.writeString(file, text);
  }

  Path csv(Path file) throws IOException {
    return csv(file, "");
  }

  /** Floats, so that they are those of the CSV file. */
  Path gzippedImages(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x0d03);
    out.writeInt(digits.count());
    out.writeInt(Digits.SIDE);
    out.writeInt(Digits.SIDE);
    for (int i = 0; i < digits.count(); i++) {
      for (int j = 0; j < Digits.PIXELS; j++) {
        out.writeFloat(digits.images().get(i, j));
      }
    }
    return zip(file, bytes.toByteArray());
  }

  Path gzippedLabels(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x0801);
    out.writeInt(digits.count());
    for (int label : digits.labels()) {
      out.writeByte(label);
    }
    return zip(file, bytes.toByteArray());
  }

  private static Path zip(Path file, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }

  Path npyImages(Path file) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate(digits.count() * Digits.PIXELS * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < digits.count(); i++) {
      for (int j = 0; j < Digits.PIXELS; j++) {
        data.putFloat(digits.images().get(i, j));
      }
    }
    return npy(file, "<f4", "(%d, %d)".formatted(digits.count(), Digits.PIXELS), data.array());
  }

  Path npyLabels(Path file) throws IOException {
    byte[] data = new byte[digits.count()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) digits.labels()[i];
    }
    return npy(file, "|u1", "(%d,)".formatted(digits.count()), data);
  }

  private static Path npy(Path file, String type, String shape, byte[] data) throws IOException {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    header += " ".repeat(127 - 10 - header.length()) + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.writeBytes(new byte[] {(byte) header.length(), 0});
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(data);
    return Files.write(file, bytes.toByteArray());
  }
}
