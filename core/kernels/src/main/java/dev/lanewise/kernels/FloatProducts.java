package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Pool;

/** Many equal products, some of them on each thread. */
final class FloatProducts extends Ranges {
  private static final String NAME = "Gemm";

  private static final Pool<FloatProducts> POOL = new Pool<>(CALLERS, FloatProducts::new);

  private float alpha;
  private FloatBatch a;
  private FloatBatch b;
  private float beta;
  private FloatBatch c;

  private FloatProducts() {}

  /** Refuses operands that do not fit. */
  static void check(FloatBatch a, FloatBatch b, FloatBatch c) {
    Operands.products(NAME, a, b, c);
  }

  /** Computes the products, on several threads if there are workers and enough to do. */
  static void run(
      float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c, Workers workers) {
    double nanos = GemmParts.nanos(c.rows(), c.columns(), a.columns()) * c.size();
    if (alpha == 0f || !isShared(nanos, workers)) {
      run(alpha, a, b, beta, c, 0, c.size());
      return;
    }
    FloatProducts products = POOL.take();
    products.alpha = alpha;
    products.a = a;
    products.b = b;
    products.beta = beta;
    products.c = c;
    try {
      products.run(c.size(), 1, nanos, workers);
    } finally {
      products.a = null;
      products.b = null;
      products.c = null;
      POOL.give(products);
    }
  }

  @Override
  void range(int from, int to) {
    run(alpha, a, b, beta, c, from, to);
  }

  private static void run(
      float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c, int from, int to) {
    int m = c.rows();
    int n = c.columns();
    if (m == 0 || n == 0) {
      return;
    }
    for (int p = from; p < to; p++) {
      FloatProduct.block(
          n == 1,
          m,
          n,
          a.columns(),
          alpha,
          a.array(),
          start(a, p),
          a.rowStride(),
          a.columnStride(),
          b.array(),
          start(b, p),
          b.rowStride(),
          b.columnStride(),
          beta,
          c.array(),
          start(c, p),
          c.rowStride(),
          c.columnStride(),
          null,
          0,
          0);
    }
  }

  /** Where matrix p begins; for k = 0, where A and B are not read, it may overflow. */
  private static int start(FloatBatch x, int p) {
    return x.offset() + p * x.stride();
  }
}
