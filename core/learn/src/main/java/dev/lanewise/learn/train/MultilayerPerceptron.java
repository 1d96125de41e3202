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
  private static final String NAME = "MultilayerPerceptron";

  /**
   * Checks the numbers.
   *
   * @throws NullPointerException if the list or an element is null
   * @throws IllegalArgumentException if features, classes or the units of a layer are below 1, or
   *     dropout is not at least 0 and, as a float, below 1
   */
  public MultilayerPerceptron {
    hidden = Checks.copy(NAME, "hidden", hidden);
    Checks.atLeastOne(NAME, "features", features);
    Checks.atLeastOne(NAME, "classes", classes);
    hidden.forEach(units -> Checks.atLeastOne(NAME, "hidden units", units));
    Checks.belowOne(NAME, "dropout", dropout);
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
