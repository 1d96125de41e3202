package dev.lanewise.suite.peers;

import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.EnumSet;
import java.util.Set;

/** The adapter of a BLAS's {@code sgemm}, which is column-major: Cᵀ = Bᵀ·Aᵀ for a row-major C. */
abstract class BlasGemm implements GemmEngine {
  /** An operand as the BLAS sees it. */
  record Matrix(float[] array, int offset, int leadingDimension, boolean transposed) {
    /** A matrix, of which the BLAS is asked for the transpose if {@code flipped}. */
    static Matrix of(Operand x, boolean flipped) {
      boolean rowMajor = x.columnStride() == 1 && (x.columns() > 1 || x.rowStride() >= 1);
      int stride = rowMajor ? x.rowStride() : x.columnStride();
      int extent = rowMajor ? x.columns() : x.rows();
      int leading = Math.max(Math.max(stride, extent), 1);
      return new Matrix(x.array(), x.offset(), leading, rowMajor != flipped);
    }
  }

  /** C = alpha·A·B + beta·C, column-major. */
  abstract void sgemm(int m, int n, int k, float alpha, Matrix a, Matrix b, float beta, Matrix c);

  @Override
  public final void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
    Matrix result = Matrix.of(c, false);
    if (result.transposed) {
      sgemm(
          c.columns(),
          c.rows(),
          a.columns(),
          alpha,
          Matrix.of(b, true),
          Matrix.of(a, true),
          beta,
          result);
    } else {
      sgemm(
          c.rows(),
          c.columns(),
          a.columns(),
          alpha,
          Matrix.of(a, false),
          Matrix.of(b, false),
          beta,
          result);
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.OFFSETS,
        Capability.LEADING_DIMENSION,
        Capability.COLUMN_MAJOR,
        Capability.EMPTY,
        Capability.ALPHA,
        Capability.BETA,
        Capability.NON_FINITE,
        Capability.SUBNORMALS);
  }
}
