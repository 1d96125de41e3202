package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.Locale;
import java.util.Optional;

/**
 * An interval of a {@link Babysitter} and what became of it. Decision 0 is the beginning: no epoch,
 * and the score of the model as it is then.
 *
 * @param number its number, from 0 on
 * @param epoch the epochs kept before it
 * @param epochs the epochs trained in it
 * @param nudge what was nudged; nothing in an interval that just goes on
 * @param before the score before; NaN of the beginning
 * @param after the score after; NaN if training failed
 * @param error how training failed; empty if it did not
 * @param kept whether the score improved, so that the interval and its nudge were kept
 */
public record Decision(
    int number,
    int epoch,
    int epochs,
    Optional<Nudge> nudge,
    double before,
    double after,
    String error,
    boolean kept) {
  /** Nothing is null. */
  public Decision {
    Checks.notNull("Decision", "nudge", nudge);
    Checks.notNull("Decision", "error", error);
  }

  static Decision beginning(double score) {
    return new Decision(0, 0, 0, Optional.empty(), Double.NaN, score, "", true);
  }

  /** Such as {@code decision 3, epochs 5 to 6: rate 0.01 -> 0.025: 0.412 -> 0.375: kept}. */
  @Override
  public String toString() {
    String score = error.isEmpty() ? String.format(Locale.ROOT, "%.5g", after) : error;
    if (number == 0) {
      return "decision 0, the beginning: " + score;
    }
    return String.format(
        Locale.ROOT,
        "decision %d, epochs %d to %d: %s: %.5g -> %s: %s",
        number,
        epoch + 1,
        epoch + epochs,
        nudge.map(Nudge::toString).orElse("no nudge"),
        before,
        score,
        kept ? "kept" : "rolled back");
  }
}
