package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarUpdate;

/** The definitions of the updates, called directly on the one row of each matrix. */
final class DefinitionOfUpdates {
  private DefinitionOfUpdates() {}

  static void gradientDescent(FloatMatrix p, FloatMatrix g, float rate) {
    ScalarUpdate.gradientDescent(
        p.columns(),
        rate,
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride());
  }

  static void momentum(FloatMatrix p, FloatMatrix g, FloatMatrix v, double rate, double beta) {
    ScalarUpdate.momentum(
        p.columns(),
        (float) rate,
        (float) beta,
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride(),
        v.array(),
        v.offset(),
        v.columnStride());
  }

  static void nesterov(FloatMatrix p, FloatMatrix g, FloatMatrix v, double rate, double beta) {
    ScalarUpdate.nesterov(
        p.columns(),
        (float) rate,
        (float) beta,
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride(),
        v.array(),
        v.offset(),
        v.columnStride());
  }

  static void rmsProp(
      FloatMatrix p, FloatMatrix g, FloatMatrix s, double rate, double rho, double eps) {
    ScalarUpdate.rmsProp(
        p.columns(),
        (float) rate,
        (float) rho,
        (float) (1 - rho),
        (float) eps,
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride(),
        s.array(),
        s.offset(),
        s.columnStride());
  }

  static void adam(
      FloatMatrix p, FloatMatrix g, FloatMatrix v, FloatMatrix s, StatementOfUpdates.Adam adam) {
    ScalarUpdate.adam(
        p.columns(),
        adam.kept(),
        adam.correctedRate(),
        (float) adam.beta1(),
        (float) (1 - adam.beta1()),
        (float) adam.beta2(),
        (float) (1 - adam.beta2()),
        adam.correction(),
        (float) adam.eps(),
        p.array(),
        p.offset(),
        p.columnStride(),
        g.array(),
        g.offset(),
        g.columnStride(),
        v.array(),
        v.offset(),
        v.columnStride(),
        s.array(),
        s.offset(),
        s.columnStride());
  }
}
