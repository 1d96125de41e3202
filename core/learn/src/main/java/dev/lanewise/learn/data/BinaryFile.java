package dev.lanewise.learn.data;

import dev.lanewise.learn.internal.Checks;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file from front to back, unpacked where it is gzipped. */
final class BinaryFile implements Position, Closeable {
  private static final int BUFFER = 1 << 16;

  /** Bytes that one byte of deflated data stands for at most (zlib's technical notes). */
  private static final int EXPANSION = 1032;

  private final Path file;
  private final InputStream bytes;
  private final boolean gzipped;

  /** The size of the file as it lies on disk. */
  private final long size;

  private long offset;

  private BinaryFile(Path file, InputStream bytes, boolean gzipped, long size) {
    this.file = file;
    this.bytes = bytes;
    this.gzipped = gzipped;
    this.size = size;
  }

  /** A file as it is. */
  static BinaryFile open(Path file) throws IOException {
    long size = Files.size(Checks.notNull("samples", "file", file));
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    return new BinaryFile(file, bytes, false, size);
  }

  /** A file as it is, or the content of a gzipped one, which begins with the bytes 1f 8b. */
  static BinaryFile openUnpacked(Path file) throws IOException {
    BinaryFile plain = open(file);
    try {
      plain.bytes.mark(2);
      boolean gzipped = plain.bytes.read() == 0x1f && plain.bytes.read() == 0x8b;
      plain.bytes.reset();
      return gzipped ? plain.unpacked() : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private BinaryFile unpacked() throws IOException {
    try {
      return new BinaryFile(file, new GZIPInputStream(bytes, BUFFER), true, size);
    } catch (EOFException | ZipException e) {
      throw new DataException(file + ", byte 0", message(e), "a gzip header", e);
    }
  }

  /** Where the next byte lies. */
  long offset() {
    return offset;
  }

  /** The next byte, without a sign. */
  int next(String expected) throws IOException {
    byte[] one = new byte[1];
    read(one, 1, expected);
    return Byte.toUnsignedInt(one[0]);
  }

  /** The next bytes, to the beginning of an array. */
  void read(byte[] to, int length, String expected) throws IOException {
    int count = unpack(to, length);
    offset += count;
    if (count < length) {
      throw error("the file ends", expected);
    }
  }

  private int unpack(byte[] to, int length) throws IOException {
    try {
      return bytes.readNBytes(to, 0, length);
    } catch (EOFException | ZipException e) {
      throw new DataException(place(offset), message(e), "gzipped data", e);
    }
  }

  /**
   * Refuses a file that cannot have so many bytes from here to its end, before anything is
   * allocated for them.
   */
  void expectRest(long length, String what) throws DataException {
    long end = offset + length;
    if (gzipped) {
      if (end / EXPANSION > size) {
        throw error(
            "%s in %d bytes are claimed".formatted(what, length),
            "at most %d bytes for each of the %d in the gzipped file".formatted(EXPANSION, size));
      }
    } else if (size < end) {
      throw errorAt(size, "the file ends", "%d bytes: %s end there".formatted(end, what));
    } else if (size > end) {
      throw trailing(end, "%d bytes follow".formatted(size - end));
    }
  }

  /** Refuses bytes behind the data, and unpacks to the checksum that ends a gzipped file. */
  void expectEnd() throws IOException {
    if (unpack(new byte[1], 1) > 0) {
      throw trailing(offset, "bytes follow");
    }
  }

  private DataException trailing(long at, String found) {
    return errorAt(at, found, "the end of the file, as the data end here");
  }

  @Override
  public DataException error(String found, String expected) {
    return errorAt(offset, found, expected);
  }

  DataException errorAt(long at, String found, String expected) {
    return new DataException(place(at), found, expected);
  }

  private String place(long at) {
    return "%s, byte %d%s".formatted(file, at, gzipped ? " of the unpacked content" : "");
  }

  private static String message(IOException e) {
    return "gzip: " + (e.getMessage() == null ? "the file ends" : e.getMessage());
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
