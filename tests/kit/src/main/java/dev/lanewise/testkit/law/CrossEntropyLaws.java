package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import java.util.List;
import java.util.Set;

/**
 * The laws of J = (1/m) Σ_i L_i with L = -Σ_j y_j · log softmax(x)_j, over m rows of n logits, with
 * u = 2^-24.
 *
 * <p>The bound of the loss: log softmax(x)_j is within e_j = u · (M - x_j + n + 5 · log n + 10 +
 * |log a_j|), as {@link SoftmaxLaws#LOGARITHM} has it, and a product y_j · log a_j within y_j · e_j
 * and u of itself. J is a sum of k such terms of one sign, those that are not 0, in any order,
 * divided at the end or before: gamma_(k+2) · J. With labels k = m.
 *
 * <p>The bound of the gradient: that of {@link SoftmaxLaws} for a_j, and 3u · |a_j - y_j| for the
 * difference and the mean, all divided by m.
 */
public final class CrossEntropyLaws {
  /** J against labels within the bound; nothing changes. */
  public static final Law<CrossEntropyEngine, MatrixCase> LOSS =
      law("loss", Set.of(), CrossEntropyLaws::loss);

  /**
   * Where all logits of a row are the same, J = log n within u · (8 · log n + 6) and gamma_(m+2) of
   * it: a single lost term of a long row shows.
   */
  public static final Law<CrossEntropyEngine, MatrixCase> EQUAL_LOGITS =
      law("equalLogits", Set.of(), CrossEntropyLaws::equalLogits);

  /**
   * Logits of ±10^4, and up to the largest number divided by the number of rows, give a finite J:
   * within the bound and 4u · |M|.
   */
  public static final Law<CrossEntropyEngine, MatrixCase> LARGE_LOGITS =
      law("largeLogits", Set.of(), CrossEntropyLaws::largeLogits);

  /** J and the gradient against labels within the bounds; nothing but the gradient changes. */
  public static final Law<CrossEntropyEngine, MatrixCase> GRADIENT =
      law("gradient", Set.of(Capability.BACKWARD), CrossEntropyLaws::gradient);

  /** The gradient against central differences of J in double, for up to 3 × 8 logits. */
  public static final Law<CrossEntropyEngine, MatrixCase> GRADIENT_BY_DIFFERENCES =
      law(
          "gradientByDifferences",
          Set.of(Capability.BACKWARD),
          CrossEntropyLaws::gradientByDifferences);

  /** |Σ_j dJ/dx_j| of each row within the sum of the elements' bounds: a and y both sum to 1. */
  public static final Law<CrossEntropyEngine, MatrixCase> GRADIENT_ROWS_SUM_TO_ZERO =
      law(
          "gradientRowsSumToZero",
          Set.of(Capability.BACKWARD),
          CrossEntropyLaws::gradientRowsSumToZero);

  /** The gradient in place of the logits holds the same bounds, and so does J. */
  public static final Law<CrossEntropyEngine, MatrixCase> IN_PLACE =
      law("inPlace", Set.of(Capability.BACKWARD, Capability.IN_PLACE), CrossEntropyLaws::inPlace);

  /** J and the gradient against distributions within the bounds. */
  public static final Law<CrossEntropyEngine, MatrixCase> DISTRIBUTIONS =
      law("distributions", Set.of(Capability.DISTRIBUTIONS), CrossEntropyLaws::distributions);

  /** The gradient against distributions by central differences, for up to 3 × 8 logits. */
  public static final Law<CrossEntropyEngine, MatrixCase> DISTRIBUTIONS_BY_DIFFERENCES =
      law(
          "distributionsByDifferences",
          Set.of(Capability.DISTRIBUTIONS),
          CrossEntropyLaws::distributionsByDifferences);

  /**
   * Logits of -infinity take no part; a label among them makes J infinite, as its class is
   * impossible.
   */
  public static final Law<CrossEntropyEngine, MatrixCase> MASKS =
      law("masks", Set.of(Capability.MASKS), CrossEntropyLaws::masks);

  /**
   * Logits of -infinity that are not the label's have a gradient of exactly 0; elsewhere it is
   * within the bound, and so is J.
   */
  public static final Law<CrossEntropyEngine, MatrixCase> MASKED_GRADIENT =
      law(
          "maskedGradient",
          Set.of(Capability.BACKWARD, Capability.MASKS),
          CrossEntropyLaws::maskedGradient);

  /** Logits of -infinity with a target of 0 take no part: 0 · log 0 = 0. */
  public static final Law<CrossEntropyEngine, MatrixCase> MASKED_DISTRIBUTIONS =
      law(
          "maskedDistributions",
          Set.of(Capability.DISTRIBUTIONS, Capability.MASKS),
          CrossEntropyLaws::maskedDistributions);

  /** A NaN or a +infinity in any row makes J NaN. */
  public static final Law<CrossEntropyEngine, MatrixCase> NON_FINITE_NUMBERS =
      law("nonFiniteNumbers", Set.of(Capability.NON_FINITE), CrossEntropyLaws::nonFinite);

  /** A NaN or a +infinity makes its row of the gradient NaN, and changes no other row. */
  public static final Law<CrossEntropyEngine, MatrixCase> NON_FINITE_GRADIENTS =
      law(
          "nonFiniteGradients",
          Set.of(Capability.BACKWARD, Capability.NON_FINITE),
          CrossEntropyLaws::nonFiniteGradients);

  /** All of them. */
  public static final List<Law<CrossEntropyEngine, MatrixCase>> ALL =
      List.of(
          LOSS,
          EQUAL_LOGITS,
          LARGE_LOGITS,
          GRADIENT,
          GRADIENT_BY_DIFFERENCES,
          GRADIENT_ROWS_SUM_TO_ZERO,
          IN_PLACE,
          DISTRIBUTIONS,
          DISTRIBUTIONS_BY_DIFFERENCES,
          MASKS,
          MASKED_GRADIENT,
          MASKED_DISTRIBUTIONS,
          NON_FINITE_NUMBERS,
          NON_FINITE_GRADIENTS);

  private CrossEntropyLaws() {}

  private static Law<CrossEntropyEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<CrossEntropyEngine, MatrixCase> check) {
    Set<Capability> uses =
        Capability.everyLayoutAnd(Capability.SUBNORMALS, Capability.ILL_CONDITIONED);
    return new Law<>(
        name,
        MatrixCase::draw,
        needs,
        uses,
        (engine, drawn, seen) -> check.run(engine, drawn.nonEmpty(), seen));
  }

  private static CrossEntropyCall spread(CrossEntropyEngine engine, MatrixCase drawn) {
    MatrixCase given = Logits.within(engine, drawn);
    return new CrossEntropyCall(engine, given, Logits.spread(given));
  }

  private static CrossEntropyCall ordinary(CrossEntropyEngine engine, MatrixCase drawn) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    return new CrossEntropyCall(engine, given, given.x());
  }

  private static void loss(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    CrossEntropyCall call = spread(engine, drawn);
    call.checkLoss(call.loss(), seen);
  }

  private static void equalLogits(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    int n = given.columns();
    Operand x = Logits.equalInRows(given);
    float actual = new CrossEntropyCall(engine, given, x).loss();
    double log = Math.log(n);
    // The rounding of M + log n, where a loss is computed through it, is 4u for M up to 4.
    double error = U * (8 * log + 6) + Bound.gamma(given.rows() + 2) * log;
    seen.check(
        new float[] {actual},
        new double[] {log},
        Bound.absolute(error * engine.tolerance()),
        given.toString());
  }

  private static void largeLogits(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    Operand x = Logits.large(given);
    float[] array = x.array();
    for (int i = 0; i < array.length; i++) {
      // A loss is a difference of two logits, and a sum of so many of them must not overflow.
      float limit = Float.MAX_VALUE / (4f * given.rows());
      array[i] = Math.clamp(array[i], -limit, limit);
    }
    CrossEntropyCall call = new CrossEntropyCall(engine, given, x).large();
    call.checkLoss(call.loss(), seen);
  }

  private static void gradient(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    CrossEntropyCall call = spread(engine, drawn);
    Operand gradient = call.given().result(call.m(), call.n());
    call.checkLoss(call.lossAndGradient(gradient), seen);
    call.checkGradient(gradient, call.oneHot(), seen);
  }

  private static void gradientByDifferences(
      CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    CrossEntropyCall call = ordinary(engine, Logits.small(drawn));
    Operand gradient = call.given().result(call.m(), call.n());
    call.lossAndGradient(gradient);
    call.checkDifferences(gradient, call.oneHot(), seen);
  }

  private static void gradientRowsSumToZero(
      CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    CrossEntropyCall call = spread(engine, drawn);
    Operand gradient = call.given().result(call.m(), call.n());
    call.lossAndGradient(gradient);
    double[] sums = RowSumsOracle.sums(call.m(), call.n(), gradient.widen());
    double[] errors = RowSumsOracle.sums(call.m(), call.n(), call.gradientErrors(call.oneHot()));
    seen.check(
        call.m(),
        1,
        (i, j) -> (float) sums[i],
        new double[call.m()],
        Within.bound(engine, errors),
        call.given().toString());
  }

  private static void inPlace(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.within(engine, drawn).inPlace();
    Operand x = Logits.spread(given);
    CrossEntropyCall call = new CrossEntropyCall(engine, given, x);
    call.checkLoss(call.lossAndGradient(x), seen);
    call.checkGradient(x, call.oneHot(), seen);
  }

  private static void distributions(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    checkDistributions(spread(engine, drawn), seen);
  }

  private static void checkDistributions(CrossEntropyCall call, Accuracy seen) {
    Operand targets = Logits.targets(call.given(), call.logits());
    Operand gradient = call.given().result(call.m(), call.n());
    double[] y = targets.widen();
    call.checkLoss(call.lossAndGradient(targets, gradient), y, seen);
    call.checkGradient(gradient, y, seen);
  }

  private static void distributionsByDifferences(
      CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    CrossEntropyCall call = ordinary(engine, Logits.small(drawn));
    Operand targets = Logits.targets(call.given(), call.logits());
    Operand gradient = call.given().result(call.m(), call.n());
    call.lossAndGradient(targets, gradient);
    call.checkDifferences(gradient, targets.widen(), seen);
  }

  private static void masks(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    Operand x = Logits.masked(given);
    boolean impossible = new Mix(given.seed() + 1).below(4) == 0;
    int[] labels = impossible ? given.labels() : possibleLabels(given, x);
    CrossEntropyCall call = new CrossEntropyCall(engine, given, x, labels);
    call.checkLoss(call.loss(), seen);
  }

  /** Labels whose logits are not -infinity. */
  private static int[] possibleLabels(MatrixCase given, Operand x) {
    int[] labels = given.labels();
    for (int i = 0; i < given.rows(); i++) {
      while (x.get(i, labels[i]) == Float.NEGATIVE_INFINITY) {
        labels[i] = (labels[i] + 1) % given.columns();
      }
    }
    return labels;
  }

  private static void maskedGradient(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    Operand x = Logits.masked(given);
    double[] wide = x.widen();
    CrossEntropyCall call = new CrossEntropyCall(engine, given, x, possibleLabels(given, x));
    Operand gradient = given.result(call.m(), call.n());
    call.checkLoss(call.lossAndGradient(gradient), seen);
    double[] y = call.oneHot();
    double[] errors = call.gradientErrors(y);
    for (int ij = 0; ij < errors.length; ij++) {
      if (wide[ij] == Double.NEGATIVE_INFINITY) {
        errors[ij] = 0;
      }
    }
    call.checkGradient(gradient, y, errors, seen);
  }

  private static void maskedDistributions(
      CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    checkDistributions(new CrossEntropyCall(engine, given, Logits.masked(given)), seen);
  }

  private static void nonFinite(CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    CrossEntropyCall call = new CrossEntropyCall(engine, given, Logits.nonFinite(given));
    call.checkLoss(call.loss(), seen);
  }

  private static void nonFiniteGradients(
      CrossEntropyEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = Logits.ordinary(engine, drawn);
    CrossEntropyCall call = new CrossEntropyCall(engine, given, Logits.nonFinite(given));
    Operand gradient = given.result(call.m(), call.n());
    call.checkLoss(call.lossAndGradient(gradient), seen);
    call.checkGradient(gradient, call.oneHot(), seen);
  }
}
