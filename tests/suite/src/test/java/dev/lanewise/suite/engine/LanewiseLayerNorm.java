package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;
import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.LayerNormEngine;
import dev.lanewise.testkit.operand.Operand;
import java.util.Set;

/** The adapter of {@link LayerNorm}. */
public class LanewiseLayerNorm implements LayerNormEngine {
  @Override
  public void forward(Operand x, Operand gamma, Operand beta, float eps, Operand y) {
    new LayerNorm(span(gamma), span(beta), eps).forward(matrix(x), matrix(y));
  }

  @Override
  public void backward(
      Operand x, Operand dy, Operand gamma, float eps, Operand dx, Operand dgamma, Operand dbeta) {
    new LayerNorm(span(gamma), span(gamma), eps)
        .backward(matrix(x), matrix(dy), matrix(dx), span(dgamma), span(dbeta));
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.IN_PLACE,
        Capability.NON_FINITE,
        Capability.ILL_CONDITIONED,
        Capability.BACKWARD);
  }
}
