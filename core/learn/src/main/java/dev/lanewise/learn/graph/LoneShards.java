package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Workers;
import java.util.HashMap;
import java.util.Map;

/** Shards that a session computes one by one, for a step that another session takes. */
final class LoneShards {
  private final Session session;
  private final Workers workers;
  private final float[] gradient;
  private final Map<Integer, Replica> replicas = new HashMap<>();

  private record Key(int shard, int samples) {}

  private final Map<Key, Frame> frames = new HashMap<>();

  LoneShards(Session session, int size, Workers workers) {
    this.session = session;
    this.workers = workers;
    gradient = new float[size];
  }

  ShardGradient compute(int shard, int samples, boolean[] needed) {
    Replica replica =
        replicas.computeIfAbsent(
            shard, number -> new Replica(number, session.capacity(), gradient, 0));
    Frame frame =
        frames.computeIfAbsent(
            new Key(shard, samples), key -> new Frame(session, replica, 0, samples, 1, workers));
    frame.forward(needed);
    frame.backward();
    float cost = frame.value(session.program().cost()).get(0, 0);
    double[] statistics = ShardStatistics.pack(session.program(), needed, replica);
    return new ShardGradient(samples, cost, gradient.clone(), statistics);
  }
}
