package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * y = f(x) element by element, and dx = f'(x) · dy.
 *
 * <p>Sums that cancel in the textbook's formulas are written as products of sigmoids or of erfc, so
 * that results keep their digits in both tails. Where a function has a limit at an infinity but its
 * formula is infinity · 0, as x · sigmoid(x) at -infinity, the result is NaN.
 */
public final class ActivationOracle {
  private static final String NAME = "ActivationOracle";

  private static final double SQRT_HALF = 0.70710678118654752440;
  private static final double SQRT_2_OVER_PI = 0.79788456080286535588;
  private static final double CUBIC = 0.044715;

  /** Beyond, 1 - sigmoid(x) and 1 - tanh(x)² are 0 in every {@code float} computation. */
  private static final double SATURATED = 24;

  /**
   * The rectified linear unit, x &lt; 0 ? 0 : x. NaN stays NaN and -0 stays -0. Backward, x ≤ 0 ? 0
   * : dy; where x is NaN, dx is dy.
   */
  public static final ActivationOracle RELU =
      new ActivationOracle(
          "relu", x -> x < 0 ? 0 : x, (x, dy) -> x <= 0 ? 0 : dy, x -> x <= 0 ? 0 : 1);

  /** 1 / (1 + exp(-x)). */
  public static final ActivationOracle SIGMOID =
      new ActivationOracle(
          "sigmoid",
          ActivationOracle::sigmoid,
          (x, dy) -> dy * sigmoid(x) * sigmoid(-x),
          x -> sigmoid(x) * (1 + sigmoid(x)));

  /** tanh(x), whose derivative is 1 - tanh(x)². */
  public static final ActivationOracle TANH =
      new ActivationOracle(
          "tanh",
          StrictMath::tanh,
          (x, dy) -> dy * 4 * sigmoid(2 * x) * sigmoid(-2 * x),
          x -> 1 + square(StrictMath.tanh(x)));

  /**
   * x · (1 + erf(x/√2)) / 2.
   *
   * <p>Source: D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, 2016.
   */
  public static final ActivationOracle GELU =
      new ActivationOracle(
          "gelu",
          x -> x * normal(x),
          (x, dy) -> dy * (normal(x) + x * density(x)),
          x -> Math.max(normal(x), 0.5) + Math.abs(x) * density(x));

  /**
   * x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2, the approximation of {@link #GELU} of the
   * same paper.
   */
  public static final ActivationOracle GELU_TANH =
      new ActivationOracle(
          "geluTanh",
          x -> x * sigmoid(2 * inner(x)),
          (x, dy) ->
              dy
                  * (sigmoid(2 * inner(x))
                      + 2 * x * sigmoid(2 * inner(x)) * sigmoid(-2 * inner(x)) * innerSlope(x)),
          ActivationOracle::geluTanhMagnitude);

  /** x · sigmoid(x), also called swish. */
  public static final ActivationOracle SILU =
      new ActivationOracle(
          "silu",
          x -> x * sigmoid(x),
          (x, dy) -> dy * sigmoid(x) * (1 + x * sigmoid(-x)),
          x -> x > SATURATED ? 1 : sigmoid(x) * (1 + Math.abs(x) * (1 + sigmoid(x))));

  /** log(1 + exp(x)), whose derivative is sigmoid(x). */
  public static final ActivationOracle SOFTPLUS =
      new ActivationOracle(
          "softplus",
          x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
          (x, dy) -> dy * sigmoid(x),
          ActivationOracle::sigmoid);

  /** exp(x). */
  public static final ActivationOracle EXP =
      new ActivationOracle(
          "exp", StrictMath::exp, (x, dy) -> dy * StrictMath.exp(x), StrictMath::exp);

  /** The natural logarithm, whose derivative is 1 / x: NaN for negative numbers, whatever dy. */
  public static final ActivationOracle LOG =
      new ActivationOracle(
          "log", StrictMath::log, (x, dy) -> x < 0 ? Double.NaN : dy / x, x -> 1 / Math.abs(x));

  /** The error function 2/√π · ∫ exp(-t²) dt from 0 to x. */
  public static final ActivationOracle ERF =
      new ActivationOracle(
          "erf", ElementaryOracle::erf, (x, dy) -> dy * 2 * gauss(x), x -> 2 * gauss(x));

  private final String name;
  private final DoubleUnaryOperator value;
  private final DoubleBinaryOperator backward;
  private final DoubleUnaryOperator magnitude;

  private ActivationOracle(
      String name,
      DoubleUnaryOperator value,
      DoubleBinaryOperator backward,
      DoubleUnaryOperator magnitude) {
    this.name = name;
    this.value = value;
    this.backward = backward;
    this.magnitude = magnitude;
  }

  /**
   * x &lt; 0 ? slope · x : x. Backward, x ≤ 0 ? slope · dy : dy.
   *
   * @param slope the derivative of negative x, finite
   * @return the function
   */
  public static ActivationOracle leakyRelu(double slope) {
    Checks.finite(NAME, "slope", slope);
    return new ActivationOracle(
        String.format(Locale.ROOT, "leakyRelu(%s)", slope),
        x -> x < 0 ? slope * x : x,
        (x, dy) -> x <= 0 ? slope * dy : dy,
        x -> x <= 0 ? Math.abs(slope) : 1);
  }

  /**
   * f(x).
   *
   * @param x any value
   * @return f(x)
   */
  public double value(double x) {
    return value.applyAsDouble(x);
  }

  /**
   * f'(x).
   *
   * @param x any value
   * @return f'(x); at a kink what the backward pass takes for it
   */
  public double derivative(double x) {
    return backward.applyAsDouble(x, 1);
  }

  /**
   * The sum of the absolute values of the terms in the textbook's formula for f'(x), such as 1 +
   * tanh(x)², to which the error of a derivative in {@code float} is in proportion.
   *
   * @param x any value
   * @return at least |f'(x)|
   */
  public double derivativeMagnitude(double x) {
    return magnitude.applyAsDouble(x);
  }

  /**
   * y = f(x).
   *
   * @param x the input
   * @return y
   */
  public double[] forward(double[] x) {
    Checks.notNull(NAME, "x", x);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = value.applyAsDouble(x[i]);
    }
    return y;
  }

  /**
   * dx = f'(x) · dy.
   *
   * @param x the input of the forward pass
   * @param dy the gradient with respect to y
   * @return the gradient with respect to x
   */
  public double[] backward(double[] x, double[] dy) {
    Checks.notNull(NAME, "x", x);
    Extents.require(NAME, "dy", dy, x.length);
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      dx[i] = backward.applyAsDouble(x[i], dy[i]);
    }
    return dx;
  }

  /** The function's name, such as {@code geluTanh}. */
  @Override
  public String toString() {
    return name;
  }

  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** The probability that a normal deviate is below x: (1 + erf(x/√2)) / 2. */
  private static double normal(double x) {
    return 0.5 * ElementaryOracle.erfc(-x * SQRT_HALF);
  }

  /** The density of the normal distribution. */
  private static double density(double x) {
    return 0.5 * SQRT_2_OVER_PI * StrictMath.exp(-0.5 * x * x);
  }

  /** exp(-x²) / √π. */
  private static double gauss(double x) {
    return SQRT_HALF * SQRT_2_OVER_PI * StrictMath.exp(-x * x);
  }

  /** The argument of tanh. */
  private static double inner(double x) {
    return SQRT_2_OVER_PI * (x + CUBIC * x * x * x);
  }

  private static double innerSlope(double x) {
    return SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
  }

  private static double geluTanhMagnitude(double x) {
    double first = sigmoid(2 * Math.abs(inner(x)));
    if (Math.abs(inner(x)) > SATURATED / 2) {
      return first;
    }
    double squared = square(StrictMath.tanh(inner(x)));
    return first + 0.5 * Math.abs(x) * (1 + squared) * innerSlope(x);
  }

  private static double square(double x) {
    return x * x;
  }
}
