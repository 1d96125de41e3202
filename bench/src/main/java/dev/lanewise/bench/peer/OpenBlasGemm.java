package dev.lanewise.bench.peer;

import java.lang.invoke.MethodHandle;

/** C ← A·B by OpenBLAS. */
final class OpenBlasGemm extends CblasGemm {
  private static final MethodHandle FUNCTION = NativeLibrary.openBlas().function(SGEMM, SGEMM_TYPE);

  OpenBlasGemm(
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
