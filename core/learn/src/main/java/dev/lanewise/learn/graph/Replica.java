package dev.lanewise.learn.graph;

import dev.lanewise.kernels.BatchStatistics;
import java.util.HashMap;
import java.util.Map;

/** The buffers of one shard, for as many samples as it can have; each is made when first used. */
final class Replica {
  private enum Use {
    VALUE,
    GRADIENT,
    CONTRIBUTION,
    SCRATCH
  }

  private record Key(Use use, int node, int input) {}

  private final int capacity;
  private final float[] gradient;
  private final int gradientOffset;
  private final int number;
  private final Map<Key, float[]> buffers = new HashMap<>();
  private final Map<Integer, BatchStatistics> statistics = new HashMap<>();

  /**
   * The buffers of a shard.
   *
   * @param number the shard's number
   * @param capacity the most samples it can have
   * @param gradient holds the gradient of all variables from an offset on, or null
   * @param gradientOffset the offset
   */
  Replica(int number, int capacity, float[] gradient, int gradientOffset) {
    this.number = number;
    this.capacity = capacity;
    this.gradient = gradient;
    this.gradientOffset = gradientOffset;
  }

  int number() {
    return number;
  }

  float[] gradient() {
    return gradient;
  }

  int gradientOffset() {
    return gradientOffset;
  }

  BatchStatistics statistics(int node, int features) {
    return statistics.computeIfAbsent(node, key -> new BatchStatistics(features));
  }

  float[] value(Node node, int number) {
    return buffer(Use.VALUE, number, 0, node.shape());
  }

  float[] gradient(Node node, int number) {
    return buffer(Use.GRADIENT, number, 0, node.shape());
  }

  float[] contribution(int number, int input, Shape shape) {
    return buffer(Use.CONTRIBUTION, number, input, shape);
  }

  float[] scratch(int number, int input, Shape shape) {
    return buffer(Use.SCRATCH, number, input, shape);
  }

  private float[] buffer(Use use, int node, int input, Shape shape) {
    Shape full = shape.resolve(capacity);
    return buffers.computeIfAbsent(
        new Key(use, node, input),
        key -> new float[Math.multiplyExact(full.rows(), full.columns())]);
  }
}
