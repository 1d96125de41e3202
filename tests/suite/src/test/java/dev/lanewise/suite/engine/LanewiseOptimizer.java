package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The adapters of {@link Update}. */
public class LanewiseOptimizer implements OptimizerEngine {
  private static final double RATE = 0.003;
  private static final double BETA = 0.9;
  private static final double BETA2 = 0.999;
  private static final double RHO = 0.99;
  private static final double EPS = 1e-8;
  private static final double DECAY = 0.5;

  /** A step over spans. */
  @FunctionalInterface
  private interface Step {
    void run(long t, FloatSpan p, FloatSpan g, FloatSpan[] states);
  }

  /** Adam, the longest rule. */
  public static final LanewiseOptimizer ADAM =
      new LanewiseOptimizer(
          OptimizerOracle.adam(RATE, BETA, BETA2, EPS),
          (t, p, g, s) -> Update.adam(p, g, s[0], s[1], t, RATE, BETA, BETA2, EPS));

  /** All of them. */
  public static final List<LanewiseOptimizer> ALL =
      List.of(
          new LanewiseOptimizer(
              OptimizerOracle.gradientDescent(RATE),
              (t, p, g, s) -> Update.gradientDescent(p, g, RATE)),
          new LanewiseOptimizer(
              OptimizerOracle.momentum(RATE, BETA),
              (t, p, g, s) -> Update.momentum(p, g, s[0], RATE, BETA)),
          new LanewiseOptimizer(
              OptimizerOracle.nesterov(RATE, BETA),
              (t, p, g, s) -> Update.nesterov(p, g, s[0], RATE, BETA)),
          new LanewiseOptimizer(
              OptimizerOracle.rmsProp(RATE, RHO, EPS),
              (t, p, g, s) -> Update.rmsProp(p, g, s[0], RATE, RHO, EPS)),
          ADAM,
          new LanewiseOptimizer(
              OptimizerOracle.adamW(RATE, BETA, BETA2, EPS, DECAY),
              (t, p, g, s) -> Update.adamW(p, g, s[0], s[1], t, RATE, BETA, BETA2, EPS, DECAY)));

  private final OptimizerOracle rule;
  private final Step step;

  /** One of the others. */
  protected LanewiseOptimizer(LanewiseOptimizer other) {
    this(other.rule, other.step);
  }

  private LanewiseOptimizer(OptimizerOracle rule, Step step) {
    this.rule = rule;
    this.step = step;
  }

  @Override
  public OptimizerOracle rule() {
    return rule;
  }

  @Override
  public void step(long t, Operand parameters, Operand gradient, Operand[] states) {
    FloatSpan[] spans = Arrays.stream(states).map(Views::span).toArray(FloatSpan[]::new);
    step.run(t, span(parameters), span(gradient), spans);
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE);
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
