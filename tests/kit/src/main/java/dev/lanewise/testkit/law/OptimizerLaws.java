package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.internal.Matrices;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The laws of an optimizer's step, over several steps, each checked from the states and parameters
 * that the engine really reached.
 *
 * <p>States: with S the new state computed from the absolute values of the old one and of g, the
 * error is within gamma_5 · (S + |old|). A weight is rounded once, and so is its product, the
 * square, and the sum; an average taken as old + (1 - beta) · (g - old) rounds the difference,
 * which is where |old| comes from.
 *
 * <p>Parameters, from the states as they came out: with U the size of the step, which is the rule
 * run from p = 0 on absolute values, within gamma_10 · U + gamma_3 · |p|. In Adam, the longest
 * rule, rate and corrections are rounded, their product or quotient with each moment, the root, eps
 * and its sum, the quotient and the product with the rate, and the difference from p; a decay takes
 * two more roundings of p itself. The rate and the corrections 1 - beta^t are computed in {@code
 * double} and rounded once: 1 - beta^t in {@code float} loses about u·beta^t / (1 - beta^t), 1000 u
 * for 0.999 in the first step, and is beyond this bound.
 *
 * <p>To both comes the smallest normal number for each of up to four operations that may underflow.
 */
public final class OptimizerLaws {
  private static final int STEPS = 4;
  private static final int LATE = 100_000;

  private static final int STATE_ROUNDINGS = 5;
  private static final int STEP_ROUNDINGS = 10;
  private static final int PARAMETER_ROUNDINGS = 3;
  private static final double UNDERFLOW = 4 * Float.MIN_NORMAL;

  /** Gradients as large as the usual eps. */
  private static final float SMALL = 3e-8f;

  /** Each state within the bound, with gradients from 10^-15 to 10^12; nothing else changes. */
  public static final Law<OptimizerEngine, MatrixCase> STATES =
      law("states", Set.of(), OptimizerLaws::states);

  /** The parameters within the bound, with gradients of order 1, in the first steps. */
  public static final Law<OptimizerEngine, MatrixCase> PARAMETERS =
      law("parameters", Set.of(), OptimizerLaws::parameters);

  /** The same for gradients from 10^-15 to 10^12. */
  public static final Law<OptimizerEngine, MatrixCase> GRADIENTS_OF_ANY_SIZE =
      law("gradientsOfAnySize", Set.of(), OptimizerLaws::anySize);

  /**
   * The same for gradients around 10^-8, with parameters of 0: whether eps is added inside or
   * outside a root, or to which moment, shows.
   */
  public static final Law<OptimizerEngine, MatrixCase> SMALL_GRADIENTS =
      law("smallGradients", Set.of(), OptimizerLaws::small);

  /** The same for the steps from any number up to 10^5 on. */
  public static final Law<OptimizerEngine, MatrixCase> LATE_STEPS =
      law("lateSteps", Set.of(), OptimizerLaws::late);

  /**
   * With gradients and states of 0 parameters stay where they are, but for a decay; a rule with eps
   * = 0 may give NaN.
   */
  public static final Law<OptimizerEngine, MatrixCase> ZERO_GRADIENT =
      law("zeroGradient", Set.of(), OptimizerLaws::zeroGradient);

  /** A NaN in the gradient makes its parameter and its states NaN, and no others. */
  public static final Law<OptimizerEngine, MatrixCase> NON_FINITE_NUMBERS =
      law("nonFiniteNumbers", Set.of(Capability.NON_FINITE), OptimizerLaws::nonFinite);

  /** All of them. */
  public static final List<Law<OptimizerEngine, MatrixCase>> ALL =
      List.of(
          STATES,
          PARAMETERS,
          GRADIENTS_OF_ANY_SIZE,
          SMALL_GRADIENTS,
          LATE_STEPS,
          ZERO_GRADIENT,
          NON_FINITE_NUMBERS);

  private OptimizerLaws() {}

  private static Law<OptimizerEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<OptimizerEngine, MatrixCase> check) {
    return new Law<>(
        name,
        MatrixCase::draw,
        needs,
        Capability.everyLayoutAnd(Capability.EMPTY),
        (engine, drawn, seen) ->
            check.run(
                engine,
                Within.layouts(engine, drawn.withRows(1).withValues(Values.ORDINARY)),
                seen));
  }

  /** Parameters and states that an engine takes through steps. */
  private static final class Run {
    private final OptimizerEngine engine;
    private final OptimizerOracle rule;
    private final MatrixCase given;
    private final int n;
    private final Operand p;
    private final Operand[] states;
    private final Accuracy seen;
    private long t;
    private Operand g;
    private double[] oldP;
    private double[][] oldStates;

    Run(OptimizerEngine engine, MatrixCase given, float scale, Accuracy seen) {
      this.engine = engine;
      this.rule = engine.rule();
      this.given = given;
      this.seen = seen;
      n = given.columns();
      p = given.output().operand(1, n, Values.ORDINARY, new Mix(given.seed())).scale(scale);
      states = new Operand[rule.states()];
      for (int k = 0; k < states.length; k++) {
        states[k] = given.result(k + 1, 1, n);
        states[k].assign(new float[n]);
      }
    }

    /** A gradient of its own for each step, from -4 to 4 times a scale. */
    Operand gradient(int step, float scale) {
      return given.another(step, 1, n, Values.ORDINARY).scale(scale);
    }

    void step(long number, Operand gradient) {
      t = number;
      g = gradient;
      oldP = p.widen();
      oldStates = widen(states);
      Call call = new Call(context());
      call.output("parameters", p);
      call.input("gradient", g);
      for (int k = 0; k < states.length; k++) {
        call.output("state " + k, states[k]);
      }
      engine.step(t, p, g, states.clone());
      call.assertNothingElseWritten();
    }

    private String context() {
      return String.format(Locale.ROOT, "%s, step %d; %s", rule, t, given);
    }

    void checkStates() {
      double[][] expected = rule.nextStates(t, oldStates, oldP, g.widen());
      double[][] magnitude =
          rule.nextStates(t, absolute(oldStates), oldP, Matrices.absolute(g.widen()));
      for (int k = 0; k < states.length; k++) {
        double[] errors = new double[n];
        for (int i = 0; i < n; i++) {
          double terms = magnitude[k][i] + Math.abs(oldStates[k][i]);
          errors[i] = Bound.gamma(STATE_ROUNDINGS) * terms + UNDERFLOW;
        }
        check(states[k], expected[k], errors, "state " + k);
      }
    }

    void checkParameters() {
      double[][] reached = widen(states);
      double[] expected = rule.step(t, oldP, g.widen(), reached);
      double[] moved = rule.step(t, new double[n], Matrices.absolute(g.widen()), absolute(reached));
      double[] errors = new double[n];
      for (int i = 0; i < n; i++) {
        boolean moves = moved[i] != 0 || expected[i] != oldP[i];
        errors[i] =
            moves
                ? Bound.gamma(STEP_ROUNDINGS) * Math.abs(moved[i])
                    + Bound.gamma(PARAMETER_ROUNDINGS) * Math.abs(oldP[i])
                    + UNDERFLOW
                : 0;
      }
      check(p, expected, errors, "parameters");
    }

    private void check(Operand actual, double[] expected, double[] errors, String what) {
      Bound bound = Within.bound(engine, errors);
      seen.check(1, n, actual::get, expected, bound, what + "; " + context());
    }

    private static double[][] widen(Operand[] operands) {
      return Arrays.stream(operands).map(Operand::widen).toArray(double[][]::new);
    }

    private static double[][] absolute(double[][] values) {
      return Arrays.stream(values).map(Matrices::absolute).toArray(double[][]::new);
    }
  }

  /** From 10^-15 to 10^12. */
  private static float anyScale(MatrixCase given) {
    return (float) Math.pow(10, new Mix(~given.seed()).below(28) - 15);
  }

  private static void states(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    Run run = new Run(engine, given, 1, seen);
    float scale = anyScale(given);
    for (int t = 1; t <= STEPS; t++) {
      run.step(t, run.gradient(t, scale));
      run.checkStates();
    }
  }

  private static void check(
      OptimizerEngine engine,
      MatrixCase given,
      float parameters,
      long first,
      float gradients,
      Accuracy seen) {
    Run run = new Run(engine, given, parameters, seen);
    for (int i = 0; i < STEPS; i++) {
      run.step(first + i, run.gradient(i + 1, gradients));
      run.checkParameters();
    }
  }

  private static void parameters(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    check(engine, given, 1, 1, 1, seen);
  }

  private static void anySize(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    check(engine, given, given.seed() % 2 == 0 ? 1 : 1e-3f, 1, anyScale(given), seen);
  }

  private static void small(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    check(engine, given, 0, 1, SMALL, seen);
  }

  private static void late(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    Mix mix = new Mix(~given.seed());
    long first = 1L + mix.below(mix.choose(30, 3000, LATE));
    check(engine, given, mix.choose(0f, 1f), first, mix.choose(1f, SMALL), seen);
  }

  private static void zeroGradient(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    check(engine, given, 1, 1, 0, seen);
  }

  private static void nonFinite(OptimizerEngine engine, MatrixCase given, Accuracy seen) {
    Run run = new Run(engine, given, 1, seen);
    Operand g = run.gradient(1, 1);
    Mix mix = new Mix(~given.seed());
    for (int count = mix.below(3); count > 0 && given.columns() > 0; count--) {
      g.set(0, mix.below(given.columns()), Float.NaN);
    }
    run.step(1, g);
    run.checkStates();
    run.checkParameters();
  }
}
