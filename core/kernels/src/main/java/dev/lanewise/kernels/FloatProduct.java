package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.FloatEpilogue;
import dev.lanewise.kernels.internal.FloatPanels;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.vector.VectorGemm;

/** A product of floats: which leaf computes it, and on how many threads. */
final class FloatProduct implements GemmParts.Product {
  private static final String NAME = "Gemm";

  private static final Pool<FloatProduct> POOL = new Pool<>(Ranges.CALLERS, FloatProduct::new);

  private final GemmParts parts = new GemmParts(this);
  private float alpha;
  private FloatMatrix a;
  private FloatFactor b;
  private float beta;
  private FloatMatrix c;
  private FloatEpilogue epilogue;

  private FloatProduct() {}

  /** Refuses operands that do not fit. */
  static void check(FloatMatrix a, FloatFactor b, FloatMatrix c) {
    Operands.product(NAME, a, b, c);
    Operands.output(NAME, "C", c);
    Operands.disjoint(NAME, "C", c, "A", a);
    if (b instanceof FloatMatrix matrix) {
      Operands.disjoint(NAME, "C", c, "B", matrix);
    }
  }

  /** Refuses an epilogue whose bias does not fit C. */
  static void check(Epilogue epilogue, FloatMatrix c) {
    FloatSpan bias = Checks.notNull(NAME, "epilogue", epilogue).bias();
    if (bias != null) {
      Operands.perColumn(NAME, "C", c, "bias", bias);
      Operands.disjoint(NAME, "C", c, "bias", bias);
    }
  }

  /** Computes the product on the caller's thread. */
  static void run(
      float alpha, FloatMatrix a, FloatFactor b, float beta, FloatMatrix c, FloatEpilogue e) {
    block(alpha, a, b, beta, c, e, 0, 0, c.rows(), c.columns());
  }

  /** Computes the product on several threads, if it is large enough. */
  static void run(
      float alpha,
      FloatMatrix a,
      FloatFactor b,
      float beta,
      FloatMatrix c,
      FloatEpilogue e,
      Workers workers) {
    int parts = GemmParts.count(c.rows(), c.columns(), a.columns(), workers);
    if (alpha == 0f || parts == 1) {
      run(alpha, a, b, beta, c, e);
      return;
    }
    FloatProduct product = POOL.take();
    product.alpha = alpha;
    product.a = a;
    product.b = b;
    product.beta = beta;
    product.c = c;
    product.epilogue = e;
    int step = b instanceof PackedMatrix packed ? packed.panels().width() : GemmParts.COLUMN_STEP;
    try {
      product.parts.run(c.rows(), c.columns(), parts, step, workers);
    } finally {
      product.a = null;
      product.b = null;
      product.c = null;
      product.epilogue = null;
      POOL.give(product);
    }
  }

  @Override
  public void block(int i, int j, int rows, int columns) {
    block(alpha, a, b, beta, c, epilogue, i, j, rows, columns);
  }

  /** The block of C with so many rows and columns from (i, j) on. */
  private static void block(
      float alpha,
      FloatMatrix a,
      FloatFactor b,
      float beta,
      FloatMatrix c,
      FloatEpilogue e,
      int i,
      int j,
      int rows,
      int columns) {
    int ao = a.offset() + i * a.rowStride();
    int co = c.offset() + i * c.rowStride() + j * c.columnStride();
    if (b instanceof FloatMatrix matrix) {
      int bo = matrix.offset() + j * matrix.columnStride();
      block(
          c.columns() == 1,
          rows,
          columns,
          a.columns(),
          alpha,
          a.array(),
          ao,
          a.rowStride(),
          a.columnStride(),
          matrix.array(),
          bo,
          matrix.rowStride(),
          matrix.columnStride(),
          beta,
          c.array(),
          co,
          c.rowStride(),
          c.columnStride(),
          e,
          i,
          j);
      return;
    }
    FloatPanels panels = ((PackedMatrix) b).panels();
    if (Chooser.vector() && c.columns() > 1) {
      VectorGemm.packed(
          rows,
          columns,
          a.columns(),
          alpha,
          a.array(),
          ao,
          a.rowStride(),
          a.columnStride(),
          panels,
          j,
          beta,
          c.array(),
          co,
          c.rowStride(),
          c.columnStride(),
          e,
          i,
          j);
      return;
    }
    block(
        c.columns() == 1,
        rows,
        columns,
        a.columns(),
        alpha,
        a.array(),
        ao,
        a.rowStride(),
        a.columnStride(),
        panels.array(),
        j,
        c.columns(),
        1,
        beta,
        c.array(),
        co,
        c.rowStride(),
        c.columnStride(),
        e,
        i,
        j);
  }

  /** A product of strided operands, or a block of one. */
  static void block(
      boolean single,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int brs,
      int bcs,
      float beta,
      float[] c,
      int co,
      int crs,
      int ccs,
      FloatEpilogue e,
      int i,
      int j) {
    if (Chooser.vector()) {
      VectorGemm.gemm(
          single, m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, beta, c, co, crs, ccs, e, i, j);
    } else {
      ScalarGemm.gemm(
          single, m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, beta, c, co, crs, ccs, e, i, j);
    }
  }
}
