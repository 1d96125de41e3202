package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link GradientCheck} where the derivatives are known: what it admits, refuses and reports. */
class GradientCheckTest {
  private static final double[] NOWHERE = {};

  private static GradientCheck check() {
    return new GradientCheck("x");
  }

  private static GradientCheck.Report admitted(
      GradientCheck check, ToDoubleFunction<double[]> f, double x, double actual) {
    return check.gradient(f, new double[] {x}, new double[] {actual}, "seed=17");
  }

  private static String refused(
      GradientCheck check, ToDoubleFunction<double[]> f, double x, double actual) {
    return assertThrows(AssertionError.class, () -> admitted(check, f, x, actual)).getMessage();
  }

  private static double cubic(double[] p) {
    return p[0] * p[0] * p[0] + p[0] * p[1] + 7 * p[2];
  }

  @Test
  void gradientOfACubic() {
    double[] x = {2, -3, 0};
    GradientCheck check = check().within(Bound.absolute(1e-8));
    GradientCheck.Report report =
        check.gradient(GradientCheckTest::cubic, x, new double[] {9, 2, 7}, "seed=17");
    assertEquals(3, report.derivatives());
    assertEquals(0, report.kinks().size());
    assertTrue(report.worstShare() > 0 && report.worstShare() < 0.5, report::toString);
    assertArrayEquals(new double[] {2, -3, 0}, x, "the point is left as it was");
    check.gradient(GradientCheckTest::cubic, x, new float[] {9, 2, 7}, "seed=17");
    assertTrue(check.toString().startsWith("x: 6 derivatives, the worst at index "));
  }

  @Test
  void messageNamesElementAndValues() {
    double[] x = {0, 2};
    GradientCheck check = new GradientCheck("f backward").eps(0.5).rtol(0).atol(0.25);
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> check.gradient(p -> p[0] + 3 * p[1], x, new double[] {1, 2}, "seed=17"));
    assertEquals(
        "f backward: 1 of 2 derivatives beyond the bound; the worst at index 1 of 2 elements:"
            + " expected 3.0, actual 2.0, distance 1.000, bound 0.2500, error estimate 1.998e-15,"
            + " 4.000 of both, step 1.000; seed=17",
        error.getMessage());
    assertTrue(check.worstShare() > 3.9 && check.worstShare() <= 4, check::toString);
  }

  @Test
  void jacobianHasARowForEachOutput() {
    UnaryOperator<double[]> f = p -> new double[] {p[0] * p[1], p[0], 3 * p[1]};
    double[] x = {2, 50};
    double[] jacobian = {50, 2, 1, 0, 0, 3};
    double[] d = {1, 10, 100};
    for (int directions : new int[] {0, 20}) {
      check().directions(directions).jacobian(f, x, jacobian, "");
      check().directions(directions).vectorJacobian(f, x, d, new double[] {60, 302}, "");
      check().directions(directions).vectorJacobian(f, x, d, new float[] {60, 302}, "");
      for (int i = 0; i < jacobian.length; i++) {
        double[] wrong = jacobian.clone();
        wrong[i] += 2;
        assertThrows(
            AssertionError.class,
            () -> check().directions(directions).jacobian(f, x, wrong, "seed=17"));
      }
    }
    double[] wrong = {50, 2, 1, 0, 0, -3};
    String message =
        assertThrows(AssertionError.class, () -> check().jacobian(f, x, wrong, "")).getMessage();
    assertTrue(message.contains("worst at output 2 of 3, input 1 of 2: expected"), message);
  }

  /** Around 10^8 a step of 10^-6 would vanish; it is relative there. */
  @Test
  void stepGrowsWithThePoint() {
    admitted(check().within(Bound.absolute(1e-8)), p -> 2 * p[0], 1e8, 2);
  }

  @Test
  void defaultsAreThoseOfPyTorch() {
    ToDoubleFunction<double[]> f = p -> 10 * p[0];
    admitted(check(), f, 0, 10 + 1.0009e-2);
    refused(check(), f, 0, 10 + 1.0011e-2);
    admitted(check(), p -> 0, 0, 0.99e-5);
    refused(check(), p -> 0, 0, 1.01e-5);
  }

  /** However rough the function, twice the bound is never passed. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-4, 1e-2, 0.3})
  void estimateCountsUpToTheBound(double eps) {
    Random random = new Random(3);
    for (int trial = 0; trial < 300; trial++) {
      double frequency = Math.pow(10, 5 * random.nextDouble());
      double x = random.nextDouble(-3, 3);
      ToDoubleFunction<double[]> f = p -> Math.sin(frequency * p[0]) / frequency;
      double h = eps * Math.max(1, Math.abs(x));
      double slope = Math.cos(frequency * x) * Math.sin(frequency * h) / (frequency * h);
      GradientCheck check = check().eps(eps);
      double bound = 1e-5 + 1e-3 * Math.abs(slope);
      if (frequency * h < 0.1) {
        refused(check, f, x, slope + 2.01 * bound);
        refused(check, f, x, slope - 2.01 * bound);
        admitted(check, f, x, Math.cos(frequency * x));
        assertEquals(0, check.kinks(), check::toString);
      }
    }
    double estimated = 1e-3 * 4 / 3 * 0.75;
    GradientCheck cubic = check().eps(Math.sqrt(1e-3)).within(Bound.absolute(1e-3));
    admitted(cubic, p -> p[0] * p[0] * p[0], 0, 1e-3 - (1e-3 + 0.99 * estimated));
    refused(cubic, p -> p[0] * p[0] * p[0], 0, 1e-3 - (1e-3 + 1.01 * estimated));
  }

  @Test
  void kinksAreReportedAndHoldTheValueBetweenTheSlopes() {
    ToDoubleFunction<double[]> leaky = p -> p[0] < 0 ? -0.5 * p[0] : 2 * p[0];
    for (double between : new double[] {-0.5, 0, 0.7, 2, 2.0009}) {
      GradientCheck.Report report = admitted(check(), leaky, 0, between);
      assertEquals(1, report.kinks().size());
      GradientCheck.Kink kink = report.kinks().getFirst();
      assertEquals(-0.5, kink.left(), 1e-9);
      assertEquals(2, kink.right(), 1e-9);
      assertEquals(between, kink.actual());
    }
    String message = refused(check(), leaky, 0, 2.01);
    assertTrue(message.contains("the nearest of the slopes at a kink, actual 2.01"), message);
    refused(check(), leaky, 0, -0.51);
    GradientCheck tie = check();
    tie.gradient(p -> Math.max(p[0], p[1]), new double[] {3, 3}, new double[] {1, 0}, "");
    assertEquals(2, tie.kinks());
    assertTrue(tie.toString().startsWith("x: 2 derivatives, 2 at kinks, the worst at"));
  }

  /** The kink at u steps from the point; beyond the step it is not seen and nothing is excused. */
  @Test
  void kinksAnywhereWithinTheStep() {
    for (int sign : new int[] {-1, 1}) {
      for (int part = 0; part <= 750; part++) {
        double u = part / 300.0;
        double at = 1 + sign * u * 1e-6;
        GradientCheck check = check();
        ToDoubleFunction<double[]> f = p -> Math.sin(p[0]) + Math.max(sign * (p[0] - at), 0);
        double right = Math.cos(1) + (u == 0 ? sign : 0);
        admitted(check, f, 1, right);
        assertEquals(u < 1 ? 1 : 0, check.kinks(), "u=" + u);
        refused(check, f, 1, Math.cos(1) + 1.01 * sign);
        refused(check, f, 1, Math.cos(1) - 0.01 * sign);
        if (u > 1) {
          refused(check, f, 1, Math.cos(1) + sign);
        } else if (u < 1) {
          // In float the point may lie on the other side.
          admitted(check, f, 1, Math.cos(1) + sign);
        }
      }
    }
  }

  /** Rounding makes slopes that differ by more than the bound; none of it is a kink. */
  @Test
  void roundingIsNoKink() {
    Random random = new Random(6);
    GradientCheck check = check();
    for (int trial = 0; trial < 2000; trial++) {
      double large = Math.pow(10, 8 * random.nextDouble());
      double x = random.nextDouble(-1, 1);
      check.within(Bound.absolute(2 * 0x1p-53 * large / 1e-6));
      admitted(check, p -> large + Math.sin(p[0]), x, Math.cos(x));
    }
    assertEquals(0, check.kinks(), check::toString);
  }

  /** x ± h is rounded; the slope is taken over what remains. */
  @Test
  void stepsAreWhatRoundingLeftOfThem() {
    admitted(check().within(Bound.absolute(1e-12)), p -> 2 * p[0], 0.7, 2);
  }

  @Test
  void boundsBelongToTheirElements() {
    UnaryOperator<double[]> f = p -> new double[] {p[0] + p[1] + p[2], p[0] - p[1] + 2 * p[2]};
    double[] jacobian = {1, 1, 1, 1, -1, 2};
    double[] bounds = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
    GradientCheck check = check().within(Bound.componentwise(bounds));
    for (int i = 0; i < bounds.length; i++) {
      double[] wrong = jacobian.clone();
      wrong[i] += 0.99 * bounds[i];
      check.jacobian(f, new double[3], wrong, "");
      wrong[i] += 0.02 * bounds[i];
      assertThrows(AssertionError.class, () -> check.jacobian(f, new double[3], wrong, ""));
    }
  }

  /** Inflections, steep and flat places, large values, cancellation: nothing there is a kink. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-5, 1e-4, 1e-3})
  void smoothFunctionsHaveNoKinks(double eps) {
    Random random = new Random(5);
    GradientCheck check = check().eps(eps);
    for (int trial = 0; trial < 500; trial++) {
      double x = trial % 5 == 0 ? 0 : random.nextGaussian();
      double large = Math.pow(10, random.nextInt(7) - 1);
      admitted(check, p -> Math.sin(p[0]), x, Math.cos(x));
      admitted(check, p -> Math.tanh(3 * p[0]), x, 3 / Math.pow(Math.cosh(3 * x), 2));
      admitted(check, p -> p[0] * p[0] * p[0], x, 3 * x * x);
      admitted(check, p -> Math.exp(5 * p[0]), x, 5 * Math.exp(5 * x));
      if (large * 0x1p-53 / eps < 1e-6) {
        admitted(check, p -> (Math.cos(p[0]) + large) - large, x, -Math.sin(x));
      }
      admitted(check.eps(Math.max(eps, 1e-5)), p -> large + p[0] * p[0], x, 2 * x);
      check.eps(eps);
    }
    assertEquals(0, check.kinks(), check::toString);
  }

  @Test
  void jumpsAndFloatArithmeticAreNoKinks() {
    for (double place : new double[] {-0.7, -0.2, 0, 0.3, 0.6}) {
      String message = refused(check(), p -> p[0] < place * 1e-6 ? 0 : 1, 0, 0);
      assertTrue(
          message.startsWith("x: at index 0 of 1 elements the slopes of the function"), message);
      assertTrue(message.contains("it jumps there, or is not computed in double; seed=17"));
    }
    Random random = new Random(7);
    int refused = 0;
    for (int trial = 0; trial < 100; trial++) {
      double x = random.nextGaussian();
      try {
        admitted(check(), p -> (float) Math.sin((float) p[0]), x, Math.cos(x));
      } catch (AssertionError expected) {
        refused++;
      }
    }
    assertTrue(refused >= 80, "refused " + refused + " of 100");
    refused(check(), p -> Math.sqrt(Math.abs(p[0])), 0, 0);
  }

  @Test
  void functionsThatAreNotFiniteNearbyFail() {
    String message = refused(check(), p -> Math.log(p[0]), 1e-7, 1e7);
    assertTrue(message.contains("x: f[0] is NaN where x[0] is -9.0E-7 instead of 1.0E-7"), message);
    assertTrue(message.endsWith("; seed=17"), message);
    message = refused(check(), p -> 1 / p[0], 0, 0);
    assertTrue(message.contains("f[0] is Infinity at x"), message);
    refused(check().directions(1), p -> Math.log(p[0]), 1e-7, 1e7);
  }

  @Test
  void valuesThatAreNotFiniteFail() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(check(), p -> p[0], 1, wrong);
      refused(check(), p -> Math.abs(p[0]), 0, wrong);
      refused(check().directions(3), p -> p[0], 1, wrong);
    }
  }

  /**
   * Values at their bounds pass with every seed; one of 1000 that is 500 times beyond shows in
   * every direction. The sum of all bounds would hide it.
   */
  @Test
  void randomDirections() {
    Random random = new Random(9);
    int n = 1000;
    double[] x = random.doubles(n, -1, 1).toArray();
    double[] gradient = Arrays.stream(x).map(Math::cos).toArray();
    ToDoubleFunction<double[]> f = p -> Arrays.stream(p).map(Math::sin).sum();
    for (int seed = 0; seed < 20; seed++) {
      GradientCheck check = check().directions(5).seed(seed).within(Bound.relative(1e-6));
      double[] close = new double[n];
      Arrays.setAll(close, i -> gradient[i] * (1 + (random.nextBoolean() ? 1e-6 : -1e-6)));
      assertEquals(5, check.gradient(f, x, close, "").derivatives());
      double[] wrong = gradient.clone();
      wrong[random.nextInt(n)] += random.nextBoolean() ? 5e-4 : -5e-4;
      String message =
          assertThrows(AssertionError.class, () -> check.gradient(f, x, wrong, "")).getMessage();
      assertTrue(message.startsWith("x: 5 of 5 derivatives"), message);
      assertTrue(message.contains(" (1×1000 derivatives): expected "), message);
      assertTrue(message.endsWith("; directions=5 seed=" + seed), message);
    }
    GradientCheck kinks = check().directions(3);
    double[] zeros = new double[4];
    kinks.gradient(p -> Arrays.stream(p).map(Math::abs).sum(), zeros, zeros, "");
    assertEquals(3, kinks.kinks());
  }

  @Test
  void argumentsAreChecked() {
    double[] x = {1};
    for (double eps : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> check().eps(eps));
    }
    assertThrows(IllegalArgumentException.class, () -> check().directions(-1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> check().gradient(p -> 0, x, NOWHERE, ""))
            .getMessage();
    assertEquals("x: 0 actual values, expected 1", message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> check().vectorJacobian(p -> p, x, NOWHERE, x, ""))
            .getMessage();
    assertEquals("x: 0 elements of d, expected 1", message);
    Bound two = Bound.componentwise(new double[2]);
    assertThrows(
        IllegalArgumentException.class, () -> check().within(two).gradient(p -> 0, x, x, ""));
    assertEquals(0, check().gradient(p -> 0, NOWHERE, NOWHERE, "").derivatives());
    assertEquals(0, check().directions(3).gradient(p -> 0, NOWHERE, NOWHERE, "").derivatives());
  }
}
