package dev.lanewise.spark;

import dev.lanewise.learn.graph.ShardGradient;
import java.io.Serializable;
import org.apache.spark.TaskContext;

/** A shard on its way to the driver. No record: Kryo, if Spark is set to it, writes none. */
final class ShardReply implements Serializable {
  private static final long serialVersionUID = 1;

  private final int samples;
  private final float cost;
  private final float[] gradient;
  private final double[] statistics;
  private final long nanos;
  private final int task;
  private final Machine machine;

  /** A shard that the running task has computed in so many nanoseconds. */
  ShardReply(ShardGradient shard, long nanos) {
    samples = shard.samples();
    cost = shard.cost();
    gradient = shard.gradient();
    statistics = shard.statistics();
    this.nanos = nanos;
    task = TaskContext.getPartitionId();
    machine = Machine.here();
  }

  long nanos() {
    return nanos;
  }

  /** Which of the step's tasks computed it. */
  int task() {
    return task;
  }

  Machine machine() {
    return machine;
  }

  ShardGradient shard() {
    return new ShardGradient(samples, cost, gradient, statistics);
  }
}
