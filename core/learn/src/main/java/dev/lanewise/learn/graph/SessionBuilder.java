package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/** Describes a {@link Session}. */
public final class SessionBuilder {
  /**
   * A session keeps an array with a view for each number of samples up to its capacity; this bounds
   * it.
   */
  private static final int MOST_SAMPLES = 1 << 24;

  final Training training;
  final List<Node> outputs = new ArrayList<>();
  int capacity = 1;
  int shards = 1;
  long seed;
  Workers workers;

  SessionBuilder(Training training) {
    this.training = training;
  }

  /**
   * Nodes that can be run beside the cost.
   *
   * @param nodes the nodes
   * @return this
   */
  public SessionBuilder outputs(Node... nodes) {
    outputs.addAll(Checks.copy("Session", "outputs", nodes));
    return this;
  }

  /**
   * The most samples of a run; 1 unless it is set.
   *
   * @param samples how many
   * @return this
   */
  public SessionBuilder capacity(int samples) {
    capacity = Checks.atLeastOne("Session", "capacity", samples);
    if (samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "Session: capacity is %d; it must be at most %d".formatted(samples, MOST_SAMPLES));
    }
    return this;
  }

  /**
   * Into how many shards a training step divides its samples; 1 unless it is set.
   *
   * @param number how many
   * @return this
   */
  public SessionBuilder shards(int number) {
    shards = Checks.atLeastOne("Session", "shards", number);
    return this;
  }

  /**
   * The key of all random numbers; 0 unless it is set.
   *
   * @param value the seed
   * @return this
   */
  public SessionBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * The threads; without them the session runs on its caller's.
   *
   * @param threads the threads, which stay the caller's to close
   * @return this
   */
  public SessionBuilder workers(Workers threads) {
    workers = Checks.notNull("Session", "workers", threads);
    return this;
  }

  /**
   * Makes the session and initialises its variables.
   *
   * @return the session
   * @throws IllegalArgumentException if two variables, placeholders or running statistics share a
   *     name, the cost depends on no variable, the targets of a cross-entropy depend on variables,
   *     or the variables, or with this capacity a value, are too large for an array
   */
  public Session build() {
    return new Session(this);
  }
}
