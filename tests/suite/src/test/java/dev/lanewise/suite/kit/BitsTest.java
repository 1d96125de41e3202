package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.Ulp;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** {@link Bits}, {@link Checksum} and {@link Ulp}. */
class BitsTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void allNansAreOne() {
    float[] one = {Float.intBitsToFloat(0x7fc00001), 1};
    float[] other = {Float.intBitsToFloat(0xffc12345), 1};
    Bits.assertEqual("b", one, other, "seed=5");
    assertEquals(Checksum.of(one), Checksum.of(other));
  }

  @Test
  void zerosDiffer() {
    float[] minus = {1, -0f};
    float[] plus = {1, 0f};
    String message =
        assertThrows(AssertionError.class, () -> Bits.assertEqual("b", minus, plus, "seed=5"))
            .getMessage();
    assertEquals(
        "b: bits differ in 1 of 2 elements (length 2), first at index 1: expected 0.0"
            + " (0x00000000), actual -0.0 (0x80000000), 0.000 ulps; seed=5",
        message);
    assertNotEquals(Checksum.of(minus), Checksum.of(plus));
  }

  @Test
  void matricesOfDifferentLayouts() {
    Elements rows = Elements.dense(new float[] {1, 2, 3, 4}, 2);
    Bits.assertEqual("b", 2, 2, rows, (i, j) -> 2 * i + j + 1, "seed=5");
    String message =
        assertThrows(
                AssertionError.class,
                () -> Bits.assertEqual("b", 2, 2, rows, (i, j) -> i + 2 * j + 1, "seed=5"))
            .getMessage();
    assertEquals(
        "b: bits differ in 2 of 4 elements (2×2), first at row 0, column 1: expected 3.0"
            + " (0x40400000), actual 2.0 (0x40000000), 4.194e+06 ulps; seed=5",
        message);
    assertThrows(
        IllegalArgumentException.class, () -> Bits.assertEqual("b", -1, 2, rows, rows, "seed=5"));
  }

  @Test
  void lengthsDiffer() {
    assertThrows(
        AssertionError.class, () -> Bits.assertEqual("b", new float[2], new float[3], "seed=5"));
  }

  /** RFC 3720, appendix B.4: 32 bytes of zeros give aa 36 91 8a. */
  @Test
  void checksumOfTheStandardsVector() {
    assertEquals("8a9136aa", Checksum.hex(Checksum.of(new float[8])));
  }

  /** The same vectors' 32 bytes 00 01 02 ... 1f give 4e 79 dd 46. */
  @Test
  void checksumIsLittleEndian() {
    float[] increasing = new float[8];
    for (int i = 0; i < increasing.length; i++) {
      increasing[i] = Float.intBitsToFloat(0x03020100 + i * 0x04040404);
    }
    assertEquals("46dd794e", Checksum.hex(Checksum.of(increasing)));
  }

  @Test
  void checksumRunsOnOverArrays() {
    float[] x = new float[5000];
    CRC32C crc = new CRC32C();
    for (int i = 0; i < x.length; i++) {
      x[i] = 1f / (i + 1);
      int bits = Float.floatToIntBits(x[i]);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift);
      }
    }
    assertEquals((int) crc.getValue(), Checksum.of(x));
    float[] head = Arrays.copyOf(x, 100);
    float[] tail = Arrays.copyOfRange(x, 100, x.length);
    assertEquals(Checksum.of(x), Checksum.of(head, tail));
    assertNotEquals(Checksum.of(x), Checksum.of(tail, head));
    assertEquals(0, Checksum.of());
    assertEquals("0000000a", Checksum.hex(10));
  }

  @Test
  void ulpDistances() {
    assertEquals(0, Ulp.distance(1, 1));
    assertEquals(1, Ulp.distance(Math.nextUp(1f), 1));
    assertEquals(0.25, Ulp.distance(1, 1 + 0.25 * Math.ulp(1f)));
    assertEquals(0, Ulp.distance(-0f, 0));
    assertEquals(1, Ulp.distance(Float.MIN_VALUE, 0));
    assertEquals(0.5, Ulp.distance(0, 0.5 * Float.MIN_VALUE));
  }

  @Test
  void ulpDistancesOfSpecialValues() {
    assertEquals(0, Ulp.distance(Float.NaN, Double.NaN));
    assertEquals(INFINITY, Ulp.distance(Float.NaN, 1));
    assertEquals(INFINITY, Ulp.distance(1, Double.NaN));
    assertEquals(0, Ulp.distance(INFINITY, 1e39));
    assertEquals(INFINITY, Ulp.distance(3, INFINITY));
    assertEquals(INFINITY, Ulp.distance(-INFINITY, INFINITY));
    assertEquals(1, Ulp.distance(INFINITY, Float.MAX_VALUE));
    assertEquals(Math.ulp(Float.MAX_VALUE), Ulp.of(-INFINITY));
    assertEquals(Float.NaN, Ulp.of(Float.NaN));
  }
}
