package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Job;
import dev.lanewise.kernels.internal.Pool;

/**
 * A product whose C is split by rows and columns into blocks, each of which is a product of its
 * own. The depth is never split, as each element of C is one chain.
 *
 * <p>Columns are split first: what several blocks read is then A, which is read where it lies if C
 * and A are row-major, and not B, which each block would copy.
 */
final class GemmParts implements Job.Parts {
  /** Multiply-adds of a part below which more parts cost more than they bring: some 5 µs. */
  private static final long LEAST_PART = 1 << 18;

  /** Parts for each thread, so that a thread that is held up delays the others little. */
  private static final int PARTS_PER_THREAD = 4;

  /**
   * What the extents of a part are about, if there are several: enough tiles for packing to pay.
   */
  private static final int LEAST_ROWS = 48;

  private static final int LEAST_COLUMNS = 128;

  /** Extents of all parts but the last are multiples of these, so that their tiles are whole. */
  private static final int ROW_STEP = 12;

  private static final int COLUMN_STEP = 32;

  /** As many callers at a time allocate nothing. */
  private static final Pool<GemmParts> POOL = new Pool<>(16);

  private final Job job = new Job(this);
  private float alpha;
  private FloatMatrix a;
  private FloatMatrix b;
  private float beta;
  private FloatMatrix c;
  private int height;
  private int width;
  private int across;

  private GemmParts() {}

  /** Whether a product is large enough to be split. */
  static boolean isWorthIt(float alpha, FloatMatrix a, FloatMatrix c, Workers workers) {
    return workers.threads() > 1 && alpha != 0f && multiplyAdds(a, c) >= 2 * LEAST_PART;
  }

  private static long multiplyAdds(FloatMatrix a, FloatMatrix c) {
    // Distinct elements of C are fewer than 2^31, and so is the depth: no overflow.
    return (long) c.rows() * c.columns() * a.columns();
  }

  /** Computes the product on several threads. */
  static void run(
      float alpha, FloatMatrix a, FloatMatrix b, float beta, FloatMatrix c, Workers workers) {
    GemmParts parts = POOL.take();
    if (parts == null) {
      parts = new GemmParts();
    }
    parts.alpha = alpha;
    parts.a = a;
    parts.b = b;
    parts.beta = beta;
    parts.c = c;
    int count = parts.split(workers.threads());
    try {
      if (count == 1) {
        parts.part(0);
      } else {
        workers.execute(parts.job, count);
      }
    } finally {
      parts.a = null;
      parts.b = null;
      parts.c = null;
      POOL.give(parts);
    }
  }

  /** Decides on the blocks, and gives their number. */
  private int split(int threads) {
    int m = c.rows();
    int n = c.columns();
    long worthIt = Math.min(PARTS_PER_THREAD * (long) threads, multiplyAdds(a, c) / LEAST_PART);
    int most = Math.clamp(worthIt, 1, Integer.MAX_VALUE);
    int columnParts = Math.clamp(n / LEAST_COLUMNS, 1, most);
    width = roundUp(Math.ceilDiv(n, columnParts), COLUMN_STEP);
    across = Math.ceilDiv(n, width);
    int rowParts = Math.clamp(m / LEAST_ROWS, 1, Math.ceilDiv(most, across));
    height = roundUp(Math.ceilDiv(m, rowParts), ROW_STEP);
    return across * Math.ceilDiv(m, height);
  }

  private static int roundUp(int size, int multiple) {
    return Math.ceilDiv(size, multiple) * multiple;
  }

  @Override
  public void part(int index) {
    int i = index / across * height;
    int j = index % across * width;
    int rows = Math.min(height, c.rows() - i);
    int columns = Math.min(width, c.columns() - j);
    Gemm.block(alpha, a, b, beta, c, i, j, rows, columns);
  }
}
