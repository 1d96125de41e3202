package dev.lanewise.suite.properties;

/**
 * The order in which the sums of a feature go, and how many roundings a term passes through in it,
 * its own aside.
 */
public enum Sums {
  /**
   * Down a column: 2 in a group's tree, 14 groups and 3 single rows behind it, in a chunk of 63
   * rows; the first sum, 0 + root, is exact. Chunks are added in double.
   */
  COLUMN(19),
  /**
   * Along a row: 63 in one of 64 lanes, whose first sum is exact, and 6 folds, in a block of 4096
   * elements. Blocks are added in double.
   */
  ROW(69);

  private final int roundings;

  Sums(int roundings) {
    this.roundings = roundings;
  }

  /** The most roundings of a term; a fused product has one more, its first sum not being exact. */
  public int roundings() {
    return roundings;
  }
}
