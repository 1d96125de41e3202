package dev.lanewise.bench.console;

/** How a command shows its progress. */
public enum ProgressStyle {
  /** One line that is written again and again. */
  BAR,
  /** A line for each step. */
  LINES,
  /** Not at all. */
  QUIET;

  /**
   * What suits where the command runs.
   *
   * @param quiet whether it is to be quiet
   * @return a bar on a terminal, else lines
   */
  public static ProgressStyle of(boolean quiet) {
    if (quiet) {
      return QUIET;
    }
    return Terminal.isThere() ? BAR : LINES;
  }
}
