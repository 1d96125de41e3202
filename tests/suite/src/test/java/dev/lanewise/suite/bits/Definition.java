package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.scalar.ScalarUpdate;

/** The definitions, called directly on views; spans are the one row of their matrix. */
final class Definition {
  private Definition() {}

  static void gemm(float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c) {
    gemm(alpha, a, b, beta, c, null);
  }

  static void gemm(
      float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c, FloatEpilogue e) {
    ScalarGemm.gemm(
        c.columns() == 1,
        c.rows(),
        c.columns(),
        a.columns(),
        alpha,
        a.array(),
        a.offset(),
        a.rowStride(),
        a.columnStride(),
        b.array(),
        b.offset(),
        b.rowStride(),
        b.columnStride(),
        beta,
        c.array(),
        c.offset(),
        c.rowStride(),
        c.columnStride(),
        e,
        0,
        0);
  }

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

  static void adam(
      FloatMatrix p, FloatMatrix g, FloatMatrix v, FloatMatrix s, Statement.Adam adam) {
    ScalarUpdate.adam(
        p.columns(),
        1f,
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
