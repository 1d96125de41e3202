package dev.lanewise.bench.peer;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * C ← A·B for many equal matrices by OpenBLAS: a call for each. Release 0.3.31 has {@code
 * cblas_sgemm_batch} and {@code cblas_sgemm_batch_strided}, but both jump to address 0x150 and end
 * the process (Zen 5, with one thread and with two, extents 8 to 64).
 */
final class OpenBlasGemmBatch implements PeerOperation {
  private static final MethodHandle FUNCTION =
      NativeLibrary.openBlas().function(CblasGemm.SGEMM, CblasGemm.SGEMM_TYPE);

  private final int m;
  private final int k;
  private final int n;
  private final MemorySegment[] a;
  private final MemorySegment[] b;
  private final MemorySegment[] c;
  private final MemorySegment result;
  private final float[] target;

  OpenBlasGemmBatch(int size, int m, int k, int n, float[] a, float[] b, float[] target) {
    this.m = m;
    this.k = k;
    this.n = n;
    this.a = split(NativeLibrary.copy(a), size);
    this.b = split(NativeLibrary.copy(b), size);
    result = NativeLibrary.allocate((long) Float.BYTES * target.length);
    c = split(result, size);
    this.target = target;
  }

  private static MemorySegment[] split(MemorySegment all, int size) {
    MemorySegment[] parts = new MemorySegment[size];
    long bytes = all.byteSize() / size;
    for (int p = 0; p < size; p++) {
      parts[p] = all.asSlice(p * bytes, bytes);
    }
    return parts;
  }

  @Override
  public void run() {
    try {
      for (int p = 0; p < c.length; p++) {
        FUNCTION.invokeExact(
            CblasGemm.ROW_MAJOR,
            CblasGemm.AS_IT_IS,
            CblasGemm.AS_IT_IS,
            m,
            n,
            k,
            1f,
            a[p],
            k,
            b[p],
            n,
            0f,
            c[p],
            n);
      }
    } catch (Throwable e) {
      throw NativeLibrary.failure(CblasGemm.SGEMM, e);
    }
  }

  @Override
  public void fetch() {
    NativeLibrary.copy(result, target);
  }
}
