package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** C ← A·B by the C interface of a BLAS, which takes matrices row by row. */
abstract class CblasGemm implements PeerOperation {
  static final String SGEMM = "cblas_sgemm";
  static final String DGEMM = "cblas_dgemm";
  static final FunctionDescriptor SGEMM_TYPE = type(JAVA_FLOAT);
  static final FunctionDescriptor DGEMM_TYPE = type(JAVA_DOUBLE);

  static final int ROW_MAJOR = 101;
  static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private final int m;
  private final int k;
  private final int n;
  private final int transposeA;
  private final int transposeB;
  private final int lda;
  private final int ldb;
  private final MemorySegment a;
  private final MemorySegment b;
  private final MemorySegment c;
  private final MemorySegment target;

  /** Of floats. */
  CblasGemm(
      int m,
      int k,
      int n,
      float[] a,
      float[] b,
      float[] target,
      boolean transposedA,
      boolean transposedB) {
    this(
        m,
        k,
        n,
        NativeLibrary.copy(a, m, k, transposedA),
        NativeLibrary.copy(b, k, n, transposedB),
        MemorySegment.ofArray(target),
        transposedA,
        transposedB);
  }

  /** Of doubles. */
  CblasGemm(
      int m,
      int k,
      int n,
      double[] a,
      double[] b,
      double[] target,
      boolean transposedA,
      boolean transposedB) {
    this(
        m,
        k,
        n,
        NativeLibrary.copy(a, m, k, transposedA),
        NativeLibrary.copy(b, k, n, transposedB),
        MemorySegment.ofArray(target),
        transposedA,
        transposedB);
  }

  private CblasGemm(
      int m,
      int k,
      int n,
      MemorySegment a,
      MemorySegment b,
      MemorySegment target,
      boolean transposedA,
      boolean transposedB) {
    this.m = m;
    this.k = k;
    this.n = n;
    transposeA = transposedA ? TRANSPOSED : AS_IT_IS;
    transposeB = transposedB ? TRANSPOSED : AS_IT_IS;
    lda = transposedA ? m : k;
    ldb = transposedB ? k : n;
    this.a = a;
    this.b = b;
    c = NativeLibrary.allocate(target.byteSize());
    this.target = target;
  }

  /**
   * Order, transpositions, m, n, k, alpha, A, B, beta, C; a leading dimension after each matrix.
   */
  private static FunctionDescriptor type(ValueLayout element) {
    return FunctionDescriptor.ofVoid(
        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, element, ADDRESS, JAVA_INT,
        ADDRESS, JAVA_INT, element, ADDRESS, JAVA_INT);
  }

  /** With the library's function, which each subclass has as a constant. */
  final void callSgemm(MethodHandle sgemm) {
    try {
      sgemm.invokeExact(ROW_MAJOR, transposeA, transposeB, m, n, k, 1f, a, lda, b, ldb, 0f, c, n);
    } catch (Throwable e) {
      throw NativeLibrary.failure(SGEMM, e);
    }
  }

  /** With the library's function, which each subclass has as a constant. */
  final void callDgemm(MethodHandle dgemm) {
    try {
      dgemm.invokeExact(ROW_MAJOR, transposeA, transposeB, m, n, k, 1.0, a, lda, b, ldb, 0.0, c, n);
    } catch (Throwable e) {
      throw NativeLibrary.failure(DGEMM, e);
    }
  }

  /** C in native memory. */
  final MemorySegment result() {
    return c;
  }

  @Override
  public final void fetch() {
    target.copyFrom(c);
  }
}
