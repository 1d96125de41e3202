package dev.lanewise.suite.bits;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import java.util.function.IntToDoubleFunction;

/** Mean and variance per feature. */
record Moments(double[] mean, double[] variance) {
  /** As many floats hold the moments of one feature. */
  static final int FLOATS = 8;

  /** Zeros. */
  static Moments zeros(int features) {
    return new Moments(new double[features], new double[features]);
  }

  /** Those of a batch. */
  static Moments of(BatchStatistics s) {
    return of(s.features(), s::mean, s::variance);
  }

  /** Those given in floats. */
  static Moments of(FloatMatrix mean, FloatMatrix variance) {
    return of(mean.columns(), j -> mean.get(0, j), j -> variance.get(0, j));
  }

  static Moments of(int features, IntToDoubleFunction mean, IntToDoubleFunction variance) {
    Moments moments = zeros(features);
    for (int j = 0; j < features; j++) {
      moments.mean[j] = mean.applyAsDouble(j);
      moments.variance[j] = variance.applyAsDouble(j);
    }
    return moments;
  }

  /** Puts their bits into a row of {@value #FLOATS} floats for each feature. */
  void store(FloatMatrix to) {
    for (int j = 0; j < mean.length; j++) {
      store(mean[j], to, FLOATS * j);
      store(variance[j], to, FLOATS * j + FLOATS / 2);
    }
  }

  /** The bits of a double as four floats that hold 16 of them each. */
  private static void store(double value, FloatMatrix to, int column) {
    long bits = Double.doubleToLongBits(value);
    for (int part = 0; part < FLOATS / 2; part++) {
      to.set(0, column + part, (float) ((bits >>> (16 * part)) & 0xffff));
    }
  }
}
