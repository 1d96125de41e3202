package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Philox;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.SessionBuilder;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.testkit.Checksum;

/** A network with a layer of each kind that trains in a moment, interpreted too. */
final class SmallNetwork {
  private static final int FEATURES = 12;
  private static final int CLASSES = 5;
  private static final int BATCH = 20;

  private final Placeholder x = Placeholder.batch("x", FEATURES);
  private final ClassLabels y = ClassLabels.of("y");
  private final Node logits =
      Sequential.of(
              Layers.denseWithoutBias(16),
              Layers.batchNorm(),
              Layers.relu(),
              Layers.dropout(0.1),
              Layers.dense(16),
              Layers.layerNorm(),
              Layers.dense(CLASSES))
          .apply(x, "net");
  private final Session session;

  /** Untrained, in this many shards; workers may be null. */
  SmallNetwork(int shards, Workers workers) {
    SessionBuilder builder =
        Session.of(Optimizer.adamW(0.01, 0.01).clippedTo(1).minimize(logits.crossEntropy(y)))
            .outputs(logits)
            .capacity(BATCH)
            .seed(5)
            .shards(shards);
    session = (workers == null ? builder : builder.workers(workers)).build();
  }

  /** Trains for some steps, on full batches and short ones. */
  void train(int steps) {
    for (int step = 0; step < steps; step++) {
      int count = step % 3 == 2 ? 7 : BATCH;
      FloatMatrix inputs = session.input(x, count);
      Labels labels = session.input(y, count);
      for (int i = 0; i < count; i++) {
        labels.array()[i] = Philox.below(1, 2, step, i, CLASSES);
        for (int j = 0; j < FEATURES; j++) {
          inputs.set(i, j, Philox.normal(1, 1, step, FEATURES * i + j));
        }
      }
      session.step();
    }
  }

  /** Of the logits for the last batch, of all parameters and of the running statistics. */
  int checksum() {
    int sum = checksum(session.run(Mode.INFERENCE, logits));
    for (FloatMatrix tensor : session.tensors().values()) {
      sum = 31 * sum + checksum(tensor);
    }
    return sum;
  }

  private static int checksum(FloatMatrix x) {
    float[] elements = new float[x.rows() * x.columns()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = x.get(i / x.columns(), i % x.columns());
    }
    return Checksum.of(elements);
  }
}
