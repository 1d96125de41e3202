package dev.lanewise.kernels.internal.vector;

import static dev.lanewise.kernels.internal.vector.Species.FLOAT;
import static dev.lanewise.kernels.internal.vector.Species.LANES;

import dev.lanewise.kernels.internal.scalar.ScalarUpdate;
import jdk.incubator.vector.FloatVector;

/** {@link ScalarUpdate} for contiguous spans. */
public final class VectorUpdate {
  private VectorUpdate() {}

  /** As {@link ScalarUpdate#gradientDescent}. */
  public static void gradientDescent(int n, float rate, float[] p, int po, float[] g, int go) {
    FloatVector step = FloatVector.broadcast(FLOAT, -rate);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector slope = FloatVector.fromArray(FLOAT, g, go + i);
      step.fma(slope, FloatVector.fromArray(FLOAT, p, po + i)).intoArray(p, po + i);
    }
    ScalarUpdate.gradientDescent(n - i, rate, p, po + i, 1, g, go + i, 1);
  }

  /** As {@link ScalarUpdate#momentum}. */
  public static void momentum(
      int n, float rate, float beta, float[] p, int po, float[] g, int go, float[] v, int vo) {
    FloatVector step = FloatVector.broadcast(FLOAT, -rate);
    FloatVector decay = FloatVector.broadcast(FLOAT, beta);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector slope = FloatVector.fromArray(FLOAT, g, go + i);
      FloatVector sum = decay.fma(FloatVector.fromArray(FLOAT, v, vo + i), slope);
      sum.intoArray(v, vo + i);
      step.fma(sum, FloatVector.fromArray(FLOAT, p, po + i)).intoArray(p, po + i);
    }
    ScalarUpdate.momentum(n - i, rate, beta, p, po + i, 1, g, go + i, 1, v, vo + i, 1);
  }

  /** As {@link ScalarUpdate#nesterov}. */
  public static void nesterov(
      int n, float rate, float beta, float[] p, int po, float[] g, int go, float[] v, int vo) {
    FloatVector step = FloatVector.broadcast(FLOAT, -rate);
    FloatVector decay = FloatVector.broadcast(FLOAT, beta);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector slope = FloatVector.fromArray(FLOAT, g, go + i);
      FloatVector sum = decay.fma(FloatVector.fromArray(FLOAT, v, vo + i), slope);
      sum.intoArray(v, vo + i);
      FloatVector ahead = decay.fma(sum, slope);
      step.fma(ahead, FloatVector.fromArray(FLOAT, p, po + i)).intoArray(p, po + i);
    }
    ScalarUpdate.nesterov(n - i, rate, beta, p, po + i, 1, g, go + i, 1, v, vo + i, 1);
  }

  /** As {@link ScalarUpdate#rmsProp}. */
  public static void rmsProp(
      int n,
      float rate,
      float rho,
      float rest,
      float eps,
      float[] p,
      int po,
      float[] g,
      int go,
      float[] s,
      int so) {
    FloatVector decay = FloatVector.broadcast(FLOAT, rho);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector slope = FloatVector.fromArray(FLOAT, g, go + i);
      FloatVector second =
          decay.fma(FloatVector.fromArray(FLOAT, s, so + i), slope.mul(rest).mul(slope));
      second.intoArray(s, so + i);
      FloatVector step = slope.mul(rate).div(second.sqrt().add(eps));
      FloatVector.fromArray(FLOAT, p, po + i).sub(step).intoArray(p, po + i);
    }
    ScalarUpdate.rmsProp(n - i, rate, rho, rest, eps, p, po + i, 1, g, go + i, 1, s, so + i, 1);
  }

  /** As {@link ScalarUpdate#adam}. */
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
      float[] g,
      int go,
      float[] v,
      int vo,
      float[] s,
      int so) {
    FloatVector share = FloatVector.broadcast(FLOAT, kept);
    FloatVector decay1 = FloatVector.broadcast(FLOAT, beta1);
    FloatVector decay2 = FloatVector.broadcast(FLOAT, beta2);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector slope = FloatVector.fromArray(FLOAT, g, go + i);
      FloatVector first = decay1.fma(FloatVector.fromArray(FLOAT, v, vo + i), slope.mul(rest1));
      FloatVector second =
          decay2.fma(FloatVector.fromArray(FLOAT, s, so + i), slope.mul(rest2).mul(slope));
      first.intoArray(v, vo + i);
      second.intoArray(s, so + i);
      FloatVector root = second.mul(correction).sqrt();
      FloatVector step = first.mul(rate).div(root.add(eps));
      share.fma(FloatVector.fromArray(FLOAT, p, po + i), step.neg()).intoArray(p, po + i);
    }
    ScalarUpdate.adam(
        n - i,
        kept,
        rate,
        beta1,
        rest1,
        beta2,
        rest2,
        correction,
        eps,
        p,
        po + i,
        1,
        g,
        go + i,
        1,
        v,
        vo + i,
        1,
        s,
        so + i,
        1);
  }
}
