package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.PlainActivation;
import dev.lanewise.testkit.law.ActivationLaws;
import dev.lanewise.testkit.law.Verification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ordinary engine, every function, held to the laws without jqwik. */
class PlainActivationTest {
  private static final long SEED = 17;

  static List<PlainActivation> engines() {
    return PlainActivation.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void holds(PlainActivation engine) {
    Verification verification = Verification.of(ActivationLaws.ALL, engine, SEED);
    verification.assertHeld();
    System.out.println(engine + System.lineSeparator() + verification);
  }
}
