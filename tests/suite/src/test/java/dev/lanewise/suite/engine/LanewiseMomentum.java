package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Set;

/** The adapter of {@link Update#momentum}. */
public class LanewiseMomentum implements OptimizerEngine {
  private static final double RATE = 0.003;
  private static final double BETA = 0.9;

  @Override
  public OptimizerOracle rule() {
    return OptimizerOracle.momentum(RATE, BETA);
  }

  @Override
  public void step(long t, Operand parameters, Operand gradient, Operand[] states) {
    Update.momentum(span(parameters), span(gradient), span(states[0]), RATE, BETA);
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE);
  }
}
