package dev.lanewise.testkit.operand;

import dev.lanewise.testkit.internal.Checks;

/** What the elements of an operand are like. */
public enum Values {
  /** In [-4, 4). */
  ORDINARY {
    @Override
    float draw(Mix mix) {
      return 4 * mix.unit();
    }
  },
  /** In [-12, 12): beyond where a hyperbolic tangent, an error function or GELU is flat. */
  TENS {
    @Override
    float draw(Mix mix) {
      return 12 * mix.unit();
    }
  },
  /** In [-80, 80), where exponentials are normal numbers, and those of differences reach 0. */
  EXPONENTS {
    @Override
    float draw(Mix mix) {
      return 80 * mix.unit();
    }
  },
  /** Of magnitudes from 2^-20 to 2^20, so that the order of additions shows. */
  WIDE {
    @Override
    float draw(Mix mix) {
      return Math.scalb(mix.unit(), mix.below(41) - 20);
    }
  },
  /** Far from 0 and close together. */
  SHIFTED {
    @Override
    float draw(Mix mix) {
      return 10_000 + mix.unit();
    }
  },
  /** Whole numbers from -8 to 8: sums of few products are exact. */
  WHOLE {
    @Override
    float draw(Mix mix) {
      return mix.below(17) - 8;
    }
  },
  /** Products of two underflow to a zero of either sign. */
  UNDERFLOWING {
    @Override
    float draw(Mix mix) {
      return 1e-30f * mix.unit();
    }
  },
  /** Below the smallest normal number. */
  SUBNORMAL {
    @Override
    float draw(Mix mix) {
      return Float.MIN_NORMAL * mix.unit();
    }
  },
  /** Zeros of both signs, and ones. */
  ZEROS {
    @Override
    float draw(Mix mix) {
      return choose(mix, 0f, -0f, 1f, -1f);
    }
  },
  /** Sums and products of two overflow. */
  HUGE {
    @Override
    float draw(Mix mix) {
      return Float.MAX_VALUE * mix.unit();
    }
  },
  /** Ordinary ones with minus infinity and zeros among them: what masks look like. */
  MASKED {
    @Override
    float draw(Mix mix) {
      return mix.below(3) > 0 ? mix.unit() : choose(mix, Float.NEGATIVE_INFINITY, 0f, -0f);
    }
  },
  /** Ordinary ones with a few NaNs, infinities and zeros among them. */
  NON_FINITE {
    @Override
    float draw(Mix mix) {
      return mix.below(16) > 0
          ? mix.unit()
          : choose(mix, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f);
    }
  },
  /** Ordinary ones with NaN, infinities, subnormals, extremes and -0 among them. */
  SPECIAL {
    @Override
    float draw(Mix mix) {
      return mix.below(8) > 0
          ? mix.unit()
          : choose(
              mix,
              Float.NaN,
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY,
              -0f,
              Float.MIN_VALUE,
              -Float.MIN_VALUE,
              Float.MAX_VALUE,
              -Float.MAX_VALUE);
    }
  };

  /**
   * The next element.
   *
   * @param mix where its randomness comes from
   * @return a value of this kind
   */
  public float next(Mix mix) {
    return draw(Checks.notNull("Values", "mix", mix));
  }

  abstract float draw(Mix mix);

  /**
   * Elements of this kind.
   *
   * @param length how many
   * @param mix where their randomness comes from
   * @return a new array
   * @throws IllegalArgumentException if the length is negative
   */
  public float[] array(int length, Mix mix) {
    Checks.atLeast("Values", "length", length, 0);
    Checks.notNull("Values", "mix", mix);
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = next(mix);
    }
    return array;
  }

  private static float choose(Mix mix, float... values) {
    return values[mix.below(values.length)];
  }
}
