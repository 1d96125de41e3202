package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.SessionBuilder;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in shards: the same bits on any number of threads, and the gradient of the whole batch. */
@Tag("bits")
class ShardsTest {
  private static final int CAPACITY = 20;
  private static final Layer NETWORK =
      Sequential.of(
          Layers.denseWithoutBias(24),
          Layers.batchNorm(),
          Layers.relu(),
          Layers.dropout(0.1),
          Layers.dense(5));

  /** Without what depends on the division. */
  private static final Layer PLAIN =
      Sequential.of(Layers.dense(24), Layers.relu(), Layers.dense(5));

  private static float[] train(Layer network, int shards, Workers workers, int... batches) {
    Placeholder x = Placeholder.batch("x", 7);
    ClassLabels y = ClassLabels.of("y");
    Node logits = network.apply(x, "net");
    SessionBuilder builder =
        Session.of(Optimizer.momentum(0.05).minimize(logits.crossEntropy(y)))
            .capacity(CAPACITY)
            .seed(4)
            .shards(shards);
    Session session = (workers == null ? builder : builder.workers(workers)).build();
    for (int step = 0; step < batches.length; step++) {
      FloatMatrix inputs = session.input(x, batches[step]);
      Labels labels = session.input(y, batches[step]);
      for (int i = 0; i < batches[step]; i++) {
        labels.array()[i] = Philox.below(1, 2, step, i, 5);
        for (int j = 0; j < 7; j++) {
          inputs.set(i, j, Philox.normal(1, 1, step, 7 * i + j));
        }
      }
      session.step();
    }
    float[] all = session.variables().array().clone();
    for (FloatMatrix tensor : session.tensors().values()) {
      all[0] += tensor.get(0, 0); // running statistics too
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void threadsChangeNothing(int shards) {
    int[] batches = {20, 20, 7, 1, 20, 2};
    float[] expected = train(NETWORK, shards, null, batches);
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = Workers.of(threads)) {
        assertArrayEquals(expected, train(NETWORK, shards, workers, batches), "threads " + threads);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theirGradientIsTheBatchs(int shards) {
    float[] whole = train(PLAIN, 1, null, 20, 13, 1);
    float[] sharded = train(PLAIN, shards, null, 20, 13, 1);
    assertArrayEquals(whole, sharded, 1e-5f);
  }

  /** Two equal shards, and the running mean that one batch of either moves to. */
  @Test
  void shardsMoveRunningStatisticsAsABatchDoes() {
    Placeholder x = Placeholder.batch("x", 1);
    Node y = Layers.batchNorm().apply(x, "n");
    Session session =
        Session.of(Optimizer.gradientDescent(0).minimize(y.mean())).capacity(4).shards(2).build();
    session.feed(x, FloatMatrix.of(new float[] {1, 3, 1, 3}, 4, 1));
    session.step();
    assertEquals(0.1 * 2, session.tensors().get("n.running.mean").get(0, 0), 1e-6);
    assertEquals(0.9 + 0.1 * 2, session.tensors().get("n.running.variance").get(0, 0), 1e-6);
  }
}
