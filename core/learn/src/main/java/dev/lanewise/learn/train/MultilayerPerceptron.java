package dev.lanewise.learn.train;

import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a plain classifier: for each hidden layer dense without bias, batch norm, ReLU, and
 * dropout if there is any; then a dense layer with a logit for each class.
 *
 * @param features the number of features of a sample
 * @param hidden the units of each hidden layer; may be empty
 * @param classes the number of classes
 * @param dropout the probability that a hidden unit is dropped in training, in [0, 1)
 */
public record MultilayerPerceptron(
    int features, List<Integer> hidden, int classes, double dropout) {
  /** Checks the numbers. */
  public MultilayerPerceptron {
    hidden = Checks.copy("MultilayerPerceptron", "hidden", hidden);
    atLeastOne("features", features);
    atLeastOne("classes", classes);
    hidden.forEach(units -> atLeastOne("hidden units", units));
    if (!(dropout >= 0 && (float) dropout < 1)) {
      throw new IllegalArgumentException(
          "MultilayerPerceptron: dropout is %s; it must be at least 0 and below 1"
              .formatted(dropout));
    }
  }

  private static void atLeastOne(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "MultilayerPerceptron: %s is %d; it must be at least 1".formatted(name, number));
    }
  }

  /**
   * The network, with the mean cross-entropy as its cost.
   *
   * @return a new network
   */
  public Network network() {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(Layers.denseWithoutBias(units));
      layers.add(Layers.batchNorm());
      layers.add(Layers.relu());
      if (dropout > 0) {
        layers.add(Layers.dropout(dropout));
      }
    }
    layers.add(Layers.dense(classes));
    return Network.of(features, new Sequential(layers));
  }
}
