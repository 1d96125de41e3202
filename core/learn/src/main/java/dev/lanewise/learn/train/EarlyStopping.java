package dev.lanewise.learn.train;

/**
 * Training ends when the validation loss has not fallen for some epochs, and the variables return
 * to what they were after the best one.
 *
 * @param patience how many epochs may pass without a new least loss, at least 1
 * @param leastFall by how much a loss must fall to count as new, at least 0
 */
public record EarlyStopping(int patience, double leastFall) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the patience is below 1, or the least fall negative or NaN
   */
  public EarlyStopping {
    if (patience < 1 || !(leastFall >= 0)) {
      throw new IllegalArgumentException(
          "EarlyStopping: patience is %d and least fall %s; they must be at least 1 and 0"
              .formatted(patience, leastFall));
    }
  }

  /**
   * Any fall of the loss counts.
   *
   * @param epochs how many epochs may pass without a new least loss, at least 1
   * @return the rule
   * @throws IllegalArgumentException if epochs is below 1
   */
  public static EarlyStopping after(int epochs) {
    return new EarlyStopping(epochs, 0);
  }
}
