package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import java.util.function.IntToDoubleFunction;

/**
 * Products and the order of a row reduction, restated from their documentation, one element after
 * the other and without a thought for speed.
 */
final class Statement {
  private Statement() {}

  static void gemm(float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c) {
    int k = alpha == 0 ? 0 : a.columns();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        float sum = beta == 0 ? 0f : beta * c.get(i, j);
        if (c.columns() == 1 && k > 0) {
          sum += dot(alpha, a, b.transpose(), i, 0);
        } else {
          for (int p = 0; p < k; p++) {
            sum = Math.fma(alpha * a.get(i, p), b.get(p, j), sum);
          }
        }
        c.set(i, j, sum);
      }
    }
  }

  static float dot(float alpha, FloatMatrix a, FloatMatrix b, int i, int j) {
    return row(a.columns(), (p, sum) -> Math.fma(alpha * a.get(i, p), b.get(j, p), sum));
  }

  static float sum(int n, IntToDoubleFunction x) {
    return row(n, (i, sum) -> sum + (float) x.applyAsDouble(i));
  }

  @FunctionalInterface
  interface Term {
    float addTo(int i, float sum);
  }

  /** Blocks of 4096, 64 lanes folded by halves, blocks folded pairwise by index. */
  static float row(int n, Term term) {
    int blocks = Math.max(1, (n + 4095) / 4096);
    float[] sums = new float[blocks];
    for (int block = 0; block < blocks; block++) {
      float[] lanes = new float[64];
      for (int i = 4096 * block; i < Math.min(n, 4096 * (block + 1)); i++) {
        lanes[i % 64] = term.addTo(i, lanes[i % 64]);
      }
      for (int half = 32; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lanes[l] = lanes[l] + lanes[l + half];
        }
      }
      sums[block] = lanes[0];
    }
    while (blocks > 1) {
      for (int block = 0; block < blocks; block += 2) {
        sums[block / 2] = block + 1 < blocks ? sums[block] + sums[block + 1] : sums[block];
      }
      blocks = (blocks + 1) / 2;
    }
    return sums[0];
  }
}
