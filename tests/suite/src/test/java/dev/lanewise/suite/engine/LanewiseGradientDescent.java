package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Set;

/** The adapter of {@link Update#gradientDescent}. */
public class LanewiseGradientDescent implements OptimizerEngine {
  private static final float RATE = 0.03f;

  @Override
  public OptimizerOracle rule() {
    return OptimizerOracle.gradientDescent(RATE);
  }

  @Override
  public void step(long t, Operand parameters, Operand gradient, Operand[] states) {
    Update.gradientDescent(span(parameters), span(gradient), RATE);
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE);
  }
}
