package dev.lanewise.bench.peer;

/** C ← A·B in double by netlib's BLAS on the Vector API, laid out as for {@link VectorBlasGemm}. */
final class VectorBlasDoubleGemm implements PeerOperation {
  private final int m;
  private final int k;
  private final int n;
  private final double[] a;
  private final double[] transposedB;
  private final double[] c;

  VectorBlasDoubleGemm(int m, int k, int n, double[] a, double[] b, double[] c) {
    this.m = m;
    this.k = k;
    this.n = n;
    this.a = a;
    this.c = c;
    transposedB = new double[k * n];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        transposedB[j * k + p] = b[p * n + j];
      }
    }
  }

  @Override
  public void run() {
    VectorBlasGemm.BLAS.dgemm("T", "N", n, m, k, 1, transposedB, k, a, k, 0, c, n);
  }
}
