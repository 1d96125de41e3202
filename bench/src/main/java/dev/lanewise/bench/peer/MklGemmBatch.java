package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * C ← A·B for many equal matrices by MKL, all in one call, which was measured to be faster than a
 * call for each by a fifth to a third, and as fast as {@code cblas_sgemm_batch}.
 */
final class MklGemmBatch implements PeerOperation {
  private static final String NAME = "cblas_sgemm_batch_strided";

  /**
   * Order, transpositions, m, n, k, alpha, A, B, beta, C, the number of products; a leading
   * dimension and the distance to the next after each matrix.
   */
  private static final MethodHandle FUNCTION =
      NativeLibrary.mkl()
          .function(
              NAME,
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
                  JAVA_INT,
                  ADDRESS,
                  JAVA_INT,
                  JAVA_INT,
                  JAVA_FLOAT,
                  ADDRESS,
                  JAVA_INT,
                  JAVA_INT,
                  JAVA_INT));

  private final int size;
  private final int m;
  private final int k;
  private final int n;
  private final MemorySegment a;
  private final MemorySegment b;
  private final MemorySegment c;
  private final float[] target;

  MklGemmBatch(int size, int m, int k, int n, float[] a, float[] b, float[] target) {
    this.size = size;
    this.m = m;
    this.k = k;
    this.n = n;
    this.a = NativeLibrary.copy(a);
    this.b = NativeLibrary.copy(b);
    c = NativeLibrary.allocate((long) Float.BYTES * target.length);
    this.target = target;
  }

  @Override
  public void run() {
    try {
      FUNCTION.invokeExact(
          CblasGemm.ROW_MAJOR,
          CblasGemm.AS_IT_IS,
          CblasGemm.AS_IT_IS,
          m,
          n,
          k,
          1f,
          a,
          k,
          m * k,
          b,
          n,
          k * n,
          0f,
          c,
          n,
          m * n,
          size);
    } catch (Throwable e) {
      throw NativeLibrary.failure(NAME, e);
    }
  }

  @Override
  public void fetch() {
    NativeLibrary.copy(c, target);
  }
}
