package dev.lanewise.kernels.internal.scalar;

import static dev.lanewise.kernels.internal.scalar.ScalarMath.fma;

/** Parameter updates, element by element. */
public final class ScalarUpdate {
  private ScalarUpdate() {}

  /** p ← fma(-rate, g, p). */
  public static void gradientDescent(
      int n, float rate, float[] p, int po, int ps, float[] g, int go, int gs) {
    if (ps == 1 && gs == 1 && po == go) {
      for (int i = po; i < po + n; i++) { // one index for both arrays, which C2 vectorises
        p[i] = fma(-rate, g[i], p[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      p[po + i * ps] = fma(-rate, g[go + i * gs], p[po + i * ps]);
    }
  }

  /** v ← fma(beta, v, g), p ← fma(-rate, v, p). */
  public static void momentum(
      int n,
      float rate,
      float beta,
      float[] p,
      int po,
      int ps,
      float[] g,
      int go,
      int gs,
      float[] v,
      int vo,
      int vs) {
    for (int i = 0; i < n; i++) {
      float slope = g[go + i * gs];
      float sum = fma(beta, v[vo + i * vs], slope);
      v[vo + i * vs] = sum;
      p[po + i * ps] = fma(-rate, sum, p[po + i * ps]);
    }
  }

  /** v ← fma(beta, v, g), p ← fma(-rate, fma(beta, v, g), p) with the new v. */
  public static void nesterov(
      int n,
      float rate,
      float beta,
      float[] p,
      int po,
      int ps,
      float[] g,
      int go,
      int gs,
      float[] v,
      int vo,
      int vs) {
    for (int i = 0; i < n; i++) {
      float slope = g[go + i * gs];
      float sum = fma(beta, v[vo + i * vs], slope);
      v[vo + i * vs] = sum;
      p[po + i * ps] = fma(-rate, fma(beta, sum, slope), p[po + i * ps]);
    }
  }

  /** s ← rho·s + (1 - rho)·g², p ← p - rate·g / (sqrt(s) + eps). */
  public static void rmsProp(
      int n,
      float rate,
      float rho,
      float rest,
      float eps,
      float[] p,
      int po,
      int ps,
      float[] g,
      int go,
      int gs,
      float[] s,
      int so,
      int ss) {
    for (int i = 0; i < n; i++) {
      float slope = g[go + i * gs];
      float second = fma(rho, s[so + i * ss], rest * slope * slope);
      s[so + i * ss] = second;
      p[po + i * ps] -= rate * slope / ((float) Math.sqrt(second) + eps);
    }
  }

  /**
   * v ← beta1·v + (1 - beta1)·g, s ← beta2·s + (1 - beta2)·g², p ← kept·p - rate·v /
   * (sqrt(correction·s) + eps), with kept = 1 - learning rate·decay, rate = learning rate / (1 -
   * beta1^step) and correction = 1 / (1 - beta2^step).
   */
  public static void adam(
      int n,
      float kept,
      float rate,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float correction,
      float eps,
      float[] p,
      int po,
      int ps,
      float[] g,
      int go,
      int gs,
      float[] v,
      int vo,
      int vs,
      float[] s,
      int so,
      int ss) {
    if (ps == 1 && gs == 1 && vs == 1 && ss == 1 && po == go && po == vo && po == so) {
      for (int i = po; i < po + n; i++) { // one index for all arrays, which C2 vectorises
        v[i] = fma(beta1, v[i], rest1 * g[i]);
        s[i] = fma(beta2, s[i], rest2 * g[i] * g[i]);
        p[i] = fma(kept, p[i], -(rate * v[i] / ((float) Math.sqrt(s[i] * correction) + eps)));
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float slope = g[go + i * gs];
      float first = fma(beta1, v[vo + i * vs], rest1 * slope);
      float second = fma(beta2, s[so + i * ss], rest2 * slope * slope);
      v[vo + i * vs] = first;
      s[so + i * ss] = second;
      float root = (float) Math.sqrt(second * correction);
      p[po + i * ps] = fma(kept, p[po + i * ps], -(rate * first / (root + eps)));
    }
  }
}
