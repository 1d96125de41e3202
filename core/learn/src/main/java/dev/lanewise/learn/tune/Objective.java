package dev.lanewise.learn.tune;

/** What a study searches: a score for each trial. */
@FunctionalInterface
public interface Objective {
  /**
   * Runs a trial. Several may run at a time, each on a thread of its own.
   *
   * <p>Kernels run on the trial's thread unless they are given workers, which trials in parallel
   * should not be.
   *
   * <p>For a study that can be repeated the score depends on the trial's assignment, seed and
   * budget alone. A trial that is asked to stop, by {@link Trial#shouldStop} and an interrupt, may
   * return anything or throw.
   *
   * @param trial what to run
   * @return the score, finite
   * @throws Exception if there is none; the trial has failed then, and the study goes on
   */
  double score(Trial trial) throws Exception;
}
