package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.scalar.ScalarGemm;
import dev.lanewise.kernels.internal.vector.VectorGemm;

/** Matrix multiplication: C ← alpha·A·B + beta·C. */
public final class Gemm {
  private static final String NAME = "Gemm";

  private Gemm() {}

  /**
   * C ← alpha·A·B + beta·C.
   *
   * <p><b>Definition.</b> For n ≥ 2 columns, c = beta == 0 ? +0 : beta·C[i][j], then in order of p
   * = 0, ..., k-1: c = fma(alpha·A[i][p], B[p][j], c), with alpha·A[i][p] rounded. For n = 1, c +
   * Σ_p of the same products in the order of a row reduction. Row i of C therefore depends on row i
   * of A and on B alone, and never on m.
   *
   * <p><b>Shapes.</b> A m×k, B k×n, C m×n, any strides; a transposed view replaces a transpose
   * flag.
   *
   * <p><b>Aliasing.</b> C must not overlap A or B, and its elements must be distinct.
   *
   * <p><b>Special values.</b> beta = 0 does not read C; alpha = 0 or k = 0 reads neither A nor B.
   * Otherwise NaN, infinities, subnormals and -0 follow IEEE 754 along the chain. Empty shapes do
   * nothing but scale C.
   *
   * <p><b>Error.</b> |C - exact| ≤ gamma_(k+2)·(|alpha|·|A|·|B| + |beta|·|C|) element by element,
   * gamma_k = k·u / (1 - k·u), u = 2^-24, where nothing overflows; where products underflow
   * 2^-149·(max(1, |alpha|)·k + Σ_p |B[p][j]| + 2) more (N. J. Higham, Accuracy and Stability of
   * Numerical Algorithms, 2002, section 3.5).
   *
   * <p><b>Source.</b> K. Goto and R. van de Geijn, Anatomy of high-performance matrix
   * multiplication, 2008.
   *
   * @param alpha the factor of the product
   * @param a the left factor A
   * @param b the right factor B
   * @param beta the factor of what C holds
   * @param c the result C
   * @throws NullPointerException if a matrix is null
   * @throws IllegalArgumentException if the shapes do not fit or C overlaps A, B or itself; nothing
   *     is written then
   */
  public static void gemm(float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c) {
    check(a, b, c);
    block(alpha, a, b, beta, c, 0, 0, c.rows(), c.columns());
  }

  /**
   * C ← alpha·A·B + beta·C as {@link #gemm(float, FloatMatrix, FloatMatrix, float, FloatMatrix)},
   * with the same bits, on several threads. C is split by rows and columns into parts of 48 by 128
   * elements or more; below half a million multiply-adds the caller's thread does it alone.
   *
   * @param alpha the factor of the product
   * @param a the left factor A
   * @param b the right factor B
   * @param beta the factor of what C holds
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if a matrix or the workers are null
   * @throws IllegalArgumentException if the shapes do not fit or C overlaps A, B or itself; nothing
   *     is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void gemm(
      float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c, Workers workers) {
    check(a, b, c);
    Checks.notNull(NAME, "workers", workers);
    workers.requireOpen(NAME);
    if (!GemmParts.isWorthIt(alpha, a, c, workers)) {
      block(alpha, a, b, beta, c, 0, 0, c.rows(), c.columns());
      return;
    }
    GemmParts.run(alpha, a, b, beta, c, workers);
  }

  private static void check(FloatMatrix a, FloatMatrix b, FloatMatrix c) {
    Checks.notNull(NAME, "A", a);
    Checks.notNull(NAME, "B", b);
    Checks.notNull(NAME, "C", c);
    if (a.columns() != b.rows()) {
      throw Checks.shape(
          NAME, "A", Operands.shape(a), "B", Operands.shape(b), "A's columns must equal B's rows");
    }
    if (c.rows() != a.rows() || c.columns() != b.columns()) {
      throw Checks.shape(
          NAME,
          "C",
          Operands.shape(c),
          "A·B",
          a.rows() + "×" + b.columns(),
          "their shapes must be equal");
    }
    Operands.output(NAME, "C", c);
    Operands.disjoint(NAME, "C", c, "A", a);
    Operands.disjoint(NAME, "C", c, "B", b);
  }

  /**
   * The block of C with so many rows and columns from (i, j) on. A part of the columns is no
   * product with a single column, even if it has one.
   */
  static void block(
      float alpha,
      FloatMatrix a,
      FloatMatrix b,
      float beta,
      FloatMatrix c,
      int i,
      int j,
      int rows,
      int columns) {
    boolean part = columns < c.columns();
    int k = a.columns();
    int ao = a.offset() + i * a.rowStride();
    int bo = b.offset() + j * b.columnStride();
    int co = c.offset() + i * c.rowStride() + j * c.columnStride();
    if (Chooser.vector()) {
      if (part) {
        VectorGemm.chains(
            rows,
            columns,
            k,
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
            c.columnStride());
      } else {
        VectorGemm.gemm(
            rows,
            columns,
            k,
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
            c.columnStride());
      }
    } else if (part) {
      ScalarGemm.chains(
          rows,
          columns,
          k,
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
          c.columnStride());
    } else {
      ScalarGemm.gemm(
          rows,
          columns,
          k,
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
          c.columnStride());
    }
  }
}
