package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseOptimizer;
import dev.lanewise.testkit.contract.OptimizerContract;

/** A rule held to the laws by its contract; {@link LanewiseOptimizerTest} has all. */
class LanewiseAdamTest extends LanewiseOptimizer implements OptimizerContract {
  LanewiseAdamTest() {
    super(ADAM);
  }
}
