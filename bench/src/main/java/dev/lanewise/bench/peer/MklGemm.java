package dev.lanewise.bench.peer;

import java.lang.invoke.MethodHandle;

/** C ← A·B by MKL. */
final class MklGemm extends CblasGemm {
  private static final MethodHandle FUNCTION = NativeLibrary.mkl().function(SGEMM, SGEMM_TYPE);

  MklGemm(
      int m,
      int k,
      int n,
      float[] a,
      float[] b,
      float[] c,
      boolean transposedA,
      boolean transposedB) {
    super(m, k, n, a, b, c, transposedA, transposedB);
  }

  @Override
  public void run() {
    callSgemm(FUNCTION);
  }
}
