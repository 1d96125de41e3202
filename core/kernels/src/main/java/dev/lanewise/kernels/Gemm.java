package dev.lanewise.kernels;

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
   * flag. B may be a {@link PackedMatrix}, with the same bits.
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
  public static void gemm(float alpha, FloatMatrix a, FloatFactor b, float beta, FloatMatrix c) {
    FloatProduct.check(a, b, c);
    FloatProduct.run(alpha, a, b, beta, c, null);
  }

  /**
   * C ← epilogue(alpha·A·B + beta·C): the product as {@link #gemm(float, FloatMatrix, FloatFactor,
   * float, FloatMatrix)}, then the epilogue's steps on each element.
   *
   * <p>The bits are those of the product followed by the steps one by one, each rounded to a float.
   * alpha = 0 and k = 0 leave the epilogue of beta·C. NaN and -0 pass a rectification. The bias may
   * overlap A and B.
   *
   * <p><b>Error.</b> With E the bound of the product, |C - exact| ≤ (1 + u)·E + u·|exact sum with
   * the bias|; rectifying adds nothing.
   *
   * @param alpha the factor of the product
   * @param a the left factor A
   * @param b the right factor B
   * @param beta the factor of what C holds
   * @param c the result C
   * @param epilogue what follows
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the shapes do not fit, the bias has not one element for
   *     each column of C, or C overlaps A, B, the bias or itself; nothing is written then
   */
  public static void gemm(
      float alpha, FloatMatrix a, FloatFactor b, float beta, FloatMatrix c, Epilogue epilogue) {
    FloatProduct.check(a, b, c);
    FloatProduct.check(epilogue, c);
    FloatProduct.run(alpha, a, b, beta, c, epilogue.leaf());
  }

  /**
   * C ← alpha·A·B + beta·C as {@link #gemm(float, FloatMatrix, FloatFactor, float, FloatMatrix)},
   * with the same bits, on several threads. C is split by rows and columns into parts of about 48
   * by 128 elements or more, the last ones smaller; a packed factor is split where its blocks of
   * columns begin. Below half a million multiply-adds the caller's thread does it alone.
   *
   * @param alpha the factor of the product
   * @param a the left factor A
   * @param b the right factor B
   * @param beta the factor of what C holds
   * @param c the result C
   * @param workers the threads
   * @throws NullPointerException if an operand or the workers are null
   * @throws IllegalArgumentException if the shapes do not fit or C overlaps A, B or itself; nothing
   *     is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void gemm(
      float alpha, FloatMatrix a, FloatFactor b, float beta, FloatMatrix c, Workers workers) {
    FloatProduct.check(a, b, c);
    Operands.open(NAME, workers);
    FloatProduct.run(alpha, a, b, beta, c, null, workers);
  }

  /**
   * C ← epilogue(alpha·A·B + beta·C) as {@link #gemm(float, FloatMatrix, FloatFactor, float,
   * FloatMatrix, Epilogue)}, with the same bits, on several threads.
   *
   * @param alpha the factor of the product
   * @param a the left factor A
   * @param b the right factor B
   * @param beta the factor of what C holds
   * @param c the result C
   * @param epilogue what follows
   * @param workers the threads
   * @throws NullPointerException if an operand or the workers are null
   * @throws IllegalArgumentException if the shapes do not fit, the bias has not one element for
   *     each column of C, or C overlaps A, B, the bias or itself; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void gemm(
      float alpha,
      FloatMatrix a,
      FloatFactor b,
      float beta,
      FloatMatrix c,
      Epilogue epilogue,
      Workers workers) {
    FloatProduct.check(a, b, c);
    FloatProduct.check(epilogue, c);
    Operands.open(NAME, workers);
    FloatProduct.run(alpha, a, b, beta, c, epilogue.leaf(), workers);
  }

  /**
   * C[p] ← alpha·A[p]·B[p] + beta·C[p] for all matrices of a batch, each as {@link #gemm(float,
   * FloatMatrix, FloatFactor, float, FloatMatrix)} and with its bits.
   *
   * <p>The range of indices from C's first to its last element must not meet those of A and B. Of
   * C's strides, each must reach over all elements that have smaller ones; or the matrices lie one
   * behind the other, each with distinct elements.
   *
   * @param alpha the factor of the products
   * @param a the left factors A
   * @param b the right factors B
   * @param beta the factor of what C holds
   * @param c the results C
   * @throws NullPointerException if a batch is null
   * @throws IllegalArgumentException if sizes or shapes do not fit, C's range meets A's or B's, or
   *     C's strides are not such; nothing is written then
   */
  public static void gemm(float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c) {
    FloatProducts.check(a, b, c);
    FloatProducts.run(alpha, a, b, beta, c, null);
  }

  /**
   * The products of a batch as {@link #gemm(float, FloatBatch, FloatBatch, float, FloatBatch)},
   * with the same bits, on several threads. Each product has one thread.
   *
   * @param alpha the factor of the products
   * @param a the left factors A
   * @param b the right factors B
   * @param beta the factor of what C holds
   * @param c the results C
   * @param workers the threads
   * @throws NullPointerException if a batch or the workers are null
   * @throws IllegalArgumentException if sizes or shapes do not fit, C's range meets A's or B's, or
   *     C's strides are not such; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void gemm(
      float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c, Workers workers) {
    FloatProducts.check(a, b, c);
    Operands.open(NAME, workers);
    FloatProducts.run(alpha, a, b, beta, c, workers);
  }

  /**
   * C ← alpha·A·B + beta·C in double, by the definition of {@link #gemm(float, FloatMatrix,
   * FloatFactor, float, FloatMatrix)} with doubles for floats: a row reduction, for n = 1, has 32
   * lanes.
   *
   * <p><b>Error.</b> As for floats with u = 2^-53, and 2^-1074 for 2^-149.
   *
   * <p>Without a fused multiply-add in hardware, {@link Math#fma} of doubles takes some
   * microseconds, and so does each of the m·k·n multiply-adds.
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
  public static void gemm(
      double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c) {
    DoubleProduct.check(a, b, c);
    DoubleProduct.run(alpha, a, b, beta, c);
  }

  /**
   * C ← alpha·A·B + beta·C as {@link #gemm(double, DoubleMatrix, DoubleMatrix, double,
   * DoubleMatrix)}, with the same bits, on several threads.
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
      double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c, Workers workers) {
    DoubleProduct.check(a, b, c);
    Operands.open(NAME, workers);
    DoubleProduct.run(alpha, a, b, beta, c, workers);
  }
}
