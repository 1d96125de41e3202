package dev.lanewise.learn.tune;

import java.io.IOException;
import java.util.Optional;

/**
 * A model in training that can be saved and rolled back, as a {@link Babysitter} needs it.
 *
 * <p>For decisions that can be repeated, what {@link #train} does must follow from the saved state,
 * the settings and the number of epochs alone.
 */
public interface Trainee {
  /**
   * Begins anew. Nothing is saved yet.
   *
   * @param settings the settings
   * @return the score before the first epoch
   * @throws IOException if that fails
   */
  double begin(Assignment settings) throws IOException;

  /**
   * Goes back to what was saved last and trains on from there.
   *
   * @param settings the settings
   * @param epochs how many epochs, at least 1
   * @return the score then; one that is not finite counts as failed
   * @throws IOException if that fails, which ends babysitting
   * @throws ArithmeticException if training diverges, which ends the interval
   */
  double train(Assignment settings, int epochs) throws IOException;

  /**
   * What has been saved, also by another process.
   *
   * @return the note that it was saved with, empty if it had none; nothing if nothing is saved
   * @throws IOException if that cannot be found out
   */
  Optional<String> saved() throws IOException;

  /**
   * Saves the state, all of it and the note or nothing.
   *
   * @param note any text
   * @throws IOException if that fails
   */
  void save(String note) throws IOException;

  /**
   * Goes back to what was saved last, also by another process.
   *
   * @param settings the settings
   * @return the note that it was saved with
   * @throws IOException if that fails
   */
  String restore(Assignment settings) throws IOException;
}
