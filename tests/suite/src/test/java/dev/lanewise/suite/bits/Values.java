package dev.lanewise.suite.bits;

/** What the elements of a case are like. */
public enum Values {
  /** In [-4, 4). */
  ORDINARY {
    @Override
    float next(Mix mix) {
      return 4 * mix.unit();
    }
  },
  /** Of magnitudes from 2^-20 to 2^20, so that the order of additions shows. */
  WIDE {
    @Override
    float next(Mix mix) {
      return Math.scalb(mix.unit(), mix.below(41) - 20);
    }
  },
  /** Far from 0 and close together. */
  SHIFTED {
    @Override
    float next(Mix mix) {
      return 10_000 + mix.unit();
    }
  },
  /** Products of two underflow to a zero of either sign. */
  UNDERFLOWING {
    @Override
    float next(Mix mix) {
      return 1e-30f * mix.unit();
    }
  },
  /** Sums and products of two overflow. */
  HUGE {
    @Override
    float next(Mix mix) {
      return Float.MAX_VALUE * mix.unit();
    }
  },
  /** Below the smallest normal number. */
  SUBNORMAL {
    @Override
    float next(Mix mix) {
      return Float.MIN_NORMAL * mix.unit();
    }
  },
  /** Zeros of both signs, and ones. */
  ZEROS {
    @Override
    float next(Mix mix) {
      return choose(mix, 0f, -0f, 1f, -1f);
    }
  },
  /** Ordinary ones with minus infinity and zeros among them: what masks look like. */
  MASKED {
    @Override
    float next(Mix mix) {
      return mix.below(3) > 0 ? mix.unit() : choose(mix, Float.NEGATIVE_INFINITY, 0f, -0f);
    }
  },
  /** Ordinary ones with NaN, infinities, subnormals, extremes and -0 among them. */
  SPECIAL {
    @Override
    float next(Mix mix) {
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

  abstract float next(Mix mix);

  private static float choose(Mix mix, float... values) {
    return values[mix.below(values.length)];
  }
}
