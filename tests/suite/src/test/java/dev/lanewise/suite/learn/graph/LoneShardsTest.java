package dev.lanewise.suite.learn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.ShardGradient;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards that another session computes: the bits of the session that computes its own. */
@Tag("bits")
class LoneShardsTest {
  private static final int CAPACITY = 20;
  private static final int FEATURES = 7;
  private static final int CLASSES = 5;
  private static final Layer NETWORK =
      Sequential.of(
          Layers.denseWithoutBias(24),
          Layers.batchNorm(),
          Layers.relu(),
          Layers.dropout(0.1),
          Layers.denseWithoutBias(9),
          Layers.batchNorm(),
          Layers.dense(CLASSES));

  /** A network of its own, as another machine would build it. */
  private static final class Machine {
    private final Placeholder x = Placeholder.batch("x", FEATURES);
    private final ClassLabels y = ClassLabels.of("y");
    private final Session session;

    Machine(Optimizer rule, int shards) {
      Node logits = NETWORK.apply(x, "net");
      session =
          Session.of(rule.minimize(logits.crossEntropy(y)))
              .capacity(CAPACITY)
              .seed(4)
              .shards(shards)
              .build();
    }

    /** Samples of a step's batch. */
    void feed(int step, int from, int to) {
      FloatMatrix inputs = session.input(x, to - from);
      Labels labels = session.input(y, to - from);
      for (int i = from; i < to; i++) {
        labels.array()[i - from] = Philox.below(1, 2, step, i, CLASSES);
        for (int j = 0; j < FEATURES; j++) {
          inputs.set(i - from, j, Philox.normal(1, 1, step, FEATURES * i + j));
        }
      }
    }

    List<Float> kept() {
      List<Float> all = new ArrayList<>();
      for (FloatMatrix tensor : session.tensors().values()) {
        for (int i = 0; i < tensor.rows(); i++) {
          for (int j = 0; j < tensor.columns(); j++) {
            all.add(tensor.get(i, j));
          }
        }
      }
      return all;
    }
  }

  private static List<ShardGradient> compute(
      Machine worker, Machine driver, int step, int shards, int samples) {
    float[] variables = driver.session.variables().array();
    System.arraycopy(variables, 0, worker.session.variables().array(), 0, variables.length);
    worker.session.resumeAt(driver.session.steps());
    List<ShardGradient> computed = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      int from = ShardGradient.first(s, shards, samples);
      int to = ShardGradient.first(s + 1, shards, samples);
      if (from < to) {
        worker.feed(step, from, to);
      }
      computed.add(from < to ? worker.session.shard(s) : ShardGradient.NONE);
    }
    assertArrayEquals(variables, worker.session.variables().array());
    return computed;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void theirStepHasTheBitsOfOneSession(int shards) {
    Machine alone = new Machine(Optimizer.adam(0.01), shards);
    Machine driver = new Machine(Optimizer.adam(0.01), shards);
    Machine worker = new Machine(Optimizer.gradientDescent(0), 1);
    int[] batches = {20, 20, 7, 1, 20, 2};
    for (int step = 0; step < batches.length; step++) {
      alone.feed(step, 0, batches[step]);
      float cost = alone.session.step(0.5);
      List<ShardGradient> computed = compute(worker, driver, step, shards, batches[step]);
      assertEquals(cost, driver.session.step(0.5, computed), "step " + step);
      assertEquals(alone.kept(), driver.kept(), "step " + step);
    }
    assertEquals(batches.length, driver.session.steps());
  }

  @Test
  void shardsThatDoNotFitAreRefused() {
    Machine driver = new Machine(Optimizer.adam(0.01), 2);
    List<Float> before = driver.kept();
    ShardGradient shortened = new ShardGradient(3, 1, new float[5], new double[66]);
    ShardGradient noStatistics =
        new ShardGradient(3, 1, new float[driver.session.variables().length()], new double[1]);
    refused(driver, "2", List.of(ShardGradient.NONE));
    refused(driver, "no shard", List.of(ShardGradient.NONE, ShardGradient.NONE));
    refused(driver, "5 elements", List.of(shortened, shortened));
    refused(driver, "statistics", List.of(noStatistics, noStatistics));
    assertEquals(before, driver.kept());
    assertEquals(0, driver.session.steps());
  }

  private static void refused(Machine driver, String reason, List<ShardGradient> shards) {
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> driver.session.step(1, shards));
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }
}
