package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Set;

/** The adapter of {@link Update#adam}. */
public class LanewiseAdam implements OptimizerEngine {
  private static final double RATE = 0.003;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  @Override
  public OptimizerOracle rule() {
    return OptimizerOracle.adam(RATE, BETA1, BETA2, EPS);
  }

  @Override
  public void step(long t, Operand parameters, Operand gradient, Operand[] states) {
    Update.adam(
        span(parameters),
        span(gradient),
        span(states[0]),
        span(states[1]),
        t,
        RATE,
        BETA1,
        BETA2,
        EPS);
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE);
  }
}
