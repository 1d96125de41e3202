package dev.lanewise.learn.graph;

import dev.lanewise.kernels.BatchStatistics;
import java.util.function.BiConsumer;

/**
 * The statistics of a shard in one array: of each batch norm that is needed, in the program's
 * order, the means and then the variances.
 */
final class ShardStatistics {
  private ShardStatistics() {}

  /** How many numbers they are. */
  static int size(Program program, boolean[] needed) {
    int size = 0;
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && program.operation(i) instanceof BatchNormOperation norm) {
        size += 2 * norm.running().features();
      }
    }
    return size;
  }

  /** Those that a replica has computed. */
  static double[] pack(Program program, boolean[] needed, Replica replica) {
    double[] all = new double[size(program, needed)];
    int from = 0;
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && program.operation(i) instanceof BatchNormOperation norm) {
        BatchStatistics one = replica.statistics(i, norm.running().features());
        for (int j = 0; j < one.features(); j++) {
          all[from + j] = one.mean(j);
          all[from + one.features() + j] = one.variance(j);
        }
        from += 2 * one.features();
      }
    }
    return all;
  }

  /** Gives those of a shard to a consumer, with what they move. */
  static void unpack(
      Program program,
      boolean[] needed,
      ShardGradient shard,
      BiConsumer<RunningStatistics, BatchStatistics> consumer) {
    int from = 0;
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && program.operation(i) instanceof BatchNormOperation norm) {
        BatchStatistics one = new BatchStatistics(norm.running().features());
        one.take(shard.statistics(), from, shard.samples());
        consumer.accept(norm.running(), one);
        from += 2 * one.features();
      }
    }
  }
}
