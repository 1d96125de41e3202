package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.f64.ScalarGemm;
import dev.lanewise.kernels.internal.vector.f64.VectorGemm;

/** A product of doubles: which leaf computes it, and on how many threads. */
final class DoubleProduct implements GemmParts.Product {
  private static final String NAME = "Gemm";

  private static final Pool<DoubleProduct> POOL = new Pool<>(Ranges.CALLERS, DoubleProduct::new);

  private final GemmParts parts = new GemmParts(this);
  private double alpha;
  private DoubleMatrix a;
  private DoubleMatrix b;
  private double beta;
  private DoubleMatrix c;

  private DoubleProduct() {}

  /** Refuses operands that do not fit. */
  static void check(DoubleMatrix a, DoubleMatrix b, DoubleMatrix c) {
    Operands.product(NAME, a, b, c);
    Operands.output(NAME, "C", c);
    Operands.disjoint(NAME, "C", c, "A", a);
    Operands.disjoint(NAME, "C", c, "B", b);
  }

  /** Computes the product on the caller's thread. */
  static void run(double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c) {
    block(alpha, a, b, beta, c, 0, 0, c.rows(), c.columns());
  }

  /** Computes the product on several threads, if it is large enough. */
  static void run(
      double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c, Workers workers) {
    int parts = GemmParts.count(c.rows(), c.columns(), a.columns(), workers);
    if (alpha == 0 || parts == 1) {
      run(alpha, a, b, beta, c);
      return;
    }
    DoubleProduct product = POOL.take();
    product.alpha = alpha;
    product.a = a;
    product.b = b;
    product.beta = beta;
    product.c = c;
    try {
      product.parts.run(c.rows(), c.columns(), parts, GemmParts.COLUMN_STEP, workers);
    } finally {
      product.a = null;
      product.b = null;
      product.c = null;
      POOL.give(product);
    }
  }

  @Override
  public void block(int i, int j, int rows, int columns) {
    block(alpha, a, b, beta, c, i, j, rows, columns);
  }

  /** The block of C with so many rows and columns from (i, j) on. */
  private static void block(
      double alpha,
      DoubleMatrix a,
      DoubleMatrix b,
      double beta,
      DoubleMatrix c,
      int i,
      int j,
      int rows,
      int columns) {
    int ao = a.offset() + i * a.rowStride();
    int bo = b.offset() + j * b.columnStride();
    int co = c.offset() + i * c.rowStride() + j * c.columnStride();
    if (Chooser.vector()) {
      VectorGemm.gemm(
          c.columns() == 1,
          rows,
          columns,
          a.columns(),
          alpha,
          a.array(),
          ao,
          a.rowStride(),
          a.columnStride(),
          b.array(),
          bo,
          b.rowStride(),
          b.columnStride(),
          beta,
          c.array(),
          co,
          c.rowStride(),
          c.columnStride(),
          null,
          i,
          j);
    } else {
      ScalarGemm.gemm(
          c.columns() == 1,
          rows,
          columns,
          a.columns(),
          alpha,
          a.array(),
          ao,
          a.rowStride(),
          a.columnStride(),
          b.array(),
          bo,
          b.rowStride(),
          b.columnStride(),
          beta,
          c.array(),
          co,
          c.rowStride(),
          c.columnStride(),
          null,
          i,
          j);
    }
  }
}
