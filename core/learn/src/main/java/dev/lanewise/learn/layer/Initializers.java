package dev.lanewise.learn.layer;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.graph.Initializer;

/**
 * First values of weights of shape inputs × outputs, by random numbers of (seed, variable, 0,
 * element).
 */
public final class Initializers {
  private Initializers() {}

  /**
   * The same number throughout.
   *
   * @param value the number, rounded to float
   * @return the initializer
   */
  public static Initializer constant(double value) {
    return (w, seed, purpose) -> {
      for (int i = 0; i < w.rows(); i++) {
        for (int j = 0; j < w.columns(); j++) {
          w.set(i, j, (float) value);
        }
      }
    };
  }

  /**
   * Normal with variance 2 / inputs, for ReLU.
   *
   * <p>Source: K. He, X. Zhang, S. Ren and J. Sun, Delving deep into rectifiers, 2015.
   *
   * @return the initializer
   */
  public static Initializer heNormal() {
    return (w, seed, purpose) -> normal(w, Math.sqrt(2.0 / w.rows()), seed, purpose);
  }

  /**
   * Uniform in ± sqrt(6 / inputs), for ReLU: the variance of {@link #heNormal()}.
   *
   * @return the initializer
   */
  public static Initializer heUniform() {
    return (w, seed, purpose) -> uniform(w, Math.sqrt(6.0 / w.rows()), seed, purpose);
  }

  /**
   * Normal with variance 2 / (inputs + outputs), for tanh and sigmoid.
   *
   * <p>Source: X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward
   * neural networks, 2010.
   *
   * @return the initializer
   */
  public static Initializer glorotNormal() {
    return (w, seed, purpose) ->
        normal(w, Math.sqrt(2.0 / (w.rows() + (double) w.columns())), seed, purpose);
  }

  /**
   * Uniform in ± sqrt(6 / (inputs + outputs)): the variance of {@link #glorotNormal()}.
   *
   * @return the initializer
   */
  public static Initializer glorotUniform() {
    return (w, seed, purpose) ->
        uniform(w, Math.sqrt(6.0 / (w.rows() + (double) w.columns())), seed, purpose);
  }

  private static void normal(FloatMatrix w, double deviation, long seed, int purpose) {
    for (int i = 0; i < w.rows(); i++) {
      for (int j = 0; j < w.columns(); j++) {
        float z = Philox.normal(seed, purpose, 0, (long) i * w.columns() + j);
        w.set(i, j, (float) deviation * z);
      }
    }
  }

  private static void uniform(FloatMatrix w, double most, long seed, int purpose) {
    for (int i = 0; i < w.rows(); i++) {
      for (int j = 0; j < w.columns(); j++) {
        float r = Philox.uniform(seed, purpose, 0, (long) i * w.columns() + j);
        w.set(i, j, (float) (most * (2.0 * r - 1)));
      }
    }
  }
}
