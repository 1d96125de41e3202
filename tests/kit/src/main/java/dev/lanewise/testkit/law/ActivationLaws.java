package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.Ulp;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.List;
import java.util.Set;

/**
 * The laws of y = f(x) and dx = f'(x) · dy, element by element, with the engine's {@linkplain
 * ActivationEngine#ulps() ulps} and {@linkplain ActivationEngine#absolute() absolute} error.
 *
 * <p>Forward: |y - f(x)| ≤ ulps · ulp(f(x)) + absolute. Backward: a derivative such as 1 - tanh(x)²
 * cancels, so its error is in proportion to the terms D of its formula: |dx - f'(x) · dy| ≤ |dy| ·
 * ((ulps · 2^-23 + 2^-24) · D + absolute) + 2^-147 · (1 + |dy|), the last for subnormal derivatives
 * and products; forward, the ulp of a subnormal number covers that. Where {@link
 * Capability#SUBNORMALS} is not declared, the smallest normal number N may be lost: forward has N
 * more, and backward N · (1 + 2 · |dy|) instead of the last term. Where f'(x) is beyond the largest
 * {@code float} nothing is said of dx.
 */
public final class ActivationLaws {
  private static final float[] SPREADS = {1, 4, 25};
  private static final int MAX_ROWS = 12;
  private static final int LONG = 80;

  /** What central differences of the smooth functions, with steps of 10^-4, are off. */
  private static final double DIFFERENCES = 1e-6;

  private static final double STEP = 1e-4;

  /** Below it a derivative is not clearly different from 0. */
  private static final double CLEARLY = 1e-3;

  /** f(x) within the bound, of numbers of every size; nothing but Y changes. */
  public static final Law<ActivationEngine, MatrixCase> FORWARD =
      law("forward", Set.of(), ActivationLaws::forward);

  /**
   * NaN gives NaN, and infinities f's limits; where the formula has infinity · 0 there, NaN and 0
   * are both right.
   */
  public static final Law<ActivationEngine, MatrixCase> NON_FINITE_NUMBERS =
      law("nonFiniteNumbers", Set.of(Capability.NON_FINITE), ActivationLaws::nonFinite);

  /** Y in place of X holds the same bound. */
  public static final Law<ActivationEngine, MatrixCase> IN_PLACE =
      law("inPlace", Set.of(Capability.IN_PLACE), ActivationLaws::inPlace);

  /** f'(x) · dy within the bound; nothing but dX changes. */
  public static final Law<ActivationEngine, MatrixCase> BACKWARD =
      law("backward", Set.of(Capability.BACKWARD), ActivationLaws::backward);

  /** f'(x) · dy against central differences of f in double, for x at least 0.01 from 0. */
  public static final Law<ActivationEngine, MatrixCase> BACKWARD_BY_DIFFERENCES =
      law(
          "backwardByDifferences",
          Set.of(Capability.BACKWARD),
          ActivationLaws::backwardByDifferences);

  /** dX in place of dY holds the same bound. */
  public static final Law<ActivationEngine, MatrixCase> BACKWARD_IN_PLACE =
      law(
          "backwardInPlace",
          Set.of(Capability.BACKWARD, Capability.IN_PLACE),
          ActivationLaws::backwardInPlace);

  /**
   * Where |f'(x)| is at least 0.001, a NaN in dy gives NaN and an infinity that of its and f'(x)'s
   * sign; a finite one nothing of the kind.
   */
  public static final Law<ActivationEngine, MatrixCase> NON_FINITE_GRADIENTS =
      law(
          "nonFiniteGradients",
          Set.of(Capability.BACKWARD, Capability.NON_FINITE),
          ActivationLaws::nonFiniteGradients);

  /** All of them. */
  public static final List<Law<ActivationEngine, MatrixCase>> ALL =
      List.of(
          FORWARD,
          NON_FINITE_NUMBERS,
          IN_PLACE,
          BACKWARD,
          BACKWARD_BY_DIFFERENCES,
          BACKWARD_IN_PLACE,
          NON_FINITE_GRADIENTS);

  private ActivationLaws() {}

  private static Law<ActivationEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<ActivationEngine, MatrixCase> check) {
    return new Law<>(
        name,
        MatrixCase::draw,
        needs,
        Capability.everyLayoutAnd(Capability.EMPTY, Capability.SUBNORMALS),
        (engine, drawn, seen) -> check.run(engine, fewRows(drawn), seen));
  }

  /** Long rows matter and many rows do not, as each element stands alone. */
  private static MatrixCase fewRows(MatrixCase drawn) {
    int most = drawn.columns() > LONG ? 1 : MAX_ROWS;
    return drawn.rows() > most ? drawn.withRows(1 + drawn.rows() % most) : drawn;
  }

  private static MatrixCase finite(ActivationEngine engine, MatrixCase drawn) {
    Values values =
        Within.values(
            engine,
            drawn.values(),
            Values.ORDINARY,
            Values.WIDE,
            Values.ORDINARY,
            Values.UNDERFLOWING,
            Values.SUBNORMAL,
            Values.ZEROS,
            Values.HUGE);
    return Within.layouts(engine, drawn.withValues(values));
  }

  /** Ordinary ones from -4 to 4, from -16 to 16 or from -100 to 100; others as they are. */
  private static Operand input(MatrixCase given) {
    float factor = SPREADS[new Mix(~given.seed()).below(SPREADS.length)];
    return given.values() == Values.ORDINARY ? given.x().scale(factor) : given.x();
  }

  private static Operand gradient(MatrixCase given, Values kind) {
    return given.another(1, given.rows(), given.columns(), kind);
  }

  private static void check(
      ActivationEngine engine,
      MatrixCase given,
      Operand actual,
      double[] expected,
      double[] errors,
      Accuracy seen) {
    seen.check(
        given.rows(),
        given.columns(),
        actual::get,
        expected,
        Within.bound(engine, errors),
        engine.function() + " " + given);
  }

  private static void checkForward(
      ActivationEngine engine, MatrixCase given, double[] x, Operand y, Accuracy seen) {
    double[] expected = engine.function().forward(x);
    double[] errors = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      errors[i] = engine.ulps() * Ulp.of((float) expected[i]) + engine.absolute();
      errors[i] += flushed(engine);
    }
    check(engine, given, y, expected, errors, seen);
  }

  /** What flushing to zero may take from a value. */
  private static double flushed(ActivationEngine engine) {
    return engine.capabilities().contains(Capability.SUBNORMALS) ? 0 : Float.MIN_NORMAL;
  }

  private static Operand forward(ActivationEngine engine, MatrixCase given, Operand x) {
    Call call = new Call(given);
    call.input("X", x);
    Operand y = call.output("Y", given.result(x.rows(), x.columns()));
    engine.forward(x, y);
    call.assertNothingElseWritten();
    return y;
  }

  private static void forward(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = finite(engine, drawn);
    Operand x = input(given);
    checkForward(engine, given, x.widen(), forward(engine, given, x), seen);
  }

  private static void inPlace(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = finite(engine, drawn).inPlace();
    Call call = new Call(given);
    Operand x = call.output("X", input(given));
    double[] wide = x.widen();
    engine.forward(x, x);
    call.assertNothingElseWritten();
    checkForward(engine, given, wide, x, seen);
  }

  private static void nonFinite(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Within.layouts(engine, drawn.withValues(Values.NON_FINITE));
    Operand x = given.x();
    Operand y = forward(engine, given, x);
    ActivationOracle f = engine.function();
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        float at = x.get(i, j);
        boolean open = Float.isInfinite(at) && Double.isNaN(f.value(at));
        if (open && y.get(i, j) == 0) {
          y.set(i, j, Float.NaN);
        }
      }
    }
    checkForward(engine, given, x.widen(), y, seen);
  }

  private static double[] backwardErrors(ActivationEngine engine, double[] x, double[] dy) {
    ActivationOracle f = engine.function();
    double[] errors = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double terms = f.derivativeMagnitude(x[i]);
      double ofDerivative = engine.ulps() * 0x1p-23 * terms + engine.absolute() + flushed(engine);
      double underflow = Within.underflow(engine) * (1 + Math.abs(dy[i]));
      // A product with the derivative, which is at most its terms.
      errors[i] = Math.abs(dy[i]) * (ofDerivative + U * terms) + underflow;
    }
    return errors;
  }

  private static void checkBackward(
      ActivationEngine engine,
      MatrixCase given,
      double[] x,
      double[] dy,
      Operand dx,
      Accuracy seen) {
    ActivationOracle f = engine.function();
    double[] expected = f.backward(x, dy);
    float[] actual = dx.toArray();
    for (int i = 0; i < actual.length; i++) {
      double derivative = Math.abs(f.derivative(x[i]));
      boolean overflow = derivative > Float.MAX_VALUE;
      if (overflow || (!Double.isFinite(dy[i]) && derivative < CLEARLY)) {
        actual[i] = 0;
        expected[i] = 0;
      }
    }
    Operand judged = Operand.dense(actual, given.rows(), given.columns());
    check(engine, given, judged, expected, backwardErrors(engine, x, dy), seen);
  }

  private static Operand backward(
      ActivationEngine engine, MatrixCase given, Operand x, Operand dy) {
    Call call = new Call(given);
    call.input("X", x);
    call.input("dY", dy);
    Operand dx = call.output("dX", given.result(x.rows(), x.columns()));
    engine.backward(x, dy, dx);
    call.assertNothingElseWritten();
    return dx;
  }

  private static void backward(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = finite(engine, drawn);
    Operand x = input(given);
    Operand dy = gradient(given, Values.WIDE);
    Operand dx = backward(engine, given, x, dy);
    checkBackward(engine, given, x.widen(), dy.widen(), dx, seen);
  }

  private static void backwardInPlace(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = finite(engine, drawn).inPlace();
    Call call = new Call(given);
    Operand x = call.input("X", input(given));
    Operand dy = call.output("dY", gradient(given, Values.ORDINARY));
    double[] slope = dy.widen();
    engine.backward(x, dy, dy);
    call.assertNothingElseWritten();
    checkBackward(engine, given, x.widen(), slope, dy, seen);
  }

  private static void backwardByDifferences(
      ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Within.layouts(engine, Logits.small(drawn).withValues(Values.ORDINARY));
    Operand x = given.x();
    float[] array = x.array();
    for (int i = 0; i < array.length; i++) {
      array[i] += Math.copySign(0.01f, array[i]);
    }
    Operand dy = gradient(given, Values.ORDINARY);
    Operand dx = backward(engine, given, x, dy);
    double[] wide = x.widen();
    double[] slope = dy.widen();
    double[] actual = dx.widen();
    double[] errors = backwardErrors(engine, wide, slope);
    ActivationOracle f = engine.function();
    GradientCheck check = new GradientCheck(seen).eps(STEP);
    String context = " of " + f + " " + given;
    for (int i = 0; i < wide.length; i++) { // each by itself: the others do not depend on it
      errors[i] += DIFFERENCES * Math.abs(slope[i]) * Math.max(1, Math.abs(f.value(wide[i])));
      check
          .within(Bound.absolute(engine.tolerance() * errors[i]))
          .vectorJacobian(
              f::forward,
              new double[] {wide[i]},
              new double[] {slope[i]},
              new double[] {actual[i]},
              "element " + i + context);
    }
  }

  private static void nonFiniteGradients(ActivationEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Within.layouts(engine, drawn.withValues(Values.ORDINARY));
    Operand x = input(given);
    Operand dy = gradient(given, Values.NON_FINITE);
    Operand dx = backward(engine, given, x, dy);
    checkBackward(engine, given, x.widen(), dy.widen(), dx, seen);
  }
}
