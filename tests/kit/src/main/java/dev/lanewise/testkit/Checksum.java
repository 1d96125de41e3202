package dev.lanewise.testkit;

import dev.lanewise.testkit.internal.Checks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C over the {@code floatToIntBits} of {@code float}s, little-endian, in index order: two
 * results with one checksum have, for all that tests can tell, the same bits.
 *
 * <p>Source: RFC 3720 defines the CRC. {@code floatToIntBits} makes all NaNs one.
 */
public final class Checksum {
  private static final String NAME = "Checksum";
  private static final int FLOATS_PER_UPDATE = 2048;

  private Checksum() {}

  /**
   * The checksum of one array, or of several as if they were one after the other.
   *
   * @param arrays the values
   * @return the checksum; 0 for no value at all
   */
  public static int of(float[]... arrays) {
    Checks.notNull(NAME, "arrays", arrays);
    for (int i = 0; i < arrays.length; i++) {
      Checks.notNull(NAME, "array " + i, arrays[i]);
    }
    CRC32C crc = new CRC32C();
    ByteBuffer bytes =
        ByteBuffer.allocate(FLOATS_PER_UPDATE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] array : arrays) {
      for (float value : array) {
        if (!bytes.hasRemaining()) {
          crc.update(bytes.flip());
          bytes.clear();
        }
        bytes.putInt(Float.floatToIntBits(value));
      }
    }
    crc.update(bytes.flip());
    return (int) crc.getValue();
  }

  /**
   * A checksum as it is printed.
   *
   * @param checksum any checksum
   * @return eight lower-case hexadecimal digits
   */
  public static String hex(int checksum) {
    return HexFormat.of().toHexDigits(checksum);
  }
}
