package dev.lanewise.testkit.oracle;

/**
 * m ← beta1 · m + (1 - beta1) · g; v ← beta2 · v + (1 - beta2) · g²; p ← p - learningRate · mhat /
 * (sqrt(vhat) + eps) with mhat = m / (1 - beta1^t) and vhat = v / (1 - beta2^t).
 *
 * <p>The three are separate functions, so that each can be checked from the state that an
 * implementation has actually reached.
 *
 * <p>Source: D. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015.
 */
public final class AdamOracle {
  private static final String NAME = "AdamOracle";

  private AdamOracle() {}

  /**
   * beta1 · m + (1 - beta1) · g.
   *
   * @param beta1 the decay of the first moment
   * @param m the first moment so far
   * @param g the gradients
   * @return the new first moment
   */
  public static double[] firstMoment(double beta1, double[] m, double[] g) {
    Extents.require(NAME, "g", g.length, m.length);
    double[] next = new double[m.length];
    for (int i = 0; i < m.length; i++) {
      next[i] = beta1 * m[i] + (1 - beta1) * g[i];
    }
    return next;
  }

  /**
   * beta2 · v + (1 - beta2) · g².
   *
   * @param beta2 the decay of the second moment
   * @param v the second moment so far
   * @param g the gradients
   * @return the new second moment
   */
  public static double[] secondMoment(double beta2, double[] v, double[] g) {
    Extents.require(NAME, "g", g.length, v.length);
    double[] next = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      next[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    }
    return next;
  }

  /**
   * p - learningRate · mhat / (sqrt(vhat) + eps).
   *
   * @param t the number of this step, from 1
   * @param learningRate the learning rate
   * @param beta1 the decay of the first moment
   * @param beta2 the decay of the second moment
   * @param eps what is added to the root
   * @param p the parameters
   * @param m the new first moment
   * @param v the new second moment
   * @return the new parameters
   * @throws IllegalArgumentException if t is not positive or lengths differ
   */
  public static double[] step(
      int t,
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double[] p,
      double[] m,
      double[] v) {
    if (t < 1) {
      throw new IllegalArgumentException(NAME + ": step " + t + "; the first is 1");
    }
    Extents.require(NAME, "m", m.length, p.length);
    Extents.require(NAME, "v", v.length, p.length);
    double[] next = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      double mhat = m[i] / (1 - StrictMath.pow(beta1, t));
      double vhat = v[i] / (1 - StrictMath.pow(beta2, t));
      next[i] = p[i] - learningRate * mhat / (Math.sqrt(vhat) + eps);
    }
    return next;
  }
}
