package dev.lanewise.kernels.internal;

/**
 * The tile of a matrix product and the sizes of its blocks, after K. Goto and R. van de Geijn,
 * Anatomy of high-performance matrix multiplication (2008). They change the speed and never a bit.
 *
 * <p>Tiles were measured on code from C2 of JDK 25. With 32 registers 12 rows by 2 vectors run at
 * the multiply-add peak for 512 bits (Zen 4), and 6 by 2 for the narrower widths. C2 loads all
 * elements of A and B before the first product that needs them, so a tile of r rows and v vectors
 * wants r·v + r + v registers. With 16 (Zen 3, 256 bits) 4 by 2 wants 14 and reaches 95 % of the
 * peak; 5 by 2 wants 17 and in some compilations spills an accumulator, which halves it; 6 by 2, 4
 * by 3 and 3 by 4 stay below 43 %.
 */
public final class Blocks {
  /** Rows of a tile. */
  public static final int TILE_ROWS = Chooser.REGISTERS == 32 ? (Chooser.BITS == 512 ? 12 : 6) : 4;

  /** Columns of a tile: two vectors. */
  public static final int TILE_COLUMNS = 2 * Chooser.BITS / Float.SIZE;

  /**
   * Depth of a block: a panel of B takes 16 KB at 256 bits, half of a 32 KB L1 cache, and 32 KB at
   * 512.
   */
  public static final int DEPTH = 256;

  /**
   * Rows of a block of A, a multiple of every tile's rows: 180 KB, to stay in an L2 cache of 512
   * KB.
   */
  public static final int ROWS = 180;

  /** Columns of a block of B, a multiple of every tile's columns: 4 MB, to stay in an L3 cache. */
  public static final int COLUMNS = 4096;

  private Blocks() {}
}
