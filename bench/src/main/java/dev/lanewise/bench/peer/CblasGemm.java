package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** C ← A·B by the C interface of a BLAS, which takes matrices row by row. */
abstract class CblasGemm implements PeerOperation {
  static final String FUNCTION = "cblas_sgemm";

  /**
   * Order, transpositions, m, n, k, alpha, A, B, beta, C; a leading dimension after each matrix.
   */
  static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT);

  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
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
  private final float[] target;

  CblasGemm(
      int m,
      int k,
      int n,
      float[] a,
      float[] b,
      float[] target,
      boolean transposedA,
      boolean transposedB) {
    this.m = m;
    this.k = k;
    this.n = n;
    transposeA = transposedA ? TRANSPOSED : AS_IT_IS;
    transposeB = transposedB ? TRANSPOSED : AS_IT_IS;
    lda = transposedA ? m : k;
    ldb = transposedB ? k : n;
    this.a = NativeLibrary.copy(a, m, k, transposedA);
    this.b = NativeLibrary.copy(b, k, n, transposedB);
    this.c = NativeLibrary.allocate(target.length);
    this.target = target;
  }

  /** With the library's function, which each subclass has as a constant. */
  final void call(MethodHandle sgemm) {
    try {
      sgemm.invokeExact(ROW_MAJOR, transposeA, transposeB, m, n, k, 1f, a, lda, b, ldb, 0f, c, n);
    } catch (Throwable e) {
      throw NativeLibrary.failure(FUNCTION, e);
    }
  }

  @Override
  public final void fetch() {
    NativeLibrary.copy(c, target);
  }
}
