package dev.lanewise.spark;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.MiniBatches;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.ShardGradient;
import dev.lanewise.learn.graph.Training;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.Network;

/** A network on an executor, which computes shards of steps that the driver takes. */
final class ShardReplica {
  /** Never applied: the driver's optimizer moves the variables. Of all rules it keeps the least. */
  private static final Optimizer NO_RULE = Optimizer.gradientDescent(0);

  private final ShardContext context;
  private final int batchSize;
  private final int shards;
  private final long seed;
  private final Network network;
  private final Session session;
  private final MiniBatches batches;
  private int epoch;

  ShardReplica(ShardContext context, ShardTask task) {
    this.context = context;
    batchSize = task.batchSize();
    shards = task.shards();
    seed = task.seed();
    network = task.network().get();
    Training training = NO_RULE.minimize(network.cost());
    int most = Math.ceilDiv(Math.min(batchSize, context.samples()), shards);
    session = Session.of(training).capacity(most).seed(seed).workers(TaskThreads.workers()).build();
    batches = new MiniBatches(context.samples(), batchSize, seed);
  }

  boolean fits(ShardTask task) {
    return batchSize == task.batchSize() && shards == task.shards() && seed == task.seed();
  }

  ShardGradient compute(ShardTask task, int shard, float[] variables) {
    if (epoch != task.epoch()) {
      batches.shuffle(task.epoch());
      epoch = task.epoch();
    }
    int size = batches.size(task.batch());
    int from = ShardGradient.first(shard, shards, size);
    int to = ShardGradient.first(shard + 1, shards, size);
    if (from == to) {
      return ShardGradient.NONE;
    }
    feed(task.batch(), from, to);
    float[] own = session.variables().array();
    if (own.length != variables.length) {
      throw new IllegalStateException(
          "SparkShards: the driver's network has %d variables' elements, the executor's %d"
              .formatted(variables.length, own.length));
    }
    System.arraycopy(variables, 0, own, 0, own.length);
    session.resumeAt(task.steps());
    return session.shard(shard);
  }

  private void feed(int batch, int from, int to) {
    FloatMatrix inputs = session.input(network.inputs(), to - from);
    Labels labels = session.input(network.labels(), to - from);
    for (int i = from; i < to; i++) {
      int row = batches.row(batch, i);
      context.copy(row, inputs.array(), inputs.offset() + (i - from) * inputs.rowStride());
      labels.array()[labels.offset() + i - from] = context.label(row);
    }
  }
}
