package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Job;

/**
 * A product whose C is split by rows and columns into blocks, each of which is a product of its
 * own. The depth is never split, as each element of C is one chain.
 *
 * <p>Columns are split first: what several blocks read is then A, which is read where it lies if C
 * and A are row-major, and not B, which each block would copy.
 */
final class GemmParts implements Job.Parts {
  /** An estimate: parts of {@link Ranges} have 2^18 multiply-adds or more. */
  private static final double NANOS_PER_MULTIPLY_ADD = Ranges.LEAST_PART / 0x1p18;

  /**
   * What the extents of a part are about, if there are several: enough tiles for packing to pay.
   */
  private static final int LEAST_ROWS = 48;

  private static final int LEAST_COLUMNS = 128;

  /** Extents of all parts but the last are multiples of these, so that their tiles are whole. */
  private static final int ROW_STEP = 24;

  static final int COLUMN_STEP = 32;

  private final Job job = new Job(this);
  private final Product product;
  private int rows;
  private int columns;
  private int height;
  private int width;
  private int across;

  /** The parts of this product. */
  GemmParts(Product product) {
    this.product = product;
  }

  /** What is split. */
  interface Product {
    /** Computes the block of C with so many rows and columns from (i, j) on. */
    void block(int i, int j, int rows, int columns);
  }

  /** About how long one thread takes for an m×k×n product. */
  static double nanos(int m, int n, int k) {
    return NANOS_PER_MULTIPLY_ADD * m * n * k;
  }

  /** How many parts pay for such a product. */
  static int count(int m, int n, int k, Workers workers) {
    return Ranges.parts(Integer.MAX_VALUE, nanos(m, n, k), workers);
  }

  /**
   * Computes a product on several threads.
   *
   * @param m the rows of C
   * @param n the columns of C
   * @param most the parts that pay
   * @param step what the columns of all parts but the last are a multiple of
   * @param workers the threads
   */
  void run(int m, int n, int most, int step, Workers workers) {
    rows = m;
    columns = n;
    int columnParts = Math.clamp(n / LEAST_COLUMNS, 1, most);
    width = roundUp(Math.ceilDiv(n, columnParts), step);
    across = Math.ceilDiv(n, width);
    int rowParts = Math.clamp(m / LEAST_ROWS, 1, Math.ceilDiv(most, across));
    height = roundUp(Math.ceilDiv(m, rowParts), ROW_STEP);
    int count = across * Math.ceilDiv(m, height);
    if (count == 1) {
      part(0);
    } else {
      workers.execute(job, count);
    }
  }

  private static int roundUp(int size, int multiple) {
    return Math.ceilDiv(size, multiple) * multiple;
  }

  @Override
  public void part(int index) {
    int i = index / across * height;
    int j = index % across * width;
    product.block(i, j, Math.min(height, rows - i), Math.min(width, columns - j));
  }
}
