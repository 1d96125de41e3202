package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;

/** The updates, restated from their documentation, one parameter after the other. */
final class StatementOfUpdates {
  /** The settings of a step of Adam, or with a decay of AdamW. */
  record Adam(long step, double rate, double beta1, double beta2, double eps, double decay) {
    float kept() {
      return (float) (1 - rate * decay);
    }

    float correctedRate() {
      return (float) (rate / (1 - StrictMath.pow(beta1, step)));
    }

    float correction() {
      return (float) (1 / (1 - StrictMath.pow(beta2, step)));
    }
  }

  private StatementOfUpdates() {}

  static void gradientDescent(FloatMatrix p, FloatMatrix g, float rate) {
    for (int i = 0; i < p.columns(); i++) {
      p.set(0, i, Math.fma(-rate, g.get(0, i), p.get(0, i)));
    }
  }

  static void momentum(FloatMatrix p, FloatMatrix g, FloatMatrix v, double rate, double beta) {
    for (int i = 0; i < p.columns(); i++) {
      v.set(0, i, Math.fma((float) beta, v.get(0, i), g.get(0, i)));
      p.set(0, i, Math.fma((float) -rate, v.get(0, i), p.get(0, i)));
    }
  }

  static void nesterov(FloatMatrix p, FloatMatrix g, FloatMatrix v, double rate, double beta) {
    for (int i = 0; i < p.columns(); i++) {
      v.set(0, i, Math.fma((float) beta, v.get(0, i), g.get(0, i)));
      float ahead = Math.fma((float) beta, v.get(0, i), g.get(0, i));
      p.set(0, i, Math.fma((float) -rate, ahead, p.get(0, i)));
    }
  }

  static void rmsProp(
      FloatMatrix p, FloatMatrix g, FloatMatrix s, double rate, double rho, double eps) {
    float rest = (float) (1 - rho);
    for (int i = 0; i < p.columns(); i++) {
      float slope = g.get(0, i);
      s.set(0, i, Math.fma((float) rho, s.get(0, i), rest * slope * slope));
      float root = (float) Math.sqrt(s.get(0, i));
      p.set(0, i, p.get(0, i) - (float) rate * slope / (root + (float) eps));
    }
  }

  static void adam(FloatMatrix p, FloatMatrix g, FloatMatrix v, FloatMatrix s, Adam adam) {
    float rest1 = (float) (1 - adam.beta1);
    float rest2 = (float) (1 - adam.beta2);
    for (int i = 0; i < p.columns(); i++) {
      float slope = g.get(0, i);
      v.set(0, i, Math.fma((float) adam.beta1, v.get(0, i), rest1 * slope));
      s.set(0, i, Math.fma((float) adam.beta2, s.get(0, i), rest2 * slope * slope));
      float root = (float) Math.sqrt(s.get(0, i) * adam.correction());
      float step = adam.correctedRate() * v.get(0, i) / (root + (float) adam.eps);
      p.set(0, i, decayed(p.get(0, i), step, adam));
    }
  }

  private static float decayed(float p, float step, Adam adam) {
    return adam.decay == 0 ? p - step : Math.fma(adam.kept(), p, -step);
  }
}
