package dev.lanewise.learn.tune;

/** Is told how a study goes on, on the thread that runs it. What it throws ends the study. */
public interface StudyListener {
  /** Is told nothing. */
  StudyListener NONE = new StudyListener() {};

  /**
   * Before a trial starts.
   *
   * @param proposal what is run
   */
  default void beforeTrial(Proposal proposal) {}

  /**
   * After a trial has ended and is recorded.
   *
   * @param outcome how it ended
   */
  default void afterTrial(Outcome outcome) {}

  /**
   * In place of a trial that the journal has the end of, and which is not run again.
   *
   * @param outcome how it ended
   */
  default void alreadyEnded(Outcome outcome) {}
}
