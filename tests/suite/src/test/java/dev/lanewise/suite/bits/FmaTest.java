package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.fail;

import dev.lanewise.kernels.internal.Fma;
import dev.lanewise.testkit.operand.Mix;
import org.junit.jupiter.api.Test;

/** The fused multiply-add through double against {@code Math.fma}. */
@EveryFork
class FmaTest {
  private static final int RANDOM = Scale.of(2_000_000, 50_000);

  private static final float[] SPECIAL = {
    0f,
    1f,
    1 + 0x1p-23f,
    1 - 0x1p-24f,
    3f,
    0x1p-12f + 0x1p-24f,
    4097f,
    0x1p24f,
    0x1p-24f,
    1e30f,
    1e-30f,
    Float.MIN_VALUE,
    3 * Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MIN_NORMAL - Float.MIN_VALUE,
    0x1p-75f,
    0x1.8p-75f,
    Float.MAX_VALUE,
    0x1p127f,
    0x1p64f,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  @Test
  void specialOperands() {
    int n = SPECIAL.length;
    for (int i = 0; i < 8 * n * n * n; i++) {
      int rest = i / 8;
      float a = signed(SPECIAL[rest % n], i & 1);
      float b = signed(SPECIAL[rest / n % n], i & 2);
      check(a, b, signed(SPECIAL[rest / n / n], i & 4));
    }
  }

  private static float signed(float x, int negative) {
    return negative == 0 ? x : -x;
  }

  @Test
  void operandsOfAnyBits() {
    Mix mix = new Mix(1);
    for (int i = 0; i < RANDOM; i++) {
      check(anyBits(mix), anyBits(mix), anyBits(mix));
    }
  }

  private static float anyBits(Mix mix) {
    return Float.intBitsToFloat((int) mix.next());
  }

  /** The addend lies around minus the product or around half of its last bit. */
  @Test
  void cancellationsAndHalves() {
    Mix mix = new Mix(2);
    for (int i = 0; i < RANDOM; i++) {
      float a = Math.scalb(mix.unit(), mix.below(120) - 60);
      float b = Math.scalb(mix.unit(), mix.below(120) - 60);
      float near = -(a * b);
      check(a, b, Float.intBitsToFloat(Float.floatToRawIntBits(near) + mix.below(5) - 2));
      check(a, b, Math.scalb(near, mix.below(60) - 30));
    }
  }

  /** Few bits in each operand: sums that lie exactly between two floats are frequent. */
  @Test
  void exactHalves() {
    Mix mix = new Mix(3);
    for (int i = 0; i < RANDOM; i++) {
      float a = 1 + mix.below(4096) * 0x1p-12f;
      float b = 1 + mix.below(4096) * 0x1p-12f;
      float c = Math.scalb(mix.below(16) - 8f, mix.below(60) - 30);
      int exponent = mix.below(2) == 0 ? 0 : -140;
      check(Math.scalb(a, exponent / 2), Math.scalb(b, exponent / 2), Math.scalb(c, exponent));
    }
  }

  private static void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float actual = Fma.throughDouble(a, b, c);
    if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
      fail("fma(%a, %a, %a) is %a, through double %a".formatted(a, b, c, expected, actual));
    }
  }
}
