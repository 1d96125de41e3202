package dev.lanewise.kernels.internal.scalar;

/**
 * The polynomials of the activation functions: minimax fits in the relative error of the result
 * (Remez), rounded to float one coefficient after the other, and where the functions are flat.
 */
public final class Coefficients {
  /** From here on the hyperbolic tangent is 1 as a float. */
  public static final float TANH_ONE = 10f;

  /** Where erf changes its formula. */
  public static final float ERF_NEAR = 1f;

  /** From here on erf is 1 as a float. */
  public static final float ERF_ONE = 4f;

  /**
   * From here on the derivative of erf is 0 as a float, and its exponential's argument in range.
   */
  public static final float ERF_FLAT = 12f;

  /** From here on x·Φ(-x) is 0 as a float. */
  public static final float GELU_FLAT = 15f;

  /** From here on the approximation by the hyperbolic tangent is 0 or x as a float. */
  public static final float GELU_TANH_FLAT = 11f;

  /** From here on 1 + e^-x is 1 as a float. */
  public static final float SILU_LINEAR = 40f;

  /** 2/√π. */
  public static final float TWO_OVER_SQRT_PI = 1.1283792f;

  /** 1/√(2π). */
  public static final float ONE_OVER_SQRT_2_PI = 0.3989423f;

  /** 2·√(2/π). */
  public static final float GELU_1 = 1.5957692f;

  /** 2·√(2/π)·0.044715. */
  public static final float GELU_3 = 0.071354814f;

  /** Where the normal distribution changes its formula. */
  public static final float GELU_NEAR = 1f;

  /** The middle of the variable of the normal distribution's tail. */
  public static final float TAIL_MIDDLE = 4f;

  // (erf(x)/x - 1) in x² for |x| below ERF_NEAR; relative error of erf 2^-29.4.
  /** Coefficient of degree 0. */
  public static final float ERF_0 = 0.12837917f;

  /** Coefficient of degree 1. */
  public static final float ERF_1 = -0.37612626f;

  /** Coefficient of degree 2. */
  public static final float ERF_2 = 0.11283579f;

  /** Coefficient of degree 3. */
  public static final float ERF_3 = -0.026853347f;

  /** Coefficient of degree 4. */
  public static final float ERF_4 = 0.005187162f;

  /** Coefficient of degree 5. */
  public static final float ERF_5 = -0.0007997853f;

  /** Coefficient of degree 6. */
  public static final float ERF_6 = 7.806903e-05f;

  // log(1 - erf(x)) in x from ERF_NEAR to 4; relative error of erf 2^-35.
  /** Coefficient of degree 0. */
  public static final float ERFC_0 = 0.00018846802f;

  /** Coefficient of degree 1. */
  public static final float ERFC_1 = -1.1295803f;

  /** Coefficient of degree 2. */
  public static final float ERFC_2 = -0.6332166f;

  /** Coefficient of degree 3. */
  public static final float ERFC_3 = -0.10842171f;

  /** Coefficient of degree 4. */
  public static final float ERFC_4 = 0.02520999f;

  /** Coefficient of degree 5. */
  public static final float ERFC_5 = -0.00420511f;

  /** Coefficient of degree 6. */
  public static final float ERFC_6 = 0.0004414273f;

  /** Coefficient of degree 7. */
  public static final float ERFC_7 = -2.1692846e-05f;

  // log(1 + t)/t in t on [0, 1]; relative error 2^-27.5.
  /** Coefficient of degree 0. */
  public static final float LOG1P_0 = 1.0f;

  /** Coefficient of degree 1. */
  public static final float LOG1P_1 = -0.4999993f;

  /** Coefficient of degree 2. */
  public static final float LOG1P_2 = 0.33330464f;

  /** Coefficient of degree 3. */
  public static final float LOG1P_3 = -0.24958096f;

  /** Coefficient of degree 4. */
  public static final float LOG1P_4 = 0.19692966f;

  /** Coefficient of degree 5. */
  public static final float LOG1P_5 = -0.15348686f;

  /** Coefficient of degree 6. */
  public static final float LOG1P_6 = 0.1066967f;

  /** Coefficient of degree 7. */
  public static final float LOG1P_7 = -0.057560995f;

  /** Coefficient of degree 8. */
  public static final float LOG1P_8 = 0.020151261f;

  /** Coefficient of degree 9. */
  public static final float LOG1P_9 = -0.0033069565f;

  // Φ(-c)·e^(c²/2)·(c + 4) in (c - 4)/(c + 4) for c up to 15; relative error 2^-26.7.
  /** Coefficient of degree 0. */
  public static final float TAIL_0 = 0.75528514f;

  /** Coefficient of degree 1. */
  public static final float TAIL_1 = -0.60789657f;

  /** Coefficient of degree 2. */
  public static final float TAIL_2 = 0.38713625f;

  /** Coefficient of degree 3. */
  public static final float TAIL_3 = -0.18652377f;

  /** Coefficient of degree 4. */
  public static final float TAIL_4 = 0.06041119f;

  /** Coefficient of degree 5. */
  public static final float TAIL_5 = -0.0075223376f;

  /** Coefficient of degree 6. */
  public static final float TAIL_6 = -0.00353944f;

  /** Coefficient of degree 7. */
  public static final float TAIL_7 = 0.0015527217f;

  /** Coefficient of degree 8. */
  public static final float TAIL_8 = 0.00020679696f;

  /** Coefficient of degree 9. */
  public static final float TAIL_9 = -0.00011002928f;

  // (Φ(x) - 1/2)/x in x² for |x| below GELU_NEAR; error relative to Φ(-|x|) 2^-29.
  /** Coefficient of degree 0. */
  public static final float NORMAL_0 = 0.3989423f;

  /** Coefficient of degree 1. */
  public static final float NORMAL_1 = -0.06649065f;

  /** Coefficient of degree 2. */
  public static final float NORMAL_2 = 0.009975497f;

  /** Coefficient of degree 3. */
  public static final float NORMAL_3 = -0.0011934636f;

  /** Coefficient of degree 4. */
  public static final float NORMAL_4 = 0.00012501501f;

  /** Coefficient of degree 5. */
  public static final float NORMAL_5 = -1.6668333e-05f;

  /** Coefficient of degree 6. */
  public static final float NORMAL_6 = 2.7250592e-06f;

  private Coefficients() {}
}
