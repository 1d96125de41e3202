package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The laws of y_j = exp(x_j) / Σ_l exp(x_l) over rows of n logits, with u = 2^-24.
 *
 * <p>The bound of the forward pass: with M the row's largest logit, the difference x_j - M is off
 * by u · (M - x_j), which is the relative error that it gives its exponential; the exponential's
 * own, of 2 ulps, is 4u. In the sum these count in proportion to the terms: 4u and u · Σ y_l · (M -
 * x_l), which is at most u · log n; any order of additions adds (n - 1) · u. The division, or a
 * reciprocal and a product, adds 2u. Together |y_j - a_j| ≤ u · (M - x_j + n + log n + 10) · a_j,
 * and 2^-147 where an exponential or the result is subnormal, or the smallest normal number where
 * {@link Capability#SUBNORMALS} is not declared.
 */
public final class SoftmaxLaws {
  /** Each element within the bound; nothing but Y changes. */
  public static final Law<SoftmaxEngine, MatrixCase> FORWARD =
      law("forward", Set.of(), SoftmaxLaws::forward);

  /** |Σ_j y_j - 1| within the sum of the elements' bounds. */
  public static final Law<SoftmaxEngine, MatrixCase> ROWS_SUM_TO_ONE =
      law("rowsSumToOne", Set.of(), SoftmaxLaws::rowsSumToOne);

  /**
   * Where all logits of a row are the same, each y is 1/n within u · (3 · log n + 6) of it: exp(0)
   * is 1 and the sum of ones exact, so that a single lost term of a long row shows.
   */
  public static final Law<SoftmaxEngine, MatrixCase> EQUAL_LOGITS =
      law("equalLogits", Set.of(), SoftmaxLaws::equalLogits);

  /**
   * A whole number c added to whole logits, exactly, changes no element by more than twice the
   * bound and 4u · |M + c|, for |c| up to 1000.
   */
  public static final Law<SoftmaxEngine, MatrixCase> SHIFT =
      law("shift", Set.of(), SoftmaxLaws::shift);

  /**
   * Logits of ±10^4 and up to the largest number overflow nothing: within the bound and 2u · |M| ·
   * a_j.
   */
  public static final Law<SoftmaxEngine, MatrixCase> LARGE_LOGITS =
      law("largeLogits", Set.of(), SoftmaxLaws::largeLogits);

  /**
   * Logits of -infinity give exactly 0 and the others of the row what they give without them. A row
   * of nothing else is left out.
   */
  public static final Law<SoftmaxEngine, MatrixCase> MASKS =
      law("masks", Set.of(Capability.MASKS), SoftmaxLaws::masks);

  /** A NaN or a +infinity makes its row NaN as a whole, and changes no other row. */
  public static final Law<SoftmaxEngine, MatrixCase> NON_FINITE_NUMBERS =
      law("nonFiniteNumbers", Set.of(Capability.NON_FINITE), SoftmaxLaws::nonFinite);

  /** Y in place of X holds the same bound. */
  public static final Law<SoftmaxEngine, MatrixCase> IN_PLACE =
      law("inPlace", Set.of(Capability.IN_PLACE), SoftmaxLaws::inPlace);

  /**
   * log y_j, also of logits far from 0 and of probabilities that underflow: within u · (M - x_j + n
   * + 5 · log n + 10 + |log a_j|). To the error of x_j - M and to the sum's relative error, which
   * its logarithm has as an absolute one, come 2 ulps of that logarithm, 4u · log n, and the
   * rounding of the result.
   */
  public static final Law<SoftmaxEngine, MatrixCase> LOGARITHM =
      law("logarithm", Set.of(Capability.LOGARITHM), SoftmaxLaws::logarithm);

  /** The logarithm of a masked logit's probability is -infinity; the others hold the bound. */
  public static final Law<SoftmaxEngine, MatrixCase> LOGARITHM_OF_MASKS =
      law(
          "logarithmOfMasks",
          Set.of(Capability.LOGARITHM, Capability.MASKS),
          SoftmaxLaws::logarithmOfMasks);

  /**
   * dx for the y that the engine itself gave: with T = Σ |dy_l · y_l|, within y_j · (gamma_(n+2) ·
   * T + gamma_3 · |dy_j|) and what may underflow. A product dy_l · y_l passes its own rounding, n -
   * 1 additions, the difference and the product with y_j; dy_j the last two and one more if it is
   * multiplied first.
   */
  public static final Law<SoftmaxEngine, MatrixCase> BACKWARD =
      law("backward", Set.of(Capability.BACKWARD), SoftmaxLaws::backward);

  /**
   * dx against central differences of Σ dy · softmax(x) in double, x with up to 3 × 8 logits: the
   * bound of the backward pass, and what the error of y, at most F of it, adds: 2F · y_j · (|dy_j|
   * + T).
   */
  public static final Law<SoftmaxEngine, MatrixCase> BACKWARD_BY_DIFFERENCES =
      law("backwardByDifferences", Set.of(Capability.BACKWARD), SoftmaxLaws::backwardByDifferences);

  /** dX in place of dY holds the same bound. */
  public static final Law<SoftmaxEngine, MatrixCase> BACKWARD_IN_PLACE =
      law(
          "backwardInPlace",
          Set.of(Capability.BACKWARD, Capability.IN_PLACE),
          SoftmaxLaws::backwardInPlace);

  /** A NaN in dy makes its row of dx NaN as a whole, and changes no other row. */
  public static final Law<SoftmaxEngine, MatrixCase> NON_FINITE_GRADIENTS =
      law(
          "nonFiniteGradients",
          Set.of(Capability.BACKWARD, Capability.NON_FINITE),
          SoftmaxLaws::nonFiniteGradients);

  /** All of them. */
  public static final List<Law<SoftmaxEngine, MatrixCase>> ALL =
      List.of(
          FORWARD,
          ROWS_SUM_TO_ONE,
          EQUAL_LOGITS,
          SHIFT,
          LARGE_LOGITS,
          MASKS,
          NON_FINITE_NUMBERS,
          IN_PLACE,
          LOGARITHM,
          LOGARITHM_OF_MASKS,
          BACKWARD,
          BACKWARD_BY_DIFFERENCES,
          BACKWARD_IN_PLACE,
          NON_FINITE_GRADIENTS);

  private SoftmaxLaws() {}

  private static Law<SoftmaxEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<SoftmaxEngine, MatrixCase> check) {
    Set<Capability> uses =
        Capability.everyLayoutAnd(
            Capability.EMPTY, Capability.SUBNORMALS, Capability.ILL_CONDITIONED);
    return new Law<>(name, MatrixCase::draw, needs, uses, check);
  }

  private static void forward(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn);
    SoftmaxCall.forward(engine, given, Logits.spread(given), 0, seen);
  }

  private static void rowsSumToOne(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn.nonEmpty());
    int m = given.rows();
    int n = given.columns();
    Operand x = Logits.spread(given);
    Operand y = SoftmaxCall.softmax(engine, given, x);
    float[] sums = new float[m];
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    double[] errors = new double[m];
    double[] wide = x.widen();
    for (int i = 0; i < m; i++) {
      double max = SoftmaxBound.max(n, wide, i);
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += y.get(i, j);
        errors[i] +=
            SoftmaxBound.relative(max - wide[i * n + j] + SoftmaxBound.roundingsOfSum(n))
                    * y.get(i, j)
                + Within.underflow(engine);
      }
      sums[i] = (float) sum;
      errors[i] += U;
    }
    Bound bound = Within.bound(engine, errors);
    seen.check(m, 1, (i, j) -> sums[i], ones, bound, "sums of rows; " + given);
  }

  private static void equalLogits(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    int n = given.columns();
    Operand x = Logits.equalInRows(given);
    double[] expected = new double[given.rows() * n];
    Arrays.fill(expected, 1.0 / n);
    double[] errors = new double[expected.length];
    Arrays.fill(errors, U * (3 * Math.log(Math.max(n, 1)) + 6) / n);
    SoftmaxCall.check(engine, given, SoftmaxCall.softmax(engine, given, x), expected, errors, seen);
  }

  private static void shift(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Within.layouts(engine, drawn.withValues(Values.WHOLE));
    int m = given.rows();
    int n = given.columns();
    Operand x = given.x();
    double[] wide = x.widen();
    Operand y = SoftmaxCall.softmax(engine, given, x);
    float c = new Mix(~given.seed()).choose(16f, -16f, 100f, -100f, 1000f, -1000f);
    float[] array = x.array();
    for (int i = 0; i < array.length; i++) {
      array[i] += c;
    }
    Operand shifted = SoftmaxCall.softmax(engine, given, x);
    double[] unshifted = y.widen();
    double[] errors = SoftmaxBound.forward(m, n, wide, unshifted, 0, Within.underflow(engine));
    for (int i = 0; i < errors.length; i++) {
      errors[i] = 2 * errors[i] + 4 * U * (Math.abs(c) + 8) * unshifted[i];
    }
    SoftmaxCall.check(engine, given, shifted, unshifted, errors, seen);
  }

  private static void largeLogits(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    SoftmaxCall.forward(engine, given, Logits.large(given), 2, seen);
  }

  private static void masks(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    SoftmaxCall.forward(engine, given, Logits.masked(given), 0, seen);
  }

  private static void nonFinite(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    SoftmaxCall.forward(engine, given, Logits.nonFinite(given), 0, seen);
  }

  private static void inPlace(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn).inPlace();
    Call call = new Call(given);
    Operand x = call.output("X", Logits.spread(given));
    double[] wide = x.widen();
    engine.softmax(x, x);
    call.assertNothingElseWritten();
    SoftmaxCall.checkForward(engine, given, wide, x, 0, seen);
  }

  private static void logarithm(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn);
    boolean large = given.values() == Values.WHOLE;
    SoftmaxCall.checkLogarithm(
        engine, given, large ? Logits.large(given) : Logits.spread(given), seen);
  }

  private static void logarithmOfMasks(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    SoftmaxCall.checkLogarithm(engine, given, Logits.masked(given), seen);
  }

  private static Operand gradient(MatrixCase given) {
    Values kind = given.values() == Values.WHOLE ? Values.WIDE : given.values();
    return given.another(1, given.rows(), given.columns(), kind);
  }

  private static void backward(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn);
    Operand y = SoftmaxCall.softmax(engine, given, Logits.spread(given));
    Operand dy = gradient(given);
    Operand dx = SoftmaxCall.backward(engine, given, y, dy);
    SoftmaxCall.checkBackward(engine, given, y.widen(), dy.widen(), dx, seen);
  }

  private static void backwardByDifferences(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, Logits.small(drawn));
    int m = given.rows();
    int n = given.columns();
    Operand x = given.x();
    Operand y = SoftmaxCall.softmax(engine, given, x);
    Operand dy = given.another(1, m, n, Values.ORDINARY);
    double[] d = dy.widen();
    double errorOfY = SoftmaxBound.relative(8 + SoftmaxBound.roundingsOfSum(n));
    double[] errors =
        SoftmaxCall.backwardErrors(m, n, y.widen(), d, errorOfY, Within.underflow(engine));
    Operand dx = SoftmaxCall.backward(engine, given, y, dy);
    new GradientCheck(seen)
        .within(
            Bound.componentwise(errors)
                .plus(Bound.absolute(SoftmaxBound.DIFFERENCES))
                .times(engine.tolerance()))
        .vectorJacobian(
            z -> SoftmaxOracle.forward(m, n, z), x.widen(), d, dx.widen(), given.toString());
  }

  private static void backwardInPlace(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn).inPlace();
    Operand y = SoftmaxCall.softmax(engine, given, Logits.spread(given));
    Call call = new Call(given);
    call.input("Y", y);
    Operand dy = call.output("dY", gradient(given));
    double[] slope = dy.widen();
    engine.backward(y, dy, dy);
    call.assertNothingElseWritten();
    SoftmaxCall.checkBackward(engine, given, y.widen(), slope, dy, seen);
  }

  private static void nonFiniteGradients(SoftmaxEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    Operand y = SoftmaxCall.softmax(engine, given, given.x());
    Operand dy = given.another(1, given.rows(), given.columns(), Values.ORDINARY);
    Mix mix = new Mix(~given.seed());
    for (int i = 0; i < given.rows() && given.columns() > 0; i++) {
      if (mix.below(2) == 0) {
        dy.set(i, mix.below(given.columns()), Float.NaN);
      }
    }
    Operand dx = SoftmaxCall.backward(engine, given, y, dy);
    SoftmaxCall.checkBackward(engine, given, y.widen(), dy.widen(), dx, seen);
  }
}
