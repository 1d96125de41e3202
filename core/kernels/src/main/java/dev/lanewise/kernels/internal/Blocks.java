package dev.lanewise.kernels.internal;

import static dev.lanewise.kernels.internal.Chooser.BITS;
import static dev.lanewise.kernels.internal.Chooser.REGISTERS;

/**
 * The tiles of a matrix product and the sizes of its blocks, after K. Goto and R. van de Geijn,
 * Anatomy of high-performance matrix multiplication (2008). They change the speed and never a bit.
 *
 * <p>Tiles were measured on code from C2 of JDK 25. A tile of r rows and v vectors holds r·v
 * accumulators, v vectors of B and one element of A for all lanes. With 32 registers 6 by 4 runs at
 * 95 to 97 % of the multiply-add peak on operands that lie row by row (Zen 5, 512 bits); 8 by 3
 * reaches 93 %, and 12 by 2, whose rows want more addresses than there are general registers, 85 to
 * 93 %. With 16 registers C2 keeps 4 by 2, which reaches 95 % (Zen 3, 256 bits); 5 by 2 spills an
 * accumulator in some compilations, and 6 by 2, 4 by 3 and 3 by 4 in all. AArch64 has 32 registers
 * and takes the same tiles as 512 bits do; they were not run there.
 *
 * <p>The sizes of blocks follow from those of caches. Of where copies of B begin to pay no
 * measurement is recorded.
 */
public final class Blocks {
  /**
   * The most rows of a tile of three or four vectors; narrower ones take {@link #HIGH_TILE_ROWS}.
   */
  public static final int TILE_ROWS = REGISTERS == 32 ? 6 : 4;

  /**
   * The most rows of a tile of one or two vectors: so many chains as cover the latency of a
   * multiply-add, and a tile costs 15 to 20 ns before and after its loop.
   */
  public static final int HIGH_TILE_ROWS = REGISTERS == 32 ? 8 : 4;

  /** Rows of a tile for what larger ones leave. */
  public static final int SMALL_TILE_ROWS = 4;

  /** The most columns of a tile: four vectors, or two. */
  public static final int TILE_COLUMNS = (REGISTERS == 32 ? 4 : 2) * (BITS / Float.SIZE);

  /** The most depth of a block. With {@link #COLUMNS}, a block of B takes 384 KB of an L2 cache. */
  public static final int DEPTH = 384;

  /**
   * The most columns of a block of B of that depth, a multiple of {@link #TILE_COLUMNS} at every
   * width.
   */
  public static final int COLUMNS = 1024 / Float.BYTES;

  /** The most rows of a block of A, a multiple of every tile's rows. A copy takes 300 KB. */
  public static final int ROWS = 768 / Float.BYTES;

  /** B is read where it lies if it has at most so many elements, 64 KB. */
  public static final int UNPACKED = (1 << 16) / Float.BYTES;

  /**
   * Or if C has at most so many rows: a copy is used once for each tile of rows, and pays from
   * about eight on.
   */
  public static final int FEW_ROWS = 48;

  /**
   * With at most so many rows of C the first row of tiles copies B while it computes, which takes 3
   * to 4 % off products with 64 rows and more. With more than these a copy is used so often that
   * making it takes no time. The kernel for it has 6 rows.
   */
  public static final int PACKING_ROWS = TILE_ROWS == 6 ? 2 * ROWS : 0;

  private Blocks() {}

  /**
   * The most columns of a block of B of a depth: a shallow one is wider, up to four times, so that
   * fewer blocks read A.
   */
  public static int columns(int depth) {
    int most = Math.min(DEPTH * COLUMNS / depth, 4 * COLUMNS);
    return Math.max(COLUMNS, most - most % TILE_COLUMNS);
  }

  /** The size of the fewest equal blocks of at most {@code most}, in multiples of a size. */
  public static int even(int n, int most, int multiple) {
    int blocks = (n - 1) / most + 1;
    int size = (n - 1) / blocks + 1;
    return Math.min(most, (size - 1) / multiple * multiple + multiple);
  }
}
