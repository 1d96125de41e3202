package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.SoftmaxEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The adapter of {@link Softmax} and {@link LogSoftmax}. */
public class LanewiseSoftmax implements SoftmaxEngine {
  @Override
  public void softmax(Operand x, Operand y) {
    Softmax.forward(matrix(x), matrix(y));
  }

  @Override
  public void logSoftmax(Operand x, Operand y) {
    LogSoftmax.forward(matrix(x), matrix(y));
  }

  @Override
  public void backward(Operand y, Operand dy, Operand dx) {
    Softmax.backward(matrix(y), matrix(dy), matrix(dx));
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.MASKS,
        Capability.SUBNORMALS,
        Capability.ILL_CONDITIONED,
        Capability.LOGARITHM,
        Capability.BACKWARD);
  }
}
