package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;

/** The definition of products, called directly on views. */
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
}
