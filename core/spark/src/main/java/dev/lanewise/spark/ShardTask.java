package dev.lanewise.spark;

import dev.lanewise.learn.graph.ShardGradient;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Computes a shard of a step in a task.
 *
 * <p>It travels as a task's code, which Spark always writes by Java's serialization.
 *
 * @param network the network
 * @param samples the samples
 * @param variables the values of all variables before the step
 * @param steps how many steps there have been
 * @param epoch how many epochs there have been
 * @param batch the batch of the epoch
 * @param batchSize the size of a batch
 * @param shards how many shards a batch has
 * @param seed the key of all random numbers
 */
record ShardTask(
    SparkNetwork network,
    Broadcast<ShardContext> samples,
    Broadcast<float[]> variables,
    long steps,
    int epoch,
    int batch,
    int batchSize,
    int shards,
    long seed)
    implements Function<Integer, ShardReply> {
  @Override
  public ShardReply call(Integer number) {
    ShardContext context = samples.value();
    float[] values = variables.value();
    ShardReplica replica = context.take(this);
    long start = System.nanoTime();
    ShardGradient shard = replica.compute(this, number, values);
    ShardReply reply = new ShardReply(shard, System.nanoTime() - start);
    context.giveBack(replica); // not after an exception, which may have left it anyhow
    return reply;
  }
}
