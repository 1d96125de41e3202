package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import java.util.Arrays;
import java.util.List;

/** Cost and gradient of a training step from those of its shards, in order and weighted. */
final class ShardSum {
  private final Session session;
  private final Workers workers;
  private final int shards;
  private final int size;
  private final FloatMatrix gradients;
  private final FloatMatrix weights;
  private final FloatMatrix sum;

  ShardSum(Session session, int shards, float[] gradient, Workers workers) {
    this.session = session;
    this.workers = workers;
    this.shards = shards;
    size = gradient.length;
    gradients = FloatMatrix.zeros(shards, size);
    weights = FloatMatrix.zeros(1, shards);
    sum = FloatMatrix.of(gradient, 1, size);
  }

  /** The gradients of all shards, one after the other. */
  float[] gradients() {
    return gradients.array();
  }

  /** What to multiply a shard's cost by, kept for its gradient; 0 takes that out. */
  double weigh(int shard, int samples, int all) {
    double share = (double) samples / all;
    weights.set(0, shard, (float) share);
    if (samples == 0) {
      int from = shard * size; // 0 times what was left there could be NaN
      Arrays.fill(gradients.array(), from, from + size, 0f);
    }
    return share;
  }

  /** Adds the gradients by their weights. */
  void add() {
    Gemm.gemm(1, weights, gradients, 0, sum, workers);
  }

  /** The cost of shards that were computed elsewhere; its gradient goes into the session's. */
  float take(List<ShardGradient> computed, boolean[] needed) {
    int samples = checked(computed, ShardStatistics.size(session.program(), needed));
    double mean = 0;
    for (int s = 0; s < shards; s++) {
      ShardGradient shard = computed.get(s);
      double share = weigh(s, shard.samples(), samples);
      if (shard.samples() > 0) {
        mean += share * shard.cost();
        System.arraycopy(shard.gradient(), 0, gradients.array(), s * size, size);
      }
    }
    if (shards == 1) { // as without shards; the product would make -0 of a gradient +0
      System.arraycopy(gradients.array(), 0, sum.array(), 0, size);
    } else {
      add();
    }
    return (float) mean;
  }

  /** The samples of shards that fit. */
  private int checked(List<ShardGradient> computed, int statistics) {
    if (computed.size() != shards) {
      throw new IllegalArgumentException(
          "Session: %d shards were computed; it has %d".formatted(computed.size(), shards));
    }
    int samples = 0;
    for (ShardGradient shard : computed) {
      boolean fits = shard.gradient().length == size && shard.statistics().length == statistics;
      if (shard.samples() > 0 && !fits) {
        throw new IllegalArgumentException(
            "Session: a shard has a gradient of %d elements and %d statistics; expected %d and %d"
                .formatted(shard.gradient().length, shard.statistics().length, size, statistics));
      }
      samples = Math.addExact(samples, shard.samples());
    }
    if (samples == 0) {
      throw new IllegalArgumentException("Session: no shard has a sample");
    }
    return samples;
  }

  /** Moves the running statistics by shards that were computed elsewhere, in order. */
  void keep(List<ShardGradient> computed, boolean[] needed) {
    int used = (int) computed.stream().filter(shard -> shard.samples() > 0).count();
    State state = session.state();
    for (ShardGradient shard : computed) {
      if (shard.samples() > 0) {
        ShardStatistics.unpack(
            session.program(),
            needed,
            shard,
            (running, batch) ->
                batch.updateRunning(
                    state.runningMean(running),
                    state.runningVariance(running),
                    Frame.average(running, used)));
      }
    }
  }
}
