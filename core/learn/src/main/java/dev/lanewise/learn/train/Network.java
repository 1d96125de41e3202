package dev.lanewise.learn.train;

import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.layer.Layer;

/**
 * A graph that classifies.
 *
 * @param inputs the samples
 * @param labels their classes
 * @param logits a column for each class
 * @param cost what training minimises, a mean over the samples
 */
public record Network(Placeholder inputs, ClassLabels labels, Node logits, Node cost) {
  /** Nothing is null. */
  public Network {
    Checks.notNull("Network", "inputs", inputs);
    Checks.notNull("Network", "labels", labels);
    Checks.notNull("Network", "logits", logits);
    Checks.notNull("Network", "cost", cost);
  }

  /**
   * Layers whose last output are logits, with the mean cross-entropy.
   *
   * @param features the number of features of a sample
   * @param layers the layers
   * @return the network
   */
  public static Network of(int features, Layer layers) {
    return of(features, layers, 0);
  }

  /**
   * Layers whose last output are logits.
   *
   * @param features the number of features of a sample
   * @param layers the layers
   * @param smoothing the label smoothing of the mean cross-entropy, from 0 to 1
   * @return the network
   */
  public static Network of(int features, Layer layers, double smoothing) {
    Checks.notNull("Network", "layers", layers);
    Placeholder inputs = Placeholder.batch("inputs", features);
    ClassLabels labels = ClassLabels.of("labels");
    Node logits = layers.apply(inputs, "network");
    return new Network(inputs, labels, logits, logits.crossEntropy(labels, smoothing));
  }

  /** Refuses samples with other features or classes than this network's. */
  void checkFit(Dataset data) {
    int features = inputs.shape().columns();
    int classes = logits.shape().columns();
    if (data.features() != features || data.classes().size() != classes) {
      throw new IllegalArgumentException(
          "the data set has %d features and %d classes but the network %d and %d; they must be equal"
              .formatted(data.features(), data.classes().size(), features, classes));
    }
  }
}
