package dev.lanewise.testkit;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * ∂f/∂x_i ≈ (f(x + h·e_i) - f(x - h·e_i)) / 2h with h = eps · max(1, |x_i|), in double.
 *
 * <p>The truncation error is h²/6 times the third derivative, the rounding error about 2^-53 · |f|
 * / h: with {@link #EPS} both are far below what a {@code float} can show where f and its
 * derivatives are of order 1. Near a kink, such as that of ReLU at 0, the result means nothing.
 *
 * <p>The function is called with one array that changes between calls, so it must not keep it. The
 * given x is not changed.
 */
public final class CentralDifferences {
  /** The default of eps, as in PyTorch's {@code gradcheck}. */
  public static final double EPS = 1e-6;

  private CentralDifferences() {}

  /**
   * The gradient of a scalar function, with {@link #EPS}.
   *
   * @param f the function
   * @param x where
   * @return ∂f/∂x_i for each i
   */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
    return gradient(f, x, EPS);
  }

  /**
   * The gradient of a scalar function.
   *
   * @param f the function
   * @param x where
   * @param eps the step relative to max(1, |x_i|)
   * @return ∂f/∂x_i for each i
   * @throws IllegalArgumentException if eps is not positive
   */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x, double eps) {
    return jacobian(point -> new double[] {f.applyAsDouble(point)}, x, eps);
  }

  /**
   * The Jacobian of a vector function, with {@link #EPS}.
   *
   * @param f the function, whose result has the same length everywhere
   * @param x where
   * @return ∂f_j/∂x_i at j · x.length + i: a row for each output
   */
  public static double[] jacobian(UnaryOperator<double[]> f, double[] x) {
    return jacobian(f, x, EPS);
  }

  /**
   * The Jacobian of a vector function.
   *
   * @param f the function, whose result is a new array of the same length everywhere
   * @param x where
   * @param eps the step relative to max(1, |x_i|)
   * @return ∂f_j/∂x_i at j · x.length + i: a row for each output
   * @throws IllegalArgumentException if eps is not positive
   */
  public static double[] jacobian(UnaryOperator<double[]> f, double[] x, double eps) {
    if (!(eps > 0)) {
      throw new IllegalArgumentException("CentralDifferences: eps is " + eps + ", not positive");
    }
    double[] point = x.clone();
    int outputs = f.apply(point).length;
    double[] jacobian = new double[Math.multiplyExact(outputs, x.length)];
    for (int i = 0; i < x.length; i++) {
      double h = eps * Math.max(1, Math.abs(x[i]));
      double right = x[i] + h;
      double left = x[i] - h;
      point[i] = right;
      double[] above = f.apply(point);
      point[i] = left;
      double[] below = f.apply(point);
      point[i] = x[i];
      for (int j = 0; j < outputs; j++) {
        // right - left, not 2h: what the rounding of x ± h left of the step.
        jacobian[j * x.length + i] = (above[j] - below[j]) / (right - left);
      }
    }
    return jacobian;
  }
}
