package dev.lanewise.learn.graph;

import dev.lanewise.learn.internal.Checks;

/**
 * What one shard gives to a training step, as {@link Session#shard} computes it. The arrays are not
 * copied.
 *
 * @param samples the number of its samples; 0 of a shard that has none, whose arrays may be empty
 * @param cost its cost
 * @param gradient the cost's gradient by all {@link Session#variables}
 * @param statistics of each batch norm, in order, the means and then the biased variances
 */
public record ShardGradient(int samples, float cost, float[] gradient, double[] statistics) {
  /** A shard without samples. */
  public static final ShardGradient NONE = new ShardGradient(0, 0, new float[0], new double[0]);

  /** Nothing is null. */
  public ShardGradient {
    Checks.notNull("ShardGradient", "gradient", gradient);
    Checks.notNull("ShardGradient", "statistics", statistics);
    if (samples < 0) {
      throw new IllegalArgumentException("ShardGradient: %d samples".formatted(samples));
    }
  }

  /**
   * Where a shard begins in its batch, and the one before it ends.
   *
   * @param shard its number, from 0 on, or the number of shards for the end of the last
   * @param shards the number of shards
   * @param samples the number of the batch's samples
   * @return its first sample, samples·shard/shards
   * @throws IllegalArgumentException if there is no such shard, or the samples are negative
   */
  public static int first(int shard, int shards, int samples) {
    if (shard < 0 || shard > shards || shards < 1 || samples < 0) {
      throw new IllegalArgumentException(
          "ShardGradient: shard %d of %d of %d samples; expected one from 0 to the number of shards"
              .formatted(shard, shards, samples));
    }
    return (int) ((long) samples * shard / shards);
  }
}
