package dev.lanewise.testkit.oracle;

/** y = x &lt; 0 ? 0 : x. NaN stays NaN and -0 stays -0. */
public final class ReluOracle {
  private ReluOracle() {}

  /**
   * y = x &lt; 0 ? 0 : x.
   *
   * @param x the input
   * @return y
   */
  public static double[] forward(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] < 0 ? 0 : x[i];
    }
    return y;
  }

  /**
   * dx = x ≤ 0 ? 0 : dy. Where x is NaN, dx is dy.
   *
   * @param x the input of the forward pass
   * @param dy the gradient with respect to y
   * @return the gradient with respect to x
   */
  public static double[] backward(double[] x, double[] dy) {
    Extents.require("ReluOracle", "dy", dy.length, x.length);
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      dx[i] = x[i] <= 0 ? 0 : dy[i];
    }
    return dx;
  }
}
