package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;

/** Builds the network 64-128-128-10, predicts a sample, trains a step, and says so each time. */
public final class FirstResultMain {
  static final String PREDICTED = "predicted";
  static final String TRAINED = "trained";

  private static final int FEATURES = 64;
  private static final int HIDDEN = 128;
  private static final int CLASSES = 10;
  private static final int BATCH = 64;

  private FirstResultMain() {}

  /** Prints a line when a result is there. */
  public static void main(String[] arguments) {
    Placeholder x = Placeholder.batch("x", FEATURES);
    ClassLabels y = ClassLabels.of("y");
    Node logits =
        Sequential.of(
                Layers.denseWithoutBias(HIDDEN),
                Layers.batchNorm(),
                Layers.relu(),
                Layers.denseWithoutBias(HIDDEN),
                Layers.batchNorm(),
                Layers.relu(),
                Layers.dense(CLASSES))
            .apply(x, "net");
    Session session =
        Session.of(Optimizer.adam(0.003).minimize(logits.crossEntropy(y)))
            .outputs(logits)
            .capacity(BATCH)
            .build();
    FloatMatrix images = FloatMatrix.zeros(BATCH, FEATURES);
    for (int i = 0; i < images.array().length; i++) {
      images.array()[i] = i % 17 / 16f;
    }
    session.feed(x, images.rows(0, 1));
    System.out.println(PREDICTED + " " + session.run(Mode.INFERENCE, logits).get(0, 0));
    session.feed(x, images).feed(y, Labels.of(new int[BATCH]));
    System.out.println(TRAINED + " " + session.step());
  }
}
