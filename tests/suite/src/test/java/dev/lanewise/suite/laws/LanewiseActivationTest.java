package dev.lanewise.suite.laws;

import dev.lanewise.suite.engine.LanewiseActivation;
import dev.lanewise.testkit.law.ActivationLaws;
import dev.lanewise.testkit.law.Verification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation function held to the laws of its contract. */
class LanewiseActivationTest {
  private static final long SEED = 23;

  static List<LanewiseActivation> engines() {
    return LanewiseActivation.ALL;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void holds(LanewiseActivation engine) {
    Verification verification = Verification.of(ActivationLaws.ALL, engine, SEED);
    verification.assertHeld();
    System.out.println(engine + System.lineSeparator() + verification);
  }
}
