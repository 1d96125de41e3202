package dev.lanewise.learn.graph;

/** What a session is doing. */
final class Run {
  private final long seed;
  private Mode mode = Mode.INFERENCE;
  private boolean isStep;
  private long step;

  Run(long seed) {
    this.seed = seed;
  }

  void begin(Mode mode, boolean isStep, long step) {
    this.mode = mode;
    this.isStep = isStep;
    this.step = step;
  }

  long seed() {
    return seed;
  }

  Mode mode() {
    return mode;
  }

  /** Whether a backward pass follows. */
  boolean isStep() {
    return isStep;
  }

  /** The number of steps before this run. */
  long step() {
    return step;
  }
}
