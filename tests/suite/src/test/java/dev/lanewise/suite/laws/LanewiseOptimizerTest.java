package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseOptimizer;
import dev.lanewise.testkit.law.OptimizerLaws;
import dev.lanewise.testkit.law.Verification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimizer held to its laws by one seed; {@link LanewiseAdamTest} draws others in each run.
 */
class LanewiseOptimizerTest {
  private static final long SEED = 23;

  static List<LanewiseOptimizer> engines() {
    return LanewiseOptimizer.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void holds(LanewiseOptimizer engine) {
    Verification verification = Verification.of(OptimizerLaws.ALL, engine, SEED);
    verification.assertHeld();
    System.out.println(engine + System.lineSeparator() + verification);
  }
}
