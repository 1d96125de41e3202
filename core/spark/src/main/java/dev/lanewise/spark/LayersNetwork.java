package dev.lanewise.spark;

import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Network;
import java.util.Arrays;

/**
 * The network of a {@link MultilayerPerceptron}, by its numbers.
 *
 * @param features the number of features of a sample
 * @param hidden the units of each hidden layer
 * @param classes the number of classes
 * @param dropout the probability that a hidden unit is dropped
 */
record LayersNetwork(int features, int[] hidden, int classes, double dropout)
    implements SparkNetwork {
  static LayersNetwork of(MultilayerPerceptron layers) {
    int[] hidden = layers.hidden().stream().mapToInt(Integer::intValue).toArray();
    return new LayersNetwork(layers.features(), hidden, layers.classes(), layers.dropout());
  }

  @Override
  public Network get() {
    return new MultilayerPerceptron(
            features, Arrays.stream(hidden).boxed().toList(), classes, dropout)
        .network();
  }
}
