package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;

/** Logits and targets of the kinds that the laws of softmax and cross-entropy are about. */
final class Logits {
  private static final float[] SPREADS = {1, 1, 25};

  /** What makes ordinary numbers large: from -10^4 to 10^4. */
  private static final float LARGE = 2500;

  private static final int TARGET_PARTS = 64;

  private Logits() {}

  /** The case within the engine, of ordinary, whole or shifted numbers. */
  static MatrixCase within(Engine engine, MatrixCase drawn) {
    return Within.layouts(
        engine,
        drawn.withValues(
            Within.values(engine, drawn.values(), Values.ORDINARY, Values.WHOLE, Values.SHIFTED)));
  }

  /** The case within the engine, of ordinary numbers. */
  static MatrixCase ordinary(Engine engine, MatrixCase drawn) {
    return Within.layouts(engine, drawn.withValues(Values.ORDINARY));
  }

  /** At most 3 × 8: central differences take a forward pass for each of the logits. */
  static MatrixCase small(MatrixCase drawn) {
    return drawn.nonEmpty().atMost(3, 8);
  }

  private static Mix mix(MatrixCase given) {
    return new Mix(~given.seed() * 31);
  }

  /** Ordinary ones from -4 to 4 or from -100 to 100; others as they are. */
  static Operand spread(MatrixCase given) {
    float factor = SPREADS[mix(given).below(SPREADS.length)];
    return given.values() == Values.ORDINARY ? given.x().scale(factor) : given.x();
  }

  /** An ordinary number for each row, throughout it. */
  static Operand equalInRows(MatrixCase given) {
    int n = given.columns();
    float[] dense = new float[given.rows() * n];
    Mix mix = new Mix(given.seed());
    for (int i = 0; i < given.rows(); i++) {
      Arrays.fill(dense, i * n, (i + 1) * n, Values.ORDINARY.next(mix));
    }
    return given.input().operand(given.rows(), n, dense);
  }

  /** From -10^4 to 10^4, or of the size of the largest number. */
  static Operand large(MatrixCase given) {
    return mix(given).below(2) == 0
        ? given.withValues(Values.HUGE).x()
        : given.withValues(Values.ORDINARY).x().scale(LARGE);
  }

  /** Some, half or all but one logit of each row -infinity. */
  static Operand masked(MatrixCase given) {
    Operand x = given.x();
    Mix mix = mix(given);
    int one = mix.below(3);
    for (int i = 0; i < x.rows(); i++) {
      int kept = mix.below(Math.max(x.columns(), 1));
      for (int j = 0; j < x.columns(); j++) {
        if (one == 0 || mix.below(one == 1 ? 2 : 9) == 0) {
          x.set(i, j, Float.NEGATIVE_INFINITY);
        }
      }
      if (x.columns() > 0) {
        x.set(i, kept, mix.unit());
      }
    }
    return x;
  }

  /** A NaN or +infinity in every other row or so. */
  static Operand nonFinite(MatrixCase given) {
    Operand x = given.x();
    Mix mix = mix(given);
    for (int i = 0; i < x.rows() && x.columns() > 0; i++) {
      int where = mix.below(x.columns());
      int what = mix.below(4);
      if (what < 2) {
        x.set(i, where, what == 0 ? Float.NaN : Float.POSITIVE_INFINITY);
      }
    }
    return x;
  }

  /**
   * A distribution for each row, of multiples of 1/64, so that their sum is 1 in any order; 0 where
   * x is -infinity. In a layout whose rows at least differ.
   */
  static Operand targets(MatrixCase given, Operand x) {
    Mix mix = new Mix(~given.seed());
    int n = x.columns();
    float[] dense = new float[x.rows() * n];
    for (int i = 0; i < x.rows(); i++) {
      int spread = 1 + mix.below(n);
      for (int part = 0; part < TARGET_PARTS; part++) {
        int j = mix.below(spread);
        while (x.get(i, j) == Float.NEGATIVE_INFINITY) {
          j = (j + 1) % n;
        }
        dense[i * n + j] += 1f / TARGET_PARTS;
      }
    }
    return given.output().operand(x.rows(), n, dense);
  }
}
