package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Workers;
import java.util.function.IntConsumer;

/**
 * Cost and gradient of a training step by shards, as {@link Session} describes them: a replica of
 * the buffers for each, on which one thread at a time computes, and the weighted sum of all.
 */
final class Sharding {
  private final Session session;
  private final int cost;
  private final int shards;
  private final Workers workers;
  private final Workers alone = Workers.of(1);

  private final Replica[] replicas;
  private final ShardSum total;
  private final Frame[][] frames;
  private final IntConsumer task = this::compute;
  private Frame[] stepFrames;
  private boolean[] stepNeeded;

  Sharding(Session session, int shards, float[] gradient, Workers workers) {
    this.session = session;
    this.shards = shards;
    this.workers = workers;
    cost = session.program().cost();
    total = new ShardSum(session, shards, gradient, workers);
    frames = new Frame[session.capacity() + 1][];
    replicas = new Replica[shards];
    int most = Math.ceilDiv(session.capacity(), shards);
    for (int s = 0; s < shards; s++) {
      replicas[s] = new Replica(s, most, total.gradients(), s * gradient.length);
    }
  }

  /** The cost of so many samples; its gradient goes into the session's. */
  float compute(int samples, boolean[] needed) {
    stepFrames = frames(samples);
    stepNeeded = needed;
    workers.forEach(shards, task);
    return combine(samples);
  }

  ShardSum total() {
    return total;
  }

  private void compute(int shard) {
    Frame frame = stepFrames[shard];
    if (frame != null) {
      frame.forward(stepNeeded);
      frame.backward();
    }
  }

  /** Frames of the shards; null where a shard has no samples. */
  private Frame[] frames(int samples) {
    if (frames[samples] == null) {
      Frame[] made = new Frame[shards];
      int used = Math.min(shards, samples);
      for (int s = 0; s < shards; s++) {
        int from = ShardGradient.first(s, shards, samples);
        int to = ShardGradient.first(s + 1, shards, samples);
        made[s] = to == from ? null : new Frame(session, replicas[s], from, to - from, used, alone);
      }
      frames[samples] = made;
    }
    return frames[samples];
  }

  private float combine(int samples) {
    double mean = 0;
    for (int s = 0; s < shards; s++) {
      Frame frame = stepFrames[s];
      double share = total.weigh(s, frame == null ? 0 : frame.samples(), samples);
      if (frame != null) {
        mean += share * frame.value(cost).get(0, 0);
      }
    }
    total.add();
    return (float) mean;
  }

  /** Moves the running statistics by each shard of the last step, in order. */
  void keep(boolean[] needed) {
    for (Frame frame : stepFrames) {
      if (frame != null) {
        frame.keep(needed);
      }
    }
  }
}
