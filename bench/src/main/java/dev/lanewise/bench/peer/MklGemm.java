package dev.lanewise.bench.peer;

import java.lang.invoke.MethodHandle;

/** C ← A·B by MKL. One thread is one of its parallel layer, as the preset has no sequential one. */
final class MklGemm extends CblasGemm {
  private static final MethodHandle SGEMM =
      NativeLibrary.load(Peer.MKL, "mkl", "mkl_rt", "MKL_Get_Max_Threads").function(FUNCTION, TYPE);

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
    call(SGEMM);
  }
}
