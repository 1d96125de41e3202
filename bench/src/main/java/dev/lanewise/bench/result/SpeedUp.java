package dev.lanewise.bench.result;

/**
 * Lanewise against another implementation of an operation at a shape.
 *
 * @param lanewise the kernel's figure
 * @param other the other's
 * @param ratio how many times as fast the kernel is: the other's time divided by its own, over the
 *     rounds that both have
 */
public record SpeedUp(Figure lanewise, Figure other, Estimate ratio) {
  /**
   * Whether the kernel is slower.
   *
   * @return whether the median is below 1
   */
  public boolean isLoss() {
    return ratio.median() < 1;
  }

  /**
   * Whether the rounds tell which is faster.
   *
   * @return whether there is an interval and 1 is not in it
   */
  public boolean isDecided() {
    return ratio.isInterval() && (ratio.low() > 1 || ratio.high() < 1);
  }
}
