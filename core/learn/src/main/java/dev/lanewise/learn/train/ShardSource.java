package dev.lanewise.learn.train;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.ShardGradient;
import java.util.List;

/** Computes the shards of training steps in a run's place, such as on other machines. */
@FunctionalInterface
public interface ShardSource {
  /**
   * A step.
   *
   * @param epoch how many epochs have been trained before, as {@link
   *     dev.lanewise.learn.data.MiniBatches#shuffle} takes it
   * @param batch the index of the batch in the epoch
   * @param batchSize the size of a mini-batch, at least 1, of which the last may have fewer
   * @param shards into how many shards a batch is divided, at least 1
   * @param seed the key of all random numbers
   */
  record Step(int epoch, int batch, int batchSize, int shards, long seed) {
    /** Checks the numbers. */
    public Step {
      if (epoch < 0 || batch < 0 || batchSize < 1 || shards < 1) {
        throw new IllegalArgumentException(
            "ShardSource: epoch %d, batch %d of %d samples, %d shards; expected at least 0, 0, 1, 1"
                .formatted(epoch, batch, batchSize, shards));
      }
    }
  }

  /**
   * Refuses a training set other than the one that it computes shards of. A run asks before its
   * first step; by default nothing is refused. A source that stands before another passes the
   * question on.
   *
   * @param data the run's training set
   * @throws IllegalArgumentException if it is another
   * @throws IllegalStateException if the source is closed
   */
  default void checkData(Dataset data) {}

  /**
   * Computes the shards of a step, as {@link Session#shard} does.
   *
   * @param step which
   * @param session has the variables and the number of steps; to be read only
   * @return the shards, in order
   */
  List<ShardGradient> shards(Step step, Session session);
}
