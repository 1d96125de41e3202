package dev.lanewise.learn.layer;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.graph.Initializer;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.internal.Checks;

/** The layers. */
public final class Layers {
  /** What keeps the divisor of a normalisation from 0. */
  private static final double EPS = 1e-5;

  private Layers() {}

  /**
   * x·W + b, W by He's normal initialisation.
   *
   * @param units the number of outputs
   * @return the layer
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Layer dense(int units) {
    return dense(units, true, Initializers.heNormal());
  }

  /**
   * x·W, as before batch norm, which subtracts any bias again; W by He's normal initialisation.
   *
   * @param units the number of outputs
   * @return the layer
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Layer denseWithoutBias(int units) {
    return dense(units, false, Initializers.heNormal());
  }

  /**
   * x·W + b or x·W. The variables are {@code NAME.weight} and {@code NAME.bias}.
   *
   * @param units the number of outputs
   * @param hasBias whether there is a b, first 0
   * @param initializer the first values of W
   * @return the layer
   * @throws NullPointerException if the initializer is null
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Layer dense(int units, boolean hasBias, Initializer initializer) {
    Checks.notNull("dense", "initializer", initializer);
    Checks.atLeastOne("dense", "units", units);
    return (x, name) -> {
      int inputs = x.shape().columns();
      Node z = x.matmul(Variable.weights(name + ".weight", inputs, units, initializer));
      return hasBias ? z.plus(Variable.of(name + ".bias", 1, units, Initializers.constant(0))) : z;
    };
  }

  /**
   * Batch norm with PyTorch's running average and eps 1e-5.
   *
   * @return the layer
   */
  public static Layer batchNorm() {
    return batchNorm(RunningAverage.PYTORCH, EPS);
  }

  /**
   * Batch norm. The variables are {@code NAME.gamma}, first 1, and {@code NAME.beta}, first 0; the
   * running statistics are {@code NAME.running}.
   *
   * @param average how a batch moves the running statistics
   * @param eps what keeps the divisor from 0
   * @return the layer
   * @throws NullPointerException if the average is null
   * @throws IllegalArgumentException if eps is negative or not finite
   */
  public static Layer batchNorm(RunningAverage average, double eps) {
    Checks.notNull("batchNorm", "average", average);
    Checks.finiteNotNegative("batchNorm", "eps", eps);
    return (x, name) -> {
      int features = x.shape().columns();
      return x.batchNorm(
          gamma(name, features),
          beta(name, features),
          RunningStatistics.of(name + ".running", features, average),
          eps);
    };
  }

  /**
   * Layer norm with eps 1e-5. The variables are {@code NAME.gamma}, first 1, and {@code NAME.beta},
   * first 0.
   *
   * @return the layer
   */
  public static Layer layerNorm() {
    return (x, name) -> {
      int features = x.shape().columns();
      return x.layerNorm(gamma(name, features), beta(name, features), EPS);
    };
  }

  /**
   * RMS norm with eps 1e-5. The variable is {@code NAME.gamma}, first 1.
   *
   * @return the layer
   */
  public static Layer rmsNorm() {
    return (x, name) -> x.rmsNorm(gamma(name, x.shape().columns()), EPS);
  }

  private static Variable gamma(String name, int features) {
    return Variable.of(name + ".gamma", 1, features, Initializers.constant(1));
  }

  private static Variable beta(String name, int features) {
    return Variable.of(name + ".beta", 1, features, Initializers.constant(0));
  }

  /**
   * A function of each element.
   *
   * @param function the function
   * @return the layer
   * @throws NullPointerException if the function is null
   */
  public static Layer activation(Activation function) {
    Checks.notNull("activation", "function", function);
    return (x, name) -> x.activation(function);
  }

  /**
   * ReLU.
   *
   * @return the layer
   */
  public static Layer relu() {
    return activation(Activation.RELU);
  }

  /**
   * Dropout.
   *
   * @param rate the probability that an element is dropped in training
   * @return the layer
   * @throws IllegalArgumentException if it is not at least 0 and, as a float, below 1
   */
  public static Layer dropout(double rate) {
    Checks.belowOne("dropout", "rate", rate);
    return (x, name) -> x.dropout(rate);
  }
}
