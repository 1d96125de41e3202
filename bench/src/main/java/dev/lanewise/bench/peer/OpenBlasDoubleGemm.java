package dev.lanewise.bench.peer;

import java.lang.invoke.MethodHandle;

/** C ← A·B in double by OpenBLAS. */
final class OpenBlasDoubleGemm extends CblasGemm {
  private static final MethodHandle FUNCTION = NativeLibrary.openBlas().function(DGEMM, DGEMM_TYPE);

  OpenBlasDoubleGemm(
      int m,
      int k,
      int n,
      double[] a,
      double[] b,
      double[] c,
      boolean transposedA,
      boolean transposedB) {
    super(m, k, n, a, b, c, transposedA, transposedB);
  }

  @Override
  public void run() {
    callDgemm(FUNCTION);
  }
}
