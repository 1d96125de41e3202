package dev.lanewise.kernels.internal.scalar;

import dev.lanewise.kernels.internal.Fma;

/**
 * The elementary functions as fixed sequences of fma, multiplication, addition and integer steps.
 *
 * <p>Both follow W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980): an
 * exact reduction by a multiple of ln 2 kept in two parts, then a polynomial. The polynomials are
 * minimax fits in the relative error of the result (Remez), rounded to float.
 */
public final class ScalarMath {
  /** 1.5·2^23: adding it leaves the nearest integer in the low bits of the sum. */
  public static final float ROUND = 12582912f;

  /** 1 / ln 2. */
  public static final float LOG2_E = 1.442695f;

  /** The upper part of ln 2; its 15 bits make the product with an exponent exact. */
  public static final float LN2_HIGH = 0.69314575f;

  /** ln 2 less its upper part. */
  public static final float LN2_LOW = 1.4286068e-06f;

  /** Below it exp rounds to 0: e^-104 is less than half of the smallest subnormal. */
  public static final float EXP_LOWEST = -104f;

  /** Above it exp overflows. */
  public static final float EXP_HIGHEST = 89f;

  /** The exponent of the factor that keeps small results normal for a while. */
  public static final int LIFT = 64;

  /** What takes that factor back. */
  public static final float LOWER = 0x1p-64f;

  /** Products of e^x with any number of interest are 0 as floats from here on. */
  public static final float LIFTED_LOWEST = -120f;

  // (e^r - 1 - r) / r² on |r| <= ln 2 / 2; the fit's own error is 0.001 ulp of e^r.
  /** Coefficient of r^0. */
  public static final float EXP_0 = 5.0e-01f;

  /** Coefficient of r^1. */
  public static final float EXP_1 = 1.6666666e-01f;

  /** Coefficient of r^2. */
  public static final float EXP_2 = 4.1666295e-02f;

  /** Coefficient of r^3. */
  public static final float EXP_3 = 8.333497e-03f;

  /** Coefficient of r^4. */
  public static final float EXP_4 = 1.3944659e-03f;

  /** Coefficient of r^5. */
  public static final float EXP_5 = 1.9790341e-04f;

  // (log(1 + f) - f + f²/2) / f³ on sqrt(1/2) <= 1 + f < sqrt(2).
  /** Coefficient of f^0. */
  public static final float LOG_0 = 3.3333313e-01f;

  /** Coefficient of f^1. */
  public static final float LOG_1 = -2.500001e-01f;

  /** Coefficient of f^2. */
  public static final float LOG_2 = 2.0002119e-01f;

  /** Coefficient of f^3. */
  public static final float LOG_3 = -1.6667996e-01f;

  /** Coefficient of f^4. */
  public static final float LOG_4 = 1.4219552e-01f;

  /** Coefficient of f^5. */
  public static final float LOG_5 = -1.24055885e-01f;

  /** Coefficient of f^6. */
  public static final float LOG_6 = 1.1888159e-01f;

  /** Coefficient of f^7. */
  public static final float LOG_7 = -1.1675654e-01f;

  /** Coefficient of f^8. */
  public static final float LOG_8 = 6.746651e-02f;

  /** The bits of sqrt(1/2). */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** The bits of a significand. */
  public static final int MANTISSA = 0x7fffff;

  private ScalarMath() {}

  /** a·b + c with one rounding. */
  public static float fma(float a, float b, float c) {
    return Fma.HARDWARE ? Math.fma(a, b, c) : Fma.throughDouble(a, b, c);
  }

  /** a·b + c with one rounding; slow where the hardware cannot. */
  public static double fma(double a, double b, double c) {
    return Math.fma(a, b, c);
  }

  /**
   * e^x within 1 ulp, subnormal results included. NaN gives NaN, -infinity 0, +infinity +infinity.
   *
   * <p>x = n·ln 2 + r, e^x = 2^n·e^r, and 2^n in two factors, because n reaches from -150 to 128.
   */
  public static float exp(float x) {
    float clamped = x < EXP_LOWEST ? EXP_LOWEST : x;
    clamped = clamped > EXP_HIGHEST ? EXP_HIGHEST : clamped;
    float shifted = fma(clamped, LOG2_E, ROUND);
    float e = expm1OfRest(shifted - ROUND, clamped) + 1f;
    int exponent = integer(shifted);
    int half = exponent >> 1;
    return e * powerOfTwo(half) * powerOfTwo(exponent - half);
  }

  /**
   * 2^64·e^x for x ≤ 0 or NaN, where no result is subnormal; x below {@link #LIFTED_LOWEST} counts
   * as that. Its product with {@link #LOWER} is {@link #exp}, to the bit.
   */
  static float liftedExp(float x) {
    float clamped = x < LIFTED_LOWEST ? LIFTED_LOWEST : x;
    float shifted = fma(clamped, LOG2_E, ROUND);
    float e = expm1OfRest(shifted - ROUND, clamped) + 1f;
    return e * powerOfTwo(integer(shifted) + LIFT);
  }

  /** 2^-64·e^x for x from -40 to 120 or NaN, where no result is subnormal or overflows. */
  static float loweredExp(float x) {
    float shifted = fma(x, LOG2_E, ROUND);
    float e = expm1OfRest(shifted - ROUND, x) + 1f;
    return e * powerOfTwo(integer(shifted) - LIFT);
  }

  /**
   * e^(x - n·ln 2) - 1 for |x - n·ln 2| up to ln 2 / 2. Pairs of coefficients make the chain of
   * steps that wait for each other short (G. Estrin, 1960); the largest, 1/2, joins alone, as one
   * rounding less in the last place but one keeps the result within an ulp.
   */
  static float expm1OfRest(float n, float x) {
    float r = fma(n, -LN2_HIGH, x);
    r = fma(n, -LN2_LOW, r);
    float square = r * r;
    float q = fma(EXP_5, square, fma(EXP_4, r, EXP_3));
    q = fma(fma(q, square, fma(EXP_2, r, EXP_1)), r, EXP_0);
    return fma(q, square, r);
  }

  /** The integer n of a sum ROUND + n. */
  static int integer(float shifted) {
    return Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUND);
  }

  /** 2^n for n from -126 to 127. */
  static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n << 23) + Float.floatToRawIntBits(1f));
  }

  /**
   * The natural logarithm within 1 ulp. 0 gives -infinity, a negative number or NaN NaN, +infinity
   * +infinity.
   *
   * <p>x = 2^e·(1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), log x = e·ln 2 + f - f²/2 + f³·P(f).
   */
  public static float log(float x) {
    if (!(x > 0f) || x == Float.POSITIVE_INFINITY) {
      return x == 0f ? Float.NEGATIVE_INFINITY : x > 0f ? x : Float.NaN;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x) - SQRT_HALF_BITS;
    float e = (bits >> 23) - (subnormal ? 23 : 0);
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1f;
    float square = f * f;
    float fourth = square * square;
    float low = fma(fma(LOG_3, f, LOG_2), square, fma(LOG_1, f, LOG_0));
    float high = fma(fma(LOG_7, f, LOG_6), square, fma(LOG_5, f, LOG_4));
    high = fma(LOG_8, fourth, high);
    float p = fma(high, fourth, low);
    float tail = p * (f * square);
    tail = fma(e, LN2_LOW, tail);
    tail = fma(-0.5f, square, tail);
    return fma(e, LN2_HIGH, f + tail);
  }
}
