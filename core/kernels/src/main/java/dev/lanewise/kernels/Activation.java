package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.ActivationFunction;
import dev.lanewise.kernels.internal.Checks;
import java.util.Locale;

/**
 * A function of each element, with its backward pass: {@code Activation.GELU.forward(x, y)}.
 *
 * <p><b>Formula.</b> Forward y = f(x), backward dx = f'(x)·dy, of x as it was given to the forward
 * pass. f stands at each constant, f' where it is not f's derivative everywhere.
 *
 * <p><b>Shapes.</b> All matrices have the same shape, with any strides. In place (Y the very view
 * of X; dX the very view of dY or of X) is allowed; any other overlap is not.
 *
 * <p>A backward pass takes the forward pass's input, which a forward pass in place has replaced;
 * that of {@link #RELU} alone is satisfied with the output.
 *
 * <p><b>Special values.</b> NaN gives NaN, an infinity f's limit, and -0 what the formula gives.
 * The backward pass multiplies dy with f'(x), which is f''s limit at an infinity; one that is
 * approached from below is -0. A subnormal x is taken as it is, not as 0.
 *
 * <p><b>Error.</b> A figure in ulps is one of the exact result, subnormal ones included. f'(x) is
 * within 6·2^-24 of the terms of its formula, such as 1 + tanh(x)², unless the constant says
 * otherwise, and the product rounds once more.
 *
 * <p><b>Source.</b> Reductions in the manner of W. J. Cody and W. Waite, Software Manual for the
 * Elementary Functions (1980); polynomials are minimax fits of our own (Remez).
 */
public final class Activation {
  /** e^x, within 1 ulp. */
  public static final Activation EXP = new Activation(ActivationFunction.EXP, "exp");

  /**
   * The natural logarithm, within 1 ulp. 0 and -0 give -infinity, a negative number NaN. Backward
   * dy·(1/x), infinite where 1/x overflows.
   */
  public static final Activation LOG = new Activation(ActivationFunction.LOG, "log");

  /** 1 / (1 + e^-x), within 2.5 ulps. */
  public static final Activation SIGMOID = new Activation(ActivationFunction.SIGMOID, "sigmoid");

  /** The hyperbolic tangent, within 2.5 ulps. */
  public static final Activation TANH = new Activation(ActivationFunction.TANH, "tanh");

  /** The error function 2/√π·∫ e^(-t²) dt from 0 to x, within 2.5 ulps. */
  public static final Activation ERF = new Activation(ActivationFunction.ERF, "erf");

  /**
   * x·Φ(x) with Φ the normal distribution, (1 + erf(x/√2))/2: within 2.5 ulps for x ≥ 0, and within
   * 8 ulps below, where 1 + erf(x/√2) would cancel. -infinity gives -0.
   *
   * <p>Source: D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, 2016.
   */
  public static final Activation GELU = new Activation(ActivationFunction.GELU, "gelu");

  /**
   * x·(1 + tanh(w/2))/2 with w = 2·√(2/π)·(x + 0.044715·x³), the same paper's approximation: within
   * 2.5 ulps for x ≥ 0, and below within (3 + 3·|w|) ulps, an absolute error of 2^-23 at most.
   * -infinity gives -0.
   */
  public static final Activation GELU_TANH =
      new Activation(ActivationFunction.GELU_TANH, "geluTanh");

  /** x / (1 + e^-x), also called swish, within 2.5 ulps. -infinity gives -0. */
  public static final Activation SILU = new Activation(ActivationFunction.SILU, "silu");

  /** log(1 + e^x), within 2.5 ulps. */
  public static final Activation SOFTPLUS = new Activation(ActivationFunction.SOFTPLUS, "softplus");

  /**
   * x &lt; 0 ? 0 : x, the rectified linear unit; exact, and -0 gives -0. Backward x ≤ 0 ? 0 : dy,
   * where x may also be the forward pass's output; a NaN in x passes dy on.
   */
  public static final Activation RELU = new Activation(ActivationFunction.RELU, "relu");

  private final ActivationFunction function;
  private final float slope;
  private final String name;
  private final String forward;
  private final String backward;

  private Activation(ActivationFunction function, String name) {
    this(function, 0f, name);
  }

  private Activation(ActivationFunction function, float slope, String name) {
    this.function = function;
    this.slope = slope;
    this.name = name;
    forward = "Activation." + name + ".forward";
    backward = "Activation." + name + ".backward";
  }

  /**
   * x &lt; 0 ? slope·x : x, within half an ulp. Backward x ≤ 0 ? slope·dy : dy; a NaN in x passes
   * dy on.
   *
   * @param slope the factor of negative numbers, such as 0.01
   * @return the function
   * @throws IllegalArgumentException if the slope is NaN or infinite
   */
  public static Activation leakyRelu(float slope) {
    Checks.finite("Activation.leakyRelu", "slope", slope);
    String name = String.format(Locale.ROOT, "leakyRelu(%s)", slope);
    return new Activation(ActivationFunction.LEAKY_RELU, slope, name);
  }

  /**
   * y = f(x).
   *
   * @param x the input X
   * @param y the output Y
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself; nothing is
   *     written then
   */
  public void forward(FloatMatrix x, FloatMatrix y) {
    Operands.forward(forward, x, y);
    ElementwiseCall.run(function, slope, x, null, y, null);
  }

  /**
   * y = f(x) as {@link #forward(FloatMatrix, FloatMatrix)}, with the same bits, on several threads.
   *
   * @param x the input X
   * @param y the output Y
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or Y overlaps X or itself; nothing is
   *     written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void forward(FloatMatrix x, FloatMatrix y, Workers workers) {
    Operands.forward(forward, x, y);
    Operands.open(forward, workers);
    ElementwiseCall.run(function, slope, x, null, y, workers);
  }

  /**
   * dx = f'(x)·dy.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself;
   *     nothing is written then
   */
  public void backward(FloatMatrix x, FloatMatrix dy, FloatMatrix dx) {
    Operands.backward(backward, "X", x, dy, dx);
    ElementwiseCall.run(function, slope, x, dy, dx, null);
  }

  /**
   * dx = f'(x)·dy as {@link #backward(FloatMatrix, FloatMatrix, FloatMatrix)}, with the same bits,
   * on several threads.
   *
   * @param x the input of the forward pass
   * @param dy the loss's gradient by the output
   * @param dx the loss's gradient by the input
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes differ or dX overlaps an operand or itself;
   *     nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public void backward(FloatMatrix x, FloatMatrix dy, FloatMatrix dx, Workers workers) {
    Operands.backward(backward, "X", x, dy, dx);
    Operands.open(backward, workers);
    ElementwiseCall.run(function, slope, x, dy, dx, workers);
  }

  /**
   * The function's name.
   *
   * @return for example {@code geluTanh}
   */
  @Override
  public String toString() {
    return name;
  }
}
