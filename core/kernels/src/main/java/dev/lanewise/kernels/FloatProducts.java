package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Job;
import dev.lanewise.kernels.internal.Pool;

/** Many equal products, some of them on each thread. */
final class FloatProducts implements Job.Parts {
  private static final String NAME = "Gemm";

  private static final Pool<FloatProducts> POOL = new Pool<>(Ranges.CALLERS, FloatProducts::new);

  private final Job job = new Job(this);
  private float alpha;
  private FloatBatch a;
  private FloatBatch b;
  private float beta;
  private FloatBatch c;
  private int parts;

  private FloatProducts() {}

  /** Refuses operands that do not fit. */
  static void check(FloatBatch a, FloatBatch b, FloatBatch c) {
    Operands.products(NAME, a, b, c);
  }

  /** Computes the products on the caller's thread. */
  static void run(float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c) {
    run(alpha, a, b, beta, c, 0, c.size());
  }

  /** Computes the products on several threads, if there is enough to do. */
  static void run(
      float alpha, FloatBatch a, FloatBatch b, float beta, FloatBatch c, Workers workers) {
    double multiplyAdds = (double) c.rows() * c.columns() * a.columns() * c.size();
    int count = GemmParts.count(multiplyAdds, c.size(), workers);
    if (alpha == 0f || count <= 1) {
      run(alpha, a, b, beta, c);
      return;
    }
    FloatProducts products = POOL.take();
    products.alpha = alpha;
    products.a = a;
    products.b = b;
    products.beta = beta;
    products.c = c;
    products.parts = count;
    try {
      workers.execute(products.job, count);
    } finally {
      products.a = null;
      products.b = null;
      products.c = null;
      POOL.give(products);
    }
  }

  @Override
  public void part(int index) {
    run(alpha, a, b, beta, c, start(index), start(index + 1));
  }

  private int start(int part) {
    return (int) ((long) c.size() * part / parts);
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
