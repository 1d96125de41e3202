package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.train.MultilayerPerceptron;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the layers are. */
public final class NetworkOptions {
  private static final String NONE = "none";

  /** What an array can hold on every JVM. */
  private static final int MOST_WEIGHTS = Integer.MAX_VALUE - 8;

  @Option(
      names = "--hidden",
      paramLabel = "UNITS",
      description =
          "The units of each hidden layer, such as 256 or 128,64, or none for a linear classifier"
              + " (default: ${DEFAULT-VALUE}). Each is dense, batch norm, ReLU.")
  private String hidden = "128,128";

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "The probability that a hidden unit is left out of a training step, against"
              + " overfitting (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--input-eps",
      paramLabel = "EPS",
      description =
          "Features are normalised to (x - mean) / sqrt(variance + EPS) (default:"
              + " ${DEFAULT-VALUE}). Where some features hardly ever vary, such as pixels at the"
              + " rim, a larger EPS keeps them from being blown up: 1 for pixels of 0 to 16.")
  private double inputEps = 1e-5;

  /** By default. */
  public NetworkOptions() {}

  /**
   * The layers' units.
   *
   * @throws IllegalArgumentException if the option's value is none
   */
  List<Integer> hidden() {
    if (hidden.equals(NONE)) {
      return List.of();
    }
    List<Integer> units = new ArrayList<>();
    for (String layer : hidden.split(",", -1)) {
      if (!layer.matches("0*[1-9]\\d{0,8}")) {
        throw Limits.expected(
            "--hidden", hidden, "numbers of units of at least 1, such as 128,128, or none");
      }
      units.add(Integer.parseInt(layer));
    }
    return units;
  }

  double dropout() {
    return Limits.belowOne("--dropout", dropout);
  }

  double inputEps() {
    return Limits.positive("--input-eps", inputEps);
  }

  /**
   * The layers for a data set.
   *
   * @param data the samples
   * @return the layers
   * @throws IllegalArgumentException if no array holds all weights
   */
  public MultilayerPerceptron layers(Dataset data) {
    return layers(data, "--hidden", hidden);
  }

  /**
   * The layers for a data set, where these options were made of others.
   *
   * @param data the samples
   * @param option the option that says how large the layers are
   * @param value its value
   * @return the layers
   * @throws IllegalArgumentException if no array holds all weights
   */
  public MultilayerPerceptron layers(Dataset data, String option, String value) {
    MultilayerPerceptron layers =
        new MultilayerPerceptron(data.features(), hidden(), data.classes().size(), dropout());
    long weights = 0;
    long width = layers.features();
    for (int units : hidden()) {
      weights += (width + 2) * units;
      width = units;
      checkWeights(weights, layers, option, value);
    }
    checkWeights(weights + (width + 1) * layers.classes(), layers, option, value);
    return layers;
  }

  private static void checkWeights(
      long weights, MultilayerPerceptron layers, String option, String value) {
    if (weights > MOST_WEIGHTS) {
      throw Limits.expected(
          option,
          "%s with %d features and %d classes"
              .formatted(value, layers.features(), layers.classes()),
          "at most %d weights".formatted(MOST_WEIGHTS));
    }
  }
}
