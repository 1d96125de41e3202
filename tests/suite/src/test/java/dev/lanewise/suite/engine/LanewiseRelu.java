package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.law.ActivationEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.Set;

/** The adapter of {@link Activation#RELU}. */
public class LanewiseRelu implements ActivationEngine {
  @Override
  public ActivationOracle function() {
    return ActivationOracle.RELU;
  }

  @Override
  public void forward(Operand x, Operand y) {
    Activation.RELU.forward(matrix(x), matrix(y));
  }

  @Override
  public void backward(Operand x, Operand dy, Operand dx) {
    Activation.RELU.backward(matrix(x), matrix(dy), matrix(dx));
  }

  @Override
  public double ulps() {
    return 0;
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
}
