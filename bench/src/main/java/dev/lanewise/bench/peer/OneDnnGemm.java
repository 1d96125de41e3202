package dev.lanewise.bench.peer;

import java.lang.foreign.MemorySegment;

/** C ← A·B by oneDNN's function for it, which was measured to be faster than its primitive. */
final class OneDnnGemm implements PeerOperation {
  private final int m;
  private final int k;
  private final int n;
  private final MemorySegment a;
  private final MemorySegment b;
  private final MemorySegment c;
  private final boolean transposedA;
  private final boolean transposedB;
  private final float[] target;

  OneDnnGemm(
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
    this.a = NativeLibrary.copy(a, m, k, transposedA);
    this.b = NativeLibrary.copy(b, k, n, transposedB);
    this.transposedA = transposedA;
    this.transposedB = transposedB;
    this.c = NativeLibrary.allocate((long) Float.BYTES * target.length);
    this.target = target;
  }

  @Override
  public void run() {
    OneDnn.sgemm(m, k, n, a, transposedA, b, transposedB, c);
  }

  @Override
  public void fetch() {
    NativeLibrary.copy(c, target);
  }
}
