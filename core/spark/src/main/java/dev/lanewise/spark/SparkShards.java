package dev.lanewise.spark;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.ShardGradient;
import dev.lanewise.learn.train.ShardSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Synchronous data-parallel training: executors compute the gradients of a mini-batch's shards, the
 * driver adds them in order and takes the step.
 *
 * <pre>{@code
 * SparkNetwork network = () -> new MultilayerPerceptron(64, List.of(128), 10, 0).network();
 * try (SparkShards shards = SparkShards.of(spark, network, data)) {
 *   Trainer.of(network.get(), Optimizer.adam(0.01), 30)
 *       .withShards(4)
 *       .withShardSource(shards)
 *       .begin(data)
 *       .train();
 * }
 * }</pre>
 *
 * <p>All else is the trainer's: schedule, validation, early stopping and checkpoints, on the
 * driver. The bits are those of the trainer alone with the same number of shards, whatever the
 * number of executors and whichever are lost: Spark computes lost shards again. Batch norm
 * normalises a shard by the shard's own statistics, and each shard moves the running ones, as
 * {@link Session} says.
 *
 * <p>The samples are sent to each executor once, which must hold all of them; for a step travel the
 * variables to each executor, and from each shard a gradient of the same size.
 */
public final class SparkShards implements ShardSource, AutoCloseable {
  private final JavaSparkContext context;
  private final SparkNetwork network;
  private final Broadcast<ShardContext> samples;
  private Duration computing = Duration.ZERO;
  private boolean closed;

  private SparkShards(JavaSparkContext context, SparkNetwork network, ShardContext samples) {
    this.context = context;
    this.network = network;
    this.samples = context.broadcast(samples);
  }

  /**
   * Sends samples to the executors.
   *
   * @param session the cluster
   * @param network builds the network that is trained
   * @param data the samples that it is trained on
   * @return where a trainer gets its shards from
   * @throws NullPointerException if any of them is null
   */
  public static SparkShards of(SparkSession session, SparkNetwork network, Dataset data) {
    Objects.requireNonNull(session, "SparkShards: session is null");
    Objects.requireNonNull(network, "SparkShards: network is null");
    Objects.requireNonNull(data, "SparkShards: data is null");
    Machine.checkDriver();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new SparkShards(context, network, ShardContext.of(data));
  }

  /**
   * Refuses other samples than those that the executors have.
   *
   * @throws NullPointerException if the data are null
   * @throws IllegalArgumentException if a number, a feature or a label differs
   * @throws IllegalStateException if this is closed
   */
  @Override
  public void checkData(Dataset data) {
    Objects.requireNonNull(data, "SparkShards: data is null");
    requireOpen();
    samples.value().checkSame(data);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("SparkShards: closed");
    }
  }

  /**
   * Computes the shards of a step on the executors.
   *
   * @throws NullPointerException if either is null
   * @throws IllegalStateException if Spark has given a shard up, the thread is interrupted, which
   *     stops the tasks, an executor has another version of the numerics, or this is closed
   */
  @Override
  public List<ShardGradient> shards(Step step, Session session) {
    Objects.requireNonNull(step, "SparkShards: step is null");
    Objects.requireNonNull(session, "SparkShards: session is null");
    requireOpen();
    float[] values = session.variables().array();
    Broadcast<float[]> variables = context.broadcast(values);
    try {
      List<Integer> numbers = IntStream.range(0, step.shards()).boxed().toList();
      int tasks = Math.clamp(context.defaultParallelism(), 1, step.shards());
      ShardTask task =
          new ShardTask(
              network,
              samples,
              variables,
              session.steps(),
              step.epoch(),
              step.batch(),
              step.batchSize(),
              step.shards(),
              step.seed());
      List<ShardGradient> shards = new ArrayList<>();
      long[] nanos = new long[tasks];
      for (ShardReply reply : replies(numbers, tasks, task)) {
        reply.machine().checkExecutor();
        nanos[reply.task()] += reply.nanos();
        shards.add(reply.shard());
      }
      computing = computing.plusNanos(Arrays.stream(nanos).max().orElse(0));
      return shards;
    } finally {
      destroy(variables);
    }
  }

  private List<ShardReply> replies(List<Integer> numbers, int tasks, ShardTask task) {
    JavaFutureAction<List<ShardReply>> job =
        context.parallelize(numbers, tasks).map(task).collectAsync();
    try {
      return job.get();
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("SparkShards: interrupted in step " + (task.steps() + 1), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "SparkShards: Spark cannot compute step %d: %s"
              .formatted(task.steps() + 1, e.getCause().getMessage()),
          e.getCause());
    }
  }

  /** Of a context that has ended none is left, and asking for it would hide why. */
  private void destroy(Broadcast<?> variable) {
    if (!context.sc().isStopped()) {
      variable.destroy();
    }
  }

  /**
   * How long executors have computed gradients: the sum over all steps so far, of each its slowest
   * task. What else a step takes is not made shorter by more executors.
   *
   * @return the time
   */
  public Duration computing() {
    return computing;
  }

  /** Lets the executors forget the samples; for the second time it does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      destroy(samples);
    }
  }
}
