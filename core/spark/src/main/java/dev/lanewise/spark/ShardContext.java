package dev.lanewise.spark;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.data.Dataset;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What an executor keeps from step to step: the samples, and a replica of the network for each task
 * that runs at a time. It lives in a broadcast variable, of which an executor has one copy.
 */
final class ShardContext implements Serializable {
  private static final long serialVersionUID = 1;

  private final int features;
  private final float[] inputs;
  private final int[] labels;

  /** Not sent; null until the first use. */
  private transient Deque<ShardReplica> idle;

  private ShardContext(int features, float[] inputs, int[] labels) {
    this.features = features;
    this.inputs = inputs;
    this.labels = labels;
  }

  static ShardContext of(Dataset data) {
    FloatMatrix inputs = data.inputs();
    int features = data.features();
    float[] elements = new float[Math.multiplyExact(data.samples(), features)];
    System.arraycopy(inputs.array(), inputs.offset(), elements, 0, elements.length);
    int[] labels = new int[data.samples()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.labels().get(i);
    }
    return new ShardContext(features, elements, labels);
  }

  /** Refuses a data set with other features or labels than these. */
  void checkSame(Dataset data) {
    if (data.samples() != labels.length || data.features() != features) {
      throw new IllegalArgumentException(
          ("SparkShards: the training set has %d samples of %d features but the executors have %d"
                  + " of %d; both must be given the same data")
              .formatted(data.samples(), data.features(), labels.length, features));
    }
    float[] given = data.inputs().array();
    int offset = data.inputs().offset();
    for (int i = 0; i < labels.length; i++) {
      int from = i * features;
      int begin = offset + from;
      if (data.labels().get(i) != labels[i]
          || !Arrays.equals(given, begin, begin + features, inputs, from, from + features)) {
        throw new IllegalArgumentException(
            ("SparkShards: sample %d of the training set is another than on the executors; both"
                    + " must be given the same data")
                .formatted(i));
      }
    }
  }

  int samples() {
    return labels.length;
  }

  int label(int sample) {
    return labels[sample];
  }

  /** Copies the features of a sample. */
  void copy(int sample, float[] to, int offset) {
    System.arraycopy(inputs, sample * features, to, offset, features);
  }

  /** A replica for a step's settings, which no other task has. */
  ShardReplica take(ShardTask task) {
    ShardReplica replica = poll();
    while (replica != null && !replica.fits(task)) {
      replica = poll();
    }
    return replica == null ? new ShardReplica(this, task) : replica;
  }

  private synchronized ShardReplica poll() {
    return idle == null ? null : idle.poll();
  }

  synchronized void giveBack(ShardReplica replica) {
    if (idle == null) {
      idle = new ArrayDeque<>();
    }
    idle.push(replica);
  }
}
