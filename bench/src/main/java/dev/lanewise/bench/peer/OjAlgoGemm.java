package dev.lanewise.bench.peer;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R032Store;

/**
 * C ← A·B by ojAlgo on one thread. A is a view of its transpose, which was measured to be the
 * fastest layout by 2 to 7 %.
 */
final class OjAlgoGemm implements PeerOperation {
  private final MatrixStore<Double> a;
  private final R032Store b;
  private final R032Store c;
  private final int n;
  private final float[] target;

  OjAlgoGemm(int m, int k, int n, float[] a, float[] b, float[] target) {
    OjAlgoUtils.limitThreadsTo(1);
    R032Store transposedA = R032Store.FACTORY.make(k, m);
    for (int i = 0; i < m * k; i++) {
      transposedA.set(i % k, i / k, a[i]);
    }
    this.a = transposedA.transpose();
    this.b = R032Store.FACTORY.make(k, n);
    for (int i = 0; i < k * n; i++) {
      this.b.set(i / n, i % n, b[i]);
    }
    c = R032Store.FACTORY.make(m, n);
    this.n = n;
    this.target = target;
  }

  @Override
  public void run() {
    c.fillByMultiplying(a, b);
  }

  @Override
  public void fetch() {
    for (int i = 0; i < target.length; i++) {
      target[i] = c.floatValue(i / n, i % n);
    }
  }
}
