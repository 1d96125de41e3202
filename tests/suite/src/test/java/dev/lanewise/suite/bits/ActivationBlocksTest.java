package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarActivation;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Activations of neighbouring floats against their definitions. Vector code decides for a block
 * whether all of it lies where a function is simple: blocks of random elements hardly ever reach
 * that range's ends without leaving it.
 */
@EveryFork
class ActivationBlocksTest {
  /** As many elements as vector code decides about at once. */
  private static final int BLOCK = 1024;

  /** Of the bits of 2^-12 and 2^8, between which every function has its bounds. */
  private static final int LEAST = Float.floatToRawIntBits(0x1p-12f);

  private static final int MOST = Float.floatToRawIntBits(0x1p8f);

  /** An eighth of a binade in a block: [80, 88) and [88, 96) are blocks of their own. */
  private static final int WIDTH = 1 << 20;

  private static final int SIGN = 1 << 31;

  @ParameterizedTest
  @EnumSource
  void neighbours(Function f) {
    for (int from = LEAST; from < MOST; from += Scale.of(1, 32) * WIDTH) {
      check(f, sample(from, WIDTH / BLOCK));
      check(f, sample(from | SIGN, WIDTH / BLOCK));
    }
  }

  /** Every float's neighbourhood, NaNs and subnormals included. */
  @ParameterizedTest
  @EnumSource
  void allMagnitudes(Function f) {
    int blocks = Scale.of(256, 8);
    int step = (int) ((1L << 32) / blocks / BLOCK);
    for (int block = 0; block < blocks; block++) {
      check(f, sample(block * BLOCK * step, step + 1));
    }
  }

  /** One element, or every third, lies elsewhere. */
  @ParameterizedTest
  @EnumSource
  void mixed(Function f) {
    Mix mix = new Mix(f.ordinal());
    for (int i = 0; i < Scale.of(200, 12); i++) {
      float[] x = sample(LEAST + mix.below(MOST - LEAST) | mix.below(2) << 31, WIDTH / BLOCK);
      float[] other = sample((int) mix.next(), WIDTH / BLOCK);
      int every = i % 2 == 0 ? 3 : BLOCK;
      for (int j = mix.below(every); j < BLOCK; j += every) {
        x[j] = other[j];
      }
      check(f, x);
    }
  }

  private static float[] sample(int from, int step) {
    float[] x = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      x[i] = Float.intBitsToFloat(from + i * step);
    }
    return x;
  }

  private static void check(Function f, float[] x) {
    int n = x.length;
    String context = "%08x to %08x".formatted(bits(x[0]), bits(x[n - 1]));
    float[] expected = new float[n];
    float[] actual = new float[n];
    ScalarActivation.forward(f.leaf(), Function.SLOPE, n, x, 0, expected, 0);
    f.activation().forward(row(x), row(actual));
    Bits.assertEqual(f.activation().toString(), actual, expected, context);

    float[] dy = Values.ORDINARY.array(n, new Mix(bits(x[0])));
    Arrays.fill(expected, 0f);
    ScalarActivation.backward(f.leaf(), Function.SLOPE, n, x, 0, dy, 0, expected, 0);
    f.activation().backward(row(x), row(dy), row(actual));
    Bits.assertEqual(f.activation() + "Backward", actual, expected, context);
  }

  private static int bits(float x) {
    return Float.floatToRawIntBits(x);
  }

  private static FloatMatrix row(float[] x) {
    return FloatMatrix.of(x, 1, x.length);
  }
}
