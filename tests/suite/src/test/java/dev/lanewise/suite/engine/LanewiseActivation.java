package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.law.ActivationEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.List;
import java.util.Set;

/**
 * The adapters of {@link Activation}. The ulps are what the backward pass is documented to need;
 * the tests of accuracy hold the forward pass to its own.
 */
public class LanewiseActivation implements ActivationEngine {
  private static final float SLOPE = 0.01f;

  /** ReLU, which nothing rounds. */
  public static final LanewiseActivation RELU =
      new LanewiseActivation(Activation.RELU, ActivationOracle.RELU, 0, 0);

  /** All of them but the logarithm, which most numbers do not have. */
  public static final List<LanewiseActivation> ALL =
      List.of(
          new LanewiseActivation(Activation.EXP, ActivationOracle.EXP, 3, 0),
          new LanewiseActivation(Activation.SIGMOID, ActivationOracle.SIGMOID, 3, 0),
          new LanewiseActivation(Activation.TANH, ActivationOracle.TANH, 3, 0),
          new LanewiseActivation(Activation.ERF, ActivationOracle.ERF, 3, 0),
          new LanewiseActivation(Activation.GELU, ActivationOracle.GELU, 8, 0),
          new LanewiseActivation(Activation.GELU_TANH, ActivationOracle.GELU_TANH, 3, 0x1p-23),
          new LanewiseActivation(Activation.SILU, ActivationOracle.SILU, 3, 0),
          new LanewiseActivation(Activation.SOFTPLUS, ActivationOracle.SOFTPLUS, 3, 0),
          RELU,
          new LanewiseActivation(
              Activation.leakyRelu(SLOPE), ActivationOracle.leakyRelu(SLOPE), 0.5, 0));

  private final Activation activation;
  private final ActivationOracle function;
  private final double ulps;
  private final double absolute;

  /** One of the others. */
  protected LanewiseActivation(LanewiseActivation other) {
    this(other.activation, other.function, other.ulps, other.absolute);
  }

  private LanewiseActivation(
      Activation activation, ActivationOracle function, double ulps, double absolute) {
    this.activation = activation;
    this.function = function;
    this.ulps = ulps;
    this.absolute = absolute;
  }

  @Override
  public ActivationOracle function() {
    return function;
  }

  @Override
  public void forward(Operand x, Operand y) {
    activation.forward(matrix(x), matrix(y));
  }

  @Override
  public void backward(Operand x, Operand dy, Operand dx) {
    activation.backward(matrix(x), matrix(dy), matrix(dx));
  }

  @Override
  public double ulps() {
    return ulps;
  }

  @Override
  public double absolute() {
    return absolute;
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.SUBNORMALS,
        Capability.BACKWARD);
  }

  @Override
  public String toString() {
    return activation.toString();
  }
}
