package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.testkit.oracle.OptimizerOracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two steps of each rule by hand, and where they lead. */
class OptimizerOracleTest {
  private static final double[] G = {4};

  static OptimizerOracle[] rules() {
    return new OptimizerOracle[] {
      OptimizerOracle.gradientDescent(0.01),
      OptimizerOracle.momentum(0.01, 0.9),
      OptimizerOracle.momentumAveraged(0.01, 0.9),
      OptimizerOracle.nesterov(0.01, 0.9),
      OptimizerOracle.rmsProp(0.002, 0.9, 1e-8),
      OptimizerOracle.adam(0.01, 0.9, 0.999, 1e-8),
      OptimizerOracle.adamW(0.01, 0.9, 0.999, 1e-8, 1e-4)
    };
  }

  /** The parameter after steps with the gradients 4 and -8, from 1. */
  private static double twoSteps(OptimizerOracle rule, double... expectedStates) {
    double[] p = {1};
    double[][] states = new double[rule.states()][1];
    double[] slopes = {4, -8};
    for (int t = 1; t <= 2; t++) {
      double[] g = {slopes[t - 1]};
      states = rule.nextStates(t, states, p, g);
      p = rule.step(t, p, g, states);
    }
    for (int k = 0; k < states.length; k++) {
      assertEquals(expectedStates[k], states[k][0], 1e-14, rule + ", state " + k);
    }
    return p[0];
  }

  @Test
  void byHand() {
    assertEquals(1 - 0.5 * 4 + 0.5 * 8, twoSteps(OptimizerOracle.gradientDescent(0.5)));
    // v = 4, then 2 - 8
    assertEquals(1 - 0.5 * 4 + 0.5 * 6, twoSteps(OptimizerOracle.momentum(0.5, 0.5), -6));
    // v = 1, then 0.75 - 2
    assertEquals(
        1 - 0.5 + 0.5 * 1.25, twoSteps(OptimizerOracle.momentumAveraged(0.5, 0.75), -1.25));
    // v = 4, g + v/2 = 6; v = -6, g + v/2 = -11
    assertEquals(1 - 0.5 * 6 + 0.5 * 11, twoSteps(OptimizerOracle.nesterov(0.5, 0.5), -6));
    // s = 4, 4 / (2 + 2); s = 3 + 16, -8 / (sqrt(19) + 2)
    assertEquals(
        1 - 0.5 * 1 + 0.5 * 8 / (Math.sqrt(19) + 2),
        twoSteps(OptimizerOracle.rmsProp(0.5, 0.75, 2), 19),
        1e-15);
  }

  /** m = 2 and 1 - 4, corrected by 1/2 and 3/4; v = 4 and 3 + 16, corrected by 1/4 and 7/16. */
  @Test
  void adamByHand() {
    double first = 4.0 / (4 + 1);
    double second = -4.0 / (Math.sqrt(19 * 16.0 / 7) + 1);
    double after = 1 - 0.1 * first - 0.1 * second;
    assertEquals(after, twoSteps(OptimizerOracle.adam(0.1, 0.5, 0.75, 1), -3, 19), 1e-15);
    double once = 1 - 0.1 * first - 0.1 * 0.2;
    double decayed = once - 0.1 * second - 0.1 * 0.2 * once;
    OptimizerOracle rule = OptimizerOracle.adamW(0.1, 0.5, 0.75, 1, 0.2);
    assertEquals(decayed, twoSteps(rule, -3, 19), 1e-15);
  }

  @Test
  void adamsFirstStepIsTheRate() {
    OptimizerOracle rule = OptimizerOracle.adam(0.01, 0.9, 0.999, 1e-8);
    double[] p = {0};
    double[][] states = rule.nextStates(1, new double[2][1], p, G);
    assertEquals(-0.01, rule.step(1, p, G, states)[0], 1e-10);
  }

  /** method.md's example: (w - 5)² is least at 5. */
  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleFindsTheMinimum(OptimizerOracle rule) {
    double[] w = {0};
    double[][] states = new double[rule.states()][1];
    for (int t = 1; t <= 5000; t++) {
      double[] g = {2 * w[0] - 10};
      states = rule.nextStates(t, states, w, g);
      w = rule.step(t, w, g, states);
      if (t == 1000 && rule.toString().equals("gradientDescent(0.01)")) {
        assertEquals(5, w[0], 2e-5);
      }
    }
    assertEquals(5, w[0], 2e-3, rule.toString());
  }

  @Test
  void operandsAreNotChangedAndMisfitsAreNamed() {
    OptimizerOracle rule = OptimizerOracle.momentum(0.1, 0.5);
    double[] p = {1};
    double[][] states = {{2}};
    rule.nextStates(1, states, p, G);
    rule.step(1, p, G, states);
    assertArrayEquals(new double[] {1}, p);
    assertArrayEquals(new double[] {2}, states[0]);
    assertArrayEquals(new double[] {4}, G);
    assertEquals("momentum(0.1, 0.5)", rule.toString());
    assertThrows(IllegalArgumentException.class, () -> rule.step(0, p, G, states));
    assertThrows(IllegalArgumentException.class, () -> rule.step(1, p, G, new double[0][]));
    assertThrows(IllegalArgumentException.class, () -> rule.step(1, p, new double[2], states));
    assertThrows(IllegalArgumentException.class, () -> rule.nextStates(1, new double[1][2], p, G));
  }
}
