package dev.lanewise.bench.train;

import dev.lanewise.learn.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What a file of samples is, told by its first bytes, whatever its name. */
public enum FileKind {
  /** Text: whatever is none of the others. */
  CSV,

  /** Bytes 0, 0 and a type, as they are or gzipped. */
  IDX,

  /** Byte 0x93, then NUMPY. */
  NPY;

  private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The types of numbers in IDX. */
  private static final int LEAST_TYPE = 0x08;

  private static final int LARGEST_TYPE = 0x0e;

  static FileKind of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(NUMPY.length);
      byte[] first = in.readNBytes(NUMPY.length);
      if (Arrays.equals(first, NUMPY)) {
        return NPY;
      }
      if (first.length < 2 || first[0] != 0x1f || first[1] != (byte) 0x8b) {
        return isIdx(first) ? IDX : CSV;
      }
      in.reset();
      if (isIdx(unpacked(in))) {
        return IDX;
      }
      throw new DataException(
          file + " is a gzipped file of something else than IDX; CSV and NPY are read unpacked");
    }
  }

  private static boolean isIdx(byte[] first) {
    return first.length > 2
        && first[0] == 0
        && first[1] == 0
        && first[2] >= LEAST_TYPE
        && first[2] <= LARGEST_TYPE;
  }

  private static byte[] unpacked(InputStream in) throws IOException {
    try (GZIPInputStream content = new GZIPInputStream(in)) {
      return content.readNBytes(NUMPY.length);
    } catch (EOFException | ZipException e) {
      return new byte[0];
    }
  }
}
