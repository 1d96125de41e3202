package dev.lanewise.spark;

import dev.lanewise.learn.graph.ShardGradient;
import java.io.Serializable;

/**
 * A shard on its way to the driver.
 *
 * @param samples the number of its samples
 * @param cost its cost
 * @param gradient its gradient
 * @param statistics its statistics for batch norm
 * @param machine what computed it
 */
record ShardReply(int samples, float cost, float[] gradient, double[] statistics, Machine machine)
    implements Serializable {
  static ShardReply of(ShardGradient shard) {
    return new ShardReply(
        shard.samples(), shard.cost(), shard.gradient(), shard.statistics(), Machine.here());
  }

  ShardGradient shard() {
    return new ShardGradient(samples, cost, gradient, statistics);
  }
}
