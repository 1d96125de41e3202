package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.ElementaryOracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The activations by known digits, by identities and by differences; erf by its tables. */
class ActivationOracleTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static ActivationOracle[] functions() {
    return new ActivationOracle[] {
      ActivationOracle.RELU,
      ActivationOracle.SIGMOID,
      ActivationOracle.TANH,
      ActivationOracle.GELU,
      ActivationOracle.GELU_TANH,
      ActivationOracle.SILU,
      ActivationOracle.SOFTPLUS,
      ActivationOracle.EXP,
      ActivationOracle.leakyRelu(0.1)
    };
  }

  /** Digits: Abramowitz and Stegun, table 7.1 and 7.3, and DLMF's. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.11246291601828489, 0.8875370839817151",
    "0.5, 0.5204998778130465, 0.4795001221869535",
    "1, 0.8427007929497149, 0.15729920705028513",
    "1.5, 0.9661051464753108, 0.033894853524689274",
    "2, 0.9953222650189527, 0.004677734981047266",
    "3, 0.9999779095030014, 2.209049699858544e-5",
    "5, 0.9999999999984626, 1.5374597944280349e-12",
    "10, 1, 2.088487583762545e-45"
  })
  void errorFunction(double x, double erf, double erfc) {
    assertEquals(erf, ElementaryOracle.erf(x), 1e-15 * erf);
    assertEquals(-erf, ElementaryOracle.erf(-x), 1e-15 * erf);
    assertEquals(erfc, ElementaryOracle.erfc(x), (x < 2 ? 1e-14 : 4e-15) * erfc);
    assertEquals(2 - erfc, ElementaryOracle.erfc(-x), 1e-15);
  }

  @Test
  void errorFunctionIsOddAndSmoothWhereItsExpansionsMeet() {
    double below = ElementaryOracle.erfc(Math.nextDown(2.0));
    assertEquals(ElementaryOracle.erfc(2), below, 1e-13 * below);
    assertEquals(-0.0, ElementaryOracle.erf(-0.0));
    assertEquals(1, ElementaryOracle.erf(INFINITY));
    assertEquals(-1, ElementaryOracle.erf(-INFINITY));
    assertEquals(0, ElementaryOracle.erfc(INFINITY));
    assertEquals(NAN, ElementaryOracle.erf(NAN));
    assertEquals(2 / Math.sqrt(Math.PI) * 1e-300, ElementaryOracle.erf(1e-300), 1e-315);
  }

  @Test
  void reluKeepsNanAndMinusZero() {
    double[] x = {NAN, -0.0, 0, -2, 3};
    assertArrayEquals(new double[] {NAN, -0.0, 0, 0, 3}, ActivationOracle.RELU.forward(x));
    double[] dy = {1, 2, 3, INFINITY, 5};
    assertArrayEquals(new double[] {1, 0, 0, 0, 5}, ActivationOracle.RELU.backward(x, dy));
  }

  @Test
  void leakyReluByHand() {
    ActivationOracle leaky = ActivationOracle.leakyRelu(0.25);
    double[] x = {NAN, -0.0, 0, -2, 3};
    assertArrayEquals(new double[] {NAN, -0.0, 0, -0.5, 3}, leaky.forward(x));
    double[] dy = {1, 2, 4, 4, 5};
    assertArrayEquals(new double[] {1, 0.5, 1, 1, 5}, leaky.backward(x, dy));
    assertEquals("leakyRelu(0.25)", leaky.toString());
  }

  @Test
  void knownDigits() {
    assertEquals(0.7310585786300049, ActivationOracle.SIGMOID.value(1), 1e-15);
    assertEquals(0.7310585786300049, ActivationOracle.SILU.value(1), 1e-15);
    assertEquals(0.7615941559557649, ActivationOracle.TANH.value(1), 1e-15);
    assertEquals(0.41997434161402614, ActivationOracle.TANH.derivative(1), 1e-15);
    assertEquals(0.8413447460685429, ActivationOracle.GELU.value(1), 1e-15);
    assertEquals(0.8411919906082768, ActivationOracle.GELU_TANH.value(1), 1e-15);
    assertEquals(Math.log(2), ActivationOracle.SOFTPLUS.value(0), 1e-16);
    assertEquals(Math.E, ActivationOracle.EXP.value(1), 1e-15);
  }

  /** Where the textbook's formula would cancel to 0: x · φ(x) / |x| and the like. */
  @Test
  void tailsKeepTheirDigits() {
    assertEquals(Math.exp(-40), ActivationOracle.SIGMOID.value(-40), 1e-30);
    assertEquals(Math.exp(-40), ActivationOracle.SIGMOID.derivative(40), 1e-30);
    assertEquals(Math.exp(-40), ActivationOracle.SOFTPLUS.value(-40), 1e-30);
    assertEquals(4 * Math.exp(-80), ActivationOracle.TANH.derivative(40), 1e-48);
    double tail = ActivationOracle.GELU.value(-10);
    assertEquals(-10 * 7.61985302416052609e-24, tail, 1e-13 * Math.abs(tail));
    for (ActivationOracle f : functions()) {
      assertTrue(f.derivativeMagnitude(-3) >= Math.abs(f.derivative(-3)), f.toString());
    }
  }

  @Test
  void identities() {
    for (double x = -20; x <= 20; x += 0.37) {
      double sigmoid = ActivationOracle.SIGMOID.value(x);
      assertEquals(1, sigmoid + ActivationOracle.SIGMOID.value(-x), 1e-15);
      assertEquals(2 * sigmoid - 1, ActivationOracle.TANH.value(x / 2), 1e-15);
      for (ActivationOracle f :
          new ActivationOracle[] {
            ActivationOracle.GELU,
            ActivationOracle.GELU_TANH,
            ActivationOracle.SILU,
            ActivationOracle.SOFTPLUS
          }) {
        assertEquals(x, f.value(x) - f.value(-x), 1e-14, f.toString());
        assertEquals(1, f.derivative(x) + f.derivative(-x), 1e-14, f.toString());
      }
      double difference = ActivationOracle.GELU.value(x) - ActivationOracle.GELU_TANH.value(x);
      assertEquals(0, difference, 5e-4);
    }
  }

  @Test
  void infinities() {
    assertEquals(0, ActivationOracle.SIGMOID.value(-INFINITY));
    assertEquals(-1, ActivationOracle.TANH.value(-INFINITY));
    assertEquals(0, ActivationOracle.SOFTPLUS.value(-INFINITY));
    assertEquals(NAN, ActivationOracle.SILU.value(-INFINITY));
    for (ActivationOracle f : functions()) {
      assertEquals(NAN, f.value(NAN), f.toString());
      boolean bounded = f == ActivationOracle.SIGMOID || f == ActivationOracle.TANH;
      assertEquals(bounded ? 1 : INFINITY, f.value(INFINITY), f.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAreThoseOfTheValues(ActivationOracle f) {
    double[] dy = {3};
    GradientCheck check = new GradientCheck(f.toString()).eps(1e-5);
    for (double x = -8.15; x < 8; x += 0.1) {
      double[] at = {x};
      double[] derivative = {f.derivative(x)};
      check.within(Bound.absolute(1e-8 * Math.max(1, Math.abs(derivative[0]))));
      check.gradient(point -> f.value(point[0]), at, derivative, "at " + x);
      assertEquals(3 * derivative[0], f.backward(at, dy)[0], 1e-15 * Math.abs(derivative[0]));
    }
    assertThrows(IllegalArgumentException.class, () -> f.backward(dy, new double[2]));
  }
}
