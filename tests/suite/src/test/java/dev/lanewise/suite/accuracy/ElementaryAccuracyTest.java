package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.ElementaryOracle;
import org.junit.jupiter.api.Test;

/**
 * The elementary functions over every {@value #STRIDE}th float, and over every subnormal result.
 *
 * <p>The worst of all 2^32 floats, which {@link ElementarySweepTest} goes through: exp 0.9901 ulps
 * at -5.8644652, log 0.8670 ulps at 1.4067304; both are monotone over all of them.
 */
class ElementaryAccuracyTest {
  private static final int STRIDE = 4099;
  private static final int COUNT = (int) ((1L << 32) / STRIDE);
  private static final double EXP_ULPS = 1;
  private static final double LOG_ULPS = 1;

  /** Bits of -87.3 and -104: between them e^x is subnormal. */
  private static final int SUBNORMAL_FROM = 0xc2ae999a;

  private static final int SUBNORMAL_TO = 0xc2d00000;

  private static float sample(int i) {
    return Float.intBitsToFloat((int) ((long) i * STRIDE));
  }

  @Test
  void exp() {
    float[] actual = new float[COUNT];
    double[] expected = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      actual[i] = ScalarMath.exp(sample(i));
      expected[i] = ElementaryOracle.exp(sample(i));
    }
    checkAndPrint("exp", actual, expected, EXP_ULPS);
  }

  @Test
  void expAtTheWorstFloats() {
    float[] worst = {-5.8644652f, 26.690403f, -59.949638f, 5.1993356f, -88.02577f};
    float[] actual = new float[worst.length];
    double[] expected = new double[worst.length];
    for (int i = 0; i < worst.length; i++) {
      actual[i] = ScalarMath.exp(worst[i]);
      expected[i] = ElementaryOracle.exp(worst[i]);
    }
    checkAndPrint("exp at its worst", actual, expected, EXP_ULPS);
  }

  @Test
  void expWhereTheResultIsSubnormal() {
    int count = SUBNORMAL_TO - SUBNORMAL_FROM + 1;
    float[] actual = new float[count];
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      float x = Float.intBitsToFloat(SUBNORMAL_FROM + i);
      actual[i] = ScalarMath.exp(x);
      expected[i] = ElementaryOracle.exp(x);
    }
    checkAndPrint("exp, subnormal results", actual, expected, 1);
  }

  @Test
  void log() {
    float[] actual = new float[COUNT];
    double[] expected = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      actual[i] = ScalarMath.log(sample(i));
      expected[i] = ElementaryOracle.log(sample(i));
    }
    checkAndPrint("log", actual, expected, LOG_ULPS);
  }

  /**
   * Between neighbouring floats where x = n·ln 2 + r goes from one n to the next; elsewhere r
   * grows.
   */
  @Test
  void expIsMonotoneWhereItsReductionSteps() {
    for (int n = -150; n < 128; n++) {
      float x = (float) ((n + 0.5) * Math.log(2));
      x -= 2048 * Math.ulp(x);
      for (int i = 0; i < 4096; i++) {
        float next = Math.nextUp(x);
        float there = x;
        assertTrue(ScalarMath.exp(next) >= ScalarMath.exp(x), () -> "above " + there);
        x = next;
      }
    }
  }

  private static void checkAndPrint(String name, float[] actual, double[] expected, double figure) {
    Accuracy accuracy = new Accuracy(name);
    accuracy.check(actual, expected, Bound.ulps(figure), "by index of the sample");
    System.out.println(accuracy);
  }

  @Test
  void specialValuesOfExp() {
    assertEquals(1f, ScalarMath.exp(0f));
    assertEquals(1f, ScalarMath.exp(-0f));
    assertEquals(1f, ScalarMath.exp(Float.MIN_VALUE));
    assertEquals(0f, ScalarMath.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0f, ScalarMath.exp(-Float.MAX_VALUE));
    assertEquals(Float.MIN_VALUE, ScalarMath.exp(-103.9f));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Float.MAX_VALUE));
    assertTrue(Float.isFinite(ScalarMath.exp(88.72283f)));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(88.72284f));
  }

  @Test
  void specialValuesOfLog() {
    assertEquals(0f, ScalarMath.log(1f));
    assertEquals(Float.NEGATIVE_INFINITY, ScalarMath.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, ScalarMath.log(-0f));
    assertTrue(Float.isNaN(ScalarMath.log(-Float.MIN_VALUE)));
    assertTrue(Float.isNaN(ScalarMath.log(Float.NEGATIVE_INFINITY)));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.log(Float.POSITIVE_INFINITY));
    assertEquals(-103.27893f, ScalarMath.log(Float.MIN_VALUE), Math.ulp(103f));
    assertEquals(88.72284f, ScalarMath.log(Float.MAX_VALUE), Math.ulp(88f));
  }

  /** Whatever its sign and payload. */
  @Test
  void nanGivesNan() {
    for (int payload = 1; payload <= 0x7fffff; payload += 61) {
      for (int infinity : new int[] {0x7f800000, 0xff800000}) {
        float nan = Float.intBitsToFloat(infinity | payload);
        assertTrue(Float.isNaN(ScalarMath.exp(nan)), () -> "exp " + hex(nan));
        assertTrue(Float.isNaN(ScalarMath.log(nan)), () -> "log " + hex(nan));
      }
    }
  }

  private static String hex(float x) {
    return Integer.toHexString(Float.floatToRawIntBits(x));
  }
}
