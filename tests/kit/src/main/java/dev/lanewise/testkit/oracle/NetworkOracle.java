package dev.lanewise.testkit.oracle;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of layers, its logits, the mean cross-entropy of their softmax, and its gradient,
 * composed from the oracles of the single operations.
 *
 * <pre>{@code
 * NetworkOracle network =
 *     NetworkOracle.inputs(64)
 *         .dense(128, false)
 *         .batchNorm(1e-5)
 *         .activation(ActivationOracle.RELU)
 *         .dense(10, true);
 * double[] gradient = network.gradient(m, parameters, x, labels);
 * }</pre>
 *
 * <p>All parameters are one array. The layers follow each other in their order without gaps: a
 * dense layer has W, row-major with a row for each input and a column for each output, then b if it
 * has a bias; a batch norm and a layer norm have gamma, then beta; an activation has none. A
 * gradient has the same layout. Batch norm works in training mode, with the statistics of the m
 * rows at hand; {@link #inputOf} gives what they are taken over.
 *
 * <p>Instances do not change.
 */
public final class NetworkOracle {
  private static final String NAME = "NetworkOracle";

  private final int inputs;
  private final List<NetworkLayer> layers;

  private NetworkOracle(int inputs, List<NetworkLayer> layers) {
    this.inputs = inputs;
    this.layers = List.copyOf(layers);
  }

  /**
   * A network without layers, whose logits are its inputs.
   *
   * @param features the number of input features
   * @return the network
   * @throws IllegalArgumentException if the number is not positive
   */
  public static NetworkOracle inputs(int features) {
    Checks.atLeast(NAME, "inputs", features, 1);
    return new NetworkOracle(features, List.of());
  }

  /**
   * This network with z = x·W behind it, or z = x·W + b.
   *
   * @param outputs the columns of W
   * @param bias whether there is a b
   * @return a new network
   * @throws IllegalArgumentException if the number is not positive, or no array can hold all
   *     parameters
   */
  public NetworkOracle dense(int outputs, boolean bias) {
    Checks.atLeast(NAME, "outputs", outputs, 1);
    return with(new NetworkLayer.Dense(outputs(), outputs, bias));
  }

  /**
   * This network with a batch norm in training mode behind it.
   *
   * @param eps what is added to the variance, finite and at least 0
   * @return a new network
   */
  public NetworkOracle batchNorm(double eps) {
    Checks.notNegative(NAME, "eps", eps);
    return with(new NetworkLayer.BatchNorm(outputs(), eps));
  }

  /**
   * This network with a layer norm behind it.
   *
   * @param eps what is added to the variance, finite and at least 0
   * @return a new network
   */
  public NetworkOracle layerNorm(double eps) {
    Checks.notNegative(NAME, "eps", eps);
    return with(new NetworkLayer.LayerNorm(outputs(), eps));
  }

  /**
   * This network with an activation behind it.
   *
   * @param function the activation
   * @return a new network
   */
  public NetworkOracle activation(ActivationOracle function) {
    Checks.notNull(NAME, "function", function);
    return with(new NetworkLayer.Activation(outputs(), function));
  }

  /**
   * The number of features of the last layer, which is the number of classes.
   *
   * @return at least 1
   */
  public int outputs() {
    return layers.isEmpty() ? inputs : layers.getLast().outputs();
  }

  /**
   * The number of parameters of all layers.
   *
   * @return at least 0
   */
  public int parameters() {
    return layers.stream().mapToInt(NetworkLayer::parameters).reduce(0, Math::addExact);
  }

  /**
   * The logits.
   *
   * @param m the number of rows
   * @param parameters the parameters of all layers
   * @param x the inputs, m × features
   * @return m × {@link #outputs()}
   */
  public double[] forward(int m, double[] parameters, double[] x) {
    return inputOf(layers.size(), m, parameters, x);
  }

  /**
   * What goes into a layer: of a batch norm, the batch that its statistics are taken over.
   *
   * @param layer the number of the layer, from 0; the number of layers gives the logits
   * @param m the number of rows
   * @param parameters the parameters of all layers
   * @param x the inputs, m × features
   * @return m × the features of the layer before
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public double[] inputOf(int layer, int m, double[] parameters, double[] x) {
    Checks.index(NAME, "layer", layer, layers.size() + 1);
    return inputs(layer, m, parameters, x).getLast().clone();
  }

  /**
   * J = (1/m) Σ -log softmax(logits)_label.
   *
   * @param m the number of rows
   * @param parameters the parameters of all layers
   * @param x the inputs, m × features
   * @param labels the class of each row
   * @return the mean loss; NaN if m = 0
   */
  public double loss(int m, double[] parameters, double[] x, int[] labels) {
    return CrossEntropyOracle.mean(m, outputs(), forward(m, parameters, x), labels);
  }

  /**
   * dJ/dparameters.
   *
   * @param m the number of rows
   * @param parameters the parameters of all layers
   * @param x the inputs, m × features
   * @param labels the class of each row
   * @return the gradient, in the layout of the parameters
   */
  public double[] gradient(int m, double[] parameters, double[] x, int[] labels) {
    double[] gradient = new double[Checks.notNull(NAME, "parameters", parameters).length];
    backward(m, parameters, x, labels, gradient);
    return gradient;
  }

  /**
   * dJ/dx.
   *
   * @param m the number of rows
   * @param parameters the parameters of all layers
   * @param x the inputs, m × features
   * @param labels the class of each row
   * @return the gradient, m × features
   */
  public double[] inputGradient(int m, double[] parameters, double[] x, int[] labels) {
    Checks.notNull(NAME, "parameters", parameters);
    return backward(m, parameters, x, labels, new double[parameters.length]);
  }

  /** dJ/dx; the gradient of the parameters goes into the given array. */
  private double[] backward(
      int m, double[] parameters, double[] x, int[] labels, double[] gradient) {
    List<double[]> inputs = inputs(layers.size(), m, parameters, x);
    double[] d = CrossEntropyOracle.gradient(m, outputs(), inputs.getLast(), labels);
    int offset = parameters.length;
    for (int i = layers.size() - 1; i >= 0; i--) {
      offset -= layers.get(i).parameters();
      d = layers.get(i).backward(m, parameters, offset, inputs.get(i), d, gradient);
    }
    return d;
  }

  /** The inputs of the layers 0 to last. */
  private List<double[]> inputs(int last, int m, double[] parameters, double[] x) {
    Extents.require(NAME, "parameters", parameters, parameters());
    Extents.require(NAME, "x", x, m, inputs);
    List<double[]> values = new ArrayList<>(List.of(x));
    int offset = 0;
    for (NetworkLayer layer : layers.subList(0, last)) {
      values.add(layer.forward(m, parameters, offset, values.getLast()));
      offset += layer.parameters();
    }
    return values;
  }

  private NetworkOracle with(NetworkLayer layer) {
    List<NetworkLayer> more = new ArrayList<>(layers);
    more.add(layer);
    NetworkOracle network = new NetworkOracle(inputs, more);
    try {
      network.parameters();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          NAME + ": with " + layer + " there are more parameters than an array can hold", e);
    }
    return network;
  }
}
