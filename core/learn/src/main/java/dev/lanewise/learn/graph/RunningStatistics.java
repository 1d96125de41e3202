package dev.lanewise.learn.graph;

import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.internal.Checks;

/**
 * The running mean and variance of batch norm, which training steps move and inference uses. A
 * session owns the values, first 0 and 1; checkpoints know them by name.
 */
public final class RunningStatistics {
  private final String name;
  private final int features;
  private final RunningAverage average;

  private RunningStatistics(String name, int features, RunningAverage average) {
    this.name = Names.checked("RunningStatistics", name);
    this.average = Checks.notNull("RunningStatistics", "average", average);
    this.features = Checks.atLeastOne("RunningStatistics " + name, "features", features);
  }

  /**
   * Running statistics.
   *
   * @param name their name, which no others of a session have
   * @param features the number of features
   * @param average how a batch moves them
   * @return the statistics
   * @throws NullPointerException if the name or the average is null
   * @throws IllegalArgumentException if the name is blank or features is below 1
   */
  public static RunningStatistics of(String name, int features, RunningAverage average) {
    return new RunningStatistics(name, features, average);
  }

  /**
   * Their name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  int features() {
    return features;
  }

  RunningAverage average() {
    return average;
  }

  @Override
  public String toString() {
    return name;
  }
}
