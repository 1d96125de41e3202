package dev.lanewise.testkit.oracle;

/** p ← p - learningRate · g. */
public final class GradientDescentOracle {
  private GradientDescentOracle() {}

  /**
   * p - learningRate · g.
   *
   * @param learningRate the learning rate
   * @param p the parameters
   * @param g their gradients
   * @return the new parameters
   */
  public static double[] step(double learningRate, double[] p, double[] g) {
    Extents.require("GradientDescentOracle", "g", g.length, p.length);
    double[] next = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      next[i] = p[i] - learningRate * g[i];
    }
    return next;
  }
}
