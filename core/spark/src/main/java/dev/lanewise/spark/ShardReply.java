package dev.lanewise.spark;

import dev.lanewise.learn.graph.ShardGradient;
import java.io.Serializable;
import org.apache.spark.TaskContext;

/**
 * A shard on its way to the driver.
 *
 * @param samples the number of its samples
 * @param cost its cost
 * @param gradient its gradient
 * @param statistics its statistics for batch norm
 * @param nanos how long that took
 * @param task which of the step's tasks it was
 * @param machine what computed it
 */
record ShardReply(
    int samples,
    float cost,
    float[] gradient,
    double[] statistics,
    long nanos,
    int task,
    Machine machine)
    implements Serializable {
  static ShardReply of(ShardGradient shard, long nanos) {
    return new ShardReply(
        shard.samples(),
        shard.cost(),
        shard.gradient(),
        shard.statistics(),
        nanos,
        TaskContext.getPartitionId(),
        Machine.here());
  }

  ShardGradient shard() {
    return new ShardGradient(samples, cost, gradient, statistics);
  }
}
