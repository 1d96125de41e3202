package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainOptimizer;
import dev.lanewise.testkit.law.OptimizerLaws;
import dev.lanewise.testkit.law.Verification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ordinary engine, every rule, held to the laws without jqwik. */
class PlainOptimizerTest {
  private static final long SEED = 17;

  static List<PlainOptimizer> engines() {
    return PlainOptimizer.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void holds(PlainOptimizer engine) {
    Verification verification = Verification.of(OptimizerLaws.ALL, engine, SEED);
    verification.assertHeld();
    System.out.println(engine + System.lineSeparator() + verification);
  }
}
