package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.List;

/**
 * What a {@link Babysitter} has done.
 *
 * @param decisions all decisions, from the beginning on
 * @param settings the settings that were kept last
 * @param complete whether the budget was spent, or nothing was left to try; otherwise it was
 *     interrupted
 */
public record Babysitting(List<Decision> decisions, Assignment settings, boolean complete) {
  /** Copies the list. */
  public Babysitting {
    decisions = Checks.copy("Babysitting", "decisions", decisions);
    Checks.notNull("Babysitting", "settings", settings);
    if (decisions.isEmpty()) {
      throw new IllegalArgumentException("Babysitting: no decision; the first is the beginning");
    }
  }

  /**
   * The best score, which is that of the model as it was kept last.
   *
   * @return the score
   */
  public double score() {
    return kept().getLast().after();
  }

  /**
   * The decisions that were kept: the model's curve.
   *
   * @return some of the decisions, the beginning among them
   */
  public List<Decision> kept() {
    return decisions.stream().filter(Decision::kept).toList();
  }

  /**
   * How many epochs the model has been trained for, as it was kept last.
   *
   * @return the number
   */
  public int epochs() {
    return kept().stream().mapToInt(Decision::epochs).sum();
  }

  /**
   * How many epochs were trained, also in intervals that were rolled back.
   *
   * @return the number
   */
  public int spent() {
    return decisions.stream().mapToInt(Decision::epochs).sum();
  }
}
