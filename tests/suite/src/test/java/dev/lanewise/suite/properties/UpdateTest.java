package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Rules that are one where a number of theirs is 0, and what they do to a constant gradient. */
class UpdateTest {
  private static final int STEPS = 4;
  private static final double EPS = 1e-8;

  /** What a rule moves, and what it keeps from step to step. */
  private record Run(FloatSpan p, FloatSpan v, FloatSpan s) {
    static Run of(MatrixCase given) {
      int n = given.columns();
      return new Run(
          Views.span(given.output(), n, new Mix(given.seed())::normal),
          Views.span(given.output(), n, () -> 0),
          Views.span(given.output(), n, () -> 0));
    }
  }

  @FunctionalInterface
  private interface Rule {
    void step(int t, Run run, FloatSpan g);
  }

  /** Both rules give the same parameters and states in each of several steps. */
  private static void same(MatrixCase given, Rule one, Rule other) {
    Run a = Run.of(given);
    Run b = Run.of(given);
    Mix mix = new Mix(~given.seed());
    for (int t = 1; t <= STEPS; t++) {
      FloatSpan g = Views.span(given.input(), given.columns(), mix::normal);
      one.step(t, a, g);
      other.step(t, b, g);
      Bits.assertEqual("parameters", a.p.array(), b.p.array(), given + " t=" + t);
      Bits.assertEqual("first state", a.v.array(), b.v.array(), given + " t=" + t);
      Bits.assertEqual("second state", a.s.array(), b.s.array(), given + " t=" + t);
    }
  }

  @Property
  void adamWWithoutDecayIsAdam(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(max = 100_000) int before) {
    same(
        given,
        (t, run, g) -> Update.adam(run.p, g, run.v, run.s, before + t, 0.1, 0.9, 0.999, EPS),
        (t, run, g) -> Update.adamW(run.p, g, run.v, run.s, before + t, 0.1, 0.9, 0.999, EPS, 0));
  }

  /** With beta = 0 the velocity is the gradient. */
  @Property
  void momentumOfNothingIsGradientDescent(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    Rule descent =
        (t, run, g) -> {
          Update.gradientDescent(run.p, g, 0.1f);
          for (int i = 0; i < g.length(); i++) {
            run.v.array()[run.v.offset() + i * run.v.stride()] = g.get(i);
          }
        };
    same(given, (t, run, g) -> Update.momentum(run.p, g, run.v, 0.1f, 0), descent);
    same(given, (t, run, g) -> Update.nesterov(run.p, g, run.v, 0.1f, 0), descent);
  }

  /**
   * v = g·(1 - beta^t) / (1 - beta): momentum moves by rate·v, Nesterov's by what momentum moves in
   * the step after.
   */
  @Property
  void nesterovIsAStepAheadOfMomentum(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int n = given.columns();
    double rate = 0.125;
    double beta = 0.5;
    FloatSpan g = Views.span(given.input(), n, new Mix(given.seed())::normal);
    FloatSpan v = FloatSpan.zeros(n);
    FloatSpan w = FloatSpan.zeros(n);
    for (int t = 1; t <= 8; t++) {
      FloatSpan p = FloatSpan.zeros(n);
      FloatSpan q = FloatSpan.zeros(n);
      Update.momentum(p, g, v, rate, beta);
      Update.nesterov(q, g, w, rate, beta);
      assertArrayEquals(v.array(), w.array());
      for (int i = 0; i < n; i++) {
        double slope = g.get(i);
        double now = -rate * slope * (1 - Math.pow(beta, t)) / (1 - beta);
        double next = -rate * slope * (1 - Math.pow(beta, t + 1)) / (1 - beta);
        assertEquals(now, p.get(i), 4 * U * Math.abs(now), "momentum, t=" + t + " " + given);
        assertEquals(next, q.get(i), 4 * U * Math.abs(next), "Nesterov, t=" + t + " " + given);
      }
    }
  }

  /** s = g²·(1 - rho^t): the step is rate / sqrt(1 - rho^t), whatever the gradient's size. */
  @Property
  void stepsOfRmsPropAreOfTheRatesSize(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -4, max = 8) int exponent) {
    int n = given.columns();
    double scale = Math.pow(10, exponent);
    Mix mix = new Mix(given.seed());
    FloatSpan g = Views.span(given.input(), n, () -> scale * Math.copySign(1, mix.normal()));
    FloatSpan s = FloatSpan.zeros(n);
    for (int t = 1; t <= STEPS; t++) {
      FloatSpan p = FloatSpan.zeros(n);
      Update.rmsProp(p, g, s, 0.01, 0.9, EPS);
      double root = Math.sqrt(1 - Math.pow(0.9, t));
      for (int i = 0; i < n; i++) {
        double slope = g.get(i);
        double expected = -0.01 * slope / (Math.abs(slope) * root + EPS);
        // 4 roundings of s in each step, halved by the root, 5 of the step and 1 of p.
        assertEquals(expected, p.get(i), 14 * U * Math.abs(expected), "t=" + t + " " + given);
      }
    }
  }

  /** Without a gradient AdamW takes its share of each parameter. */
  @Property
  void decayShrinksParameters(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    Run run = Run.of(given);
    double[] before = Views.wide(run.p);
    FloatSpan zero = FloatSpan.zeros(given.columns());
    Update.adamW(run.p, zero, run.v, run.s, 1, 0.1, 0.9, 0.999, EPS, 2);
    for (int i = 0; i < before.length; i++) {
      double expected = before[i] * 0.8;
      assertEquals(expected, run.p.get(i), 2 * U * Math.abs(expected), given::toString);
    }
  }
}
