package dev.lanewise.learn.train;

/** Is told how training goes on, on the thread that trains. */
public interface TrainingListener {
  /** Is told nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * After a step.
   *
   * @param epoch the number of the epoch, from 1 on
   * @param batch how many batches of it have been trained
   * @param batches how many it has
   * @param loss the cost before the step
   */
  default void afterStep(int epoch, int batch, int batches, float loss) {}

  /**
   * After an epoch and its validation, and before its checkpoint is written.
   *
   * @param epoch what became of it
   * @return whether training goes on; if not, a run that is resumed may
   */
  default boolean afterEpoch(History.Epoch epoch) {
    return true;
  }
}
