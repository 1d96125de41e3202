package dev.lanewise.bench.peer;

import dev.ludovic.netlib.blas.BLAS;
import java.lang.reflect.Method;

/**
 * C ← A·B by netlib's BLAS on the Vector API. It takes matrices column by column, so it is given Cᵀ
 * = Bᵀ·Aᵀ; Bᵀ is kept row by row, which was measured to be its fastest layout by 2 to 8 %.
 */
final class VectorBlasGemm implements PeerOperation {
  static final String CLASS = "dev.ludovic.netlib.blas.VectorBLAS";

  static final BLAS BLAS = instance();

  private final int m;
  private final int k;
  private final int n;
  private final float[] a;
  private final float[] transposedB;
  private final float[] c;

  VectorBlasGemm(int m, int k, int n, float[] a, float[] b, float[] c) {
    this.m = m;
    this.k = k;
    this.n = n;
    this.a = a;
    this.c = c;
    transposedB = new float[k * n];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        transposedB[j * k + p] = b[p * n + j];
      }
    }
  }

  /** By reflection: the public way looks for a native BLAS first and complains of its absence. */
  private static BLAS instance() {
    try {
      Method instance = Class.forName(CLASS).getMethod("getInstance");
      instance.setAccessible(true);
      return (BLAS) instance.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(CLASS + " cannot be had", e);
    }
  }

  @Override
  public void run() {
    BLAS.sgemm("T", "N", n, m, k, 1, transposedB, k, a, k, 0, c, n);
  }
}
