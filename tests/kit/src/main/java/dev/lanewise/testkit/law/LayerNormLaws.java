package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The laws of layer normalisation.
 *
 * <p>A row is normalised as a feature is by batch normalisation, so that its error bounds are those
 * of {@link BatchNormLaws} for the transposed matrix: with t = x - mean, r = 1 / sqrt(s2 + eps), A
 * = mean |x|, B = max |x| and D = max |t| over the n elements of a row, the mean is within e =
 * gamma_(n+4)·(A + B), the variance within v = gamma_(3n+12)·(s2 + D²) + 3·e·sqrt(s2) + 2·e² (both
 * 0 for n = 1), and zhat = t·r within Z = |t|·(R - r) + e·R + gamma_8·M with R = 1 / sqrt(max(s2 -
 * v, 0) + eps) and M = (|x| + |mean| + e)·R.
 *
 * <p>eps is 10^-8, 10^-5, 10^-3 or 0.1, and every other case has deviations of about its root, so
 * that where it is added matters.
 */
public final class LayerNormLaws {
  private static final int SMALL = 40;

  /** y is within |gamma|·Z + gamma_4·(|gamma|·M + |beta|). */
  public static final Law<LayerNormEngine, MatrixCase> FORWARD =
      law(
          "forward",
          Set.of(),
          (engine, drawn, seen) -> forward(engine, finite(engine, drawn), seen, false));

  /**
   * Rows that hold the same numbers in different orders share mean and variance; with gamma =
   * sqrt(s2 + eps) and beta = mean, from the oracle and rounded to {@code float}, they come back,
   * within the bound of {@link #FORWARD} + u·(|t| + |mean|).
   */
  public static final Law<LayerNormEngine, MatrixCase> LAYER_NORM_IDENTITY =
      law("layerNormIdentity", Set.of(), LayerNormLaws::identity);

  /** A constant added to a row, exactly, changes y by at most the sum of the two bounds. */
  public static final Law<LayerNormEngine, MatrixCase> SHIFT_INVARIANCE =
      law("shiftInvariance", Set.of(), small(LayerNormLaws::shift));

  /** A row of equal elements gives beta, within the bound of {@link #FORWARD}. */
  public static final Law<LayerNormEngine, MatrixCase> CONSTANT_ROW =
      law("constantRow", Set.of(), small(LayerNormLaws::constant));

  /** A single feature is its own mean and gives beta: e = v = 0. */
  public static final Law<LayerNormEngine, MatrixCase> ONE_FEATURE =
      law(
          "oneFeature",
          Set.of(),
          (engine, drawn, seen) ->
              forward(engine, finite(engine, drawn.withColumns(1)), seen, false));

  /**
   * A row's result is within twice its bound of what it was when the other rows were other ones:
   * rows do not influence each other.
   */
  public static final Law<LayerNormEngine, MatrixCase> ROWS_ARE_INDEPENDENT =
      law("rowsAreIndependent", Set.of(), small(LayerNormLaws::independent));

  /**
   * The gradients are those of the double forward pass by central differences, within their bounds
   * as in {@link #BACKWARD} + 10^-6, for up to 4 samples of 6 features and eps = 0.1: differences
   * with a step of 10^-6 of a sum below 10^4 whose third derivatives are below 10^5.
   */
  public static final Law<LayerNormEngine, MatrixCase> BACKWARD_BY_DIFFERENCES =
      law("backwardByDifferences", Set.of(Capability.BACKWARD), LayerNormLaws::differences);

  /**
   * The gradients are the oracle's: dbeta within gamma_(m+1)·Σ|d|, dgamma within Σ|d|·(Z +
   * gamma_(m+4)·M), dx as in {@link BatchNormLaws#BACKWARD}.
   */
  public static final Law<LayerNormEngine, MatrixCase> BACKWARD =
      law(
          "backward",
          Set.of(Capability.BACKWARD),
          (engine, drawn, seen) -> backward(engine, finite(engine, drawn), seen, false));

  /** dx sums to 0 over each row, within the sum of its elements' bounds. */
  public static final Law<LayerNormEngine, MatrixCase> GRADIENTS_SUM_TO_ZERO =
      law("gradientsSumToZero", Set.of(Capability.BACKWARD), small(LayerNormLaws::gradientSums));

  /** A NaN or an infinity makes y NaN throughout its row and leaves the others within bounds. */
  public static final Law<LayerNormEngine, MatrixCase> NON_FINITE_ROWS =
      law(
          "nonFiniteRows",
          Set.of(Capability.NON_FINITE),
          small((engine, drawn, seen) -> forward(engine, nonFinite(engine, drawn), seen, false)));

  /** A NaN or an infinity in x makes dx NaN throughout its row, and dgamma NaN throughout. */
  public static final Law<LayerNormEngine, MatrixCase> NON_FINITE_GRADIENTS =
      law(
          "nonFiniteGradients",
          Set.of(Capability.NON_FINITE, Capability.BACKWARD),
          small((engine, drawn, seen) -> backward(engine, nonFinite(engine, drawn), seen, false)));

  /** {@link #FORWARD} where y is x. */
  public static final Law<LayerNormEngine, MatrixCase> IN_PLACE =
      law(
          "inPlace",
          Set.of(Capability.IN_PLACE),
          small((engine, drawn, seen) -> forward(engine, finite(engine, drawn), seen, true)));

  /** {@link #BACKWARD} where dx is dy. */
  public static final Law<LayerNormEngine, MatrixCase> BACKWARD_IN_PLACE =
      law(
          "backwardInPlace",
          Set.of(Capability.IN_PLACE, Capability.BACKWARD),
          small((engine, drawn, seen) -> backward(engine, finite(engine, drawn), seen, true)));

  /** All laws. */
  public static final List<Law<LayerNormEngine, MatrixCase>> ALL =
      List.of(
          FORWARD,
          LAYER_NORM_IDENTITY,
          SHIFT_INVARIANCE,
          CONSTANT_ROW,
          ONE_FEATURE,
          ROWS_ARE_INDEPENDENT,
          BACKWARD_BY_DIFFERENCES,
          BACKWARD,
          GRADIENTS_SUM_TO_ZERO,
          NON_FINITE_ROWS,
          NON_FINITE_GRADIENTS,
          IN_PLACE,
          BACKWARD_IN_PLACE);

  private LayerNormLaws() {}

  /** On small cases, where a large one shows nothing more. */
  private static Law.Check<LayerNormEngine, MatrixCase> small(
      Law.Check<LayerNormEngine, MatrixCase> check) {
    return (engine, drawn, seen) -> check.run(engine, drawn.atMost(SMALL, SMALL), seen);
  }

  private static Law<LayerNormEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<LayerNormEngine, MatrixCase> check) {
    return new Law<>(
        name,
        MatrixCase::draw,
        needs,
        Capability.everyLayoutAnd(Capability.EMPTY, Capability.ILL_CONDITIONED),
        check);
  }

  /** At least one feature of one of the kinds. */
  private static MatrixCase within(LayerNormEngine engine, MatrixCase given, Values... kinds) {
    Values values = Within.values(engine, given.values(), kinds);
    int columns = Math.max(given.columns(), 1);
    return Within.layouts(engine, given.withColumns(columns).withValues(values));
  }

  private static LayerNormTrial finite(LayerNormEngine engine, MatrixCase drawn) {
    return new LayerNormTrial(
        within(engine, drawn, Values.ORDINARY, Values.WIDE, Values.SHIFTED, Values.WHOLE));
  }

  private static LayerNormTrial nonFinite(LayerNormEngine engine, MatrixCase drawn) {
    return new LayerNormTrial(within(engine, drawn, Values.NON_FINITE));
  }

  private static void forward(
      LayerNormEngine engine, LayerNormTrial trial, Accuracy seen, boolean inPlace) {
    trial.forward(engine, inPlace);
    trial.checkForward(engine, seen);
  }

  private static void identity(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    LayerNormTrial drawnTrial = finite(engine, drawn);
    int n = drawnTrial.n;
    float[] elements = drawnTrial.x.toArray();
    float[] rotated = new float[elements.length];
    for (int ij = 0; ij < rotated.length; ij++) {
      rotated[ij] = elements[(ij / n + ij) % n];
    }
    LayerNormTrial trial = drawnTrial.withInput(rotated);
    double[] x = trial.x.widen();
    double[] row = Arrays.copyOf(x, trial.m == 0 ? 0 : n);
    int rows = Math.min(trial.m, 1);
    double mean = rows == 0 ? 0 : LayerNormOracle.mean(1, n, row)[0];
    double variance = rows == 0 ? 0 : LayerNormOracle.variance(1, n, row)[0];
    float[] deviations = new float[n];
    float[] means = new float[n];
    Arrays.fill(deviations, (float) Math.sqrt(variance + trial.eps));
    Arrays.fill(means, (float) mean);
    trial.scaleAndShift(deviations, means);
    trial.forward(engine, false);
    double[] errors = trial.forwardError();
    for (int ij = 0; ij < x.length; ij++) {
      errors[ij] += U * (Math.abs(x[ij] - mean) + Math.abs(mean));
    }
    seen.check(trial.m, n, trial.y::get, x, Within.bound(engine, errors), trial.toString());
  }

  private static void shift(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = within(engine, drawn, Values.ORDINARY);
    LayerNormTrial drawnTrial = new LayerNormTrial(given, 1e-5f, true);
    float[] x = drawnTrial.x.toArray();
    float[] shifted = new float[x.length];
    int n = drawnTrial.n;
    float[] constants = Values.WHOLE.array(Math.max(drawnTrial.m, 1), new Mix(given.seed()));
    for (int ij = 0; ij < x.length; ij++) {
      // Multiples of 2^-10 below 40: the sum is exact.
      x[ij] = Math.round(x[ij] * 0x1p10f) * 0x1p-10f;
      shifted[ij] = x[ij] + 4 * constants[given.input() == Layout.REPEATED_ROW ? 0 : ij / n];
    }
    LayerNormTrial before = drawnTrial.withInput(x);
    LayerNormTrial after = drawnTrial.withInput(shifted);
    before.forward(engine, false);
    after.forward(engine, false);
    after.checkSame(engine, before, "shifted, as against unshifted, ", seen);
  }

  private static void independent(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    LayerNormTrial before = finite(engine, drawn);
    int n = before.n;
    float[] x = before.x.toArray();
    int kept = drawn.rows() == 0 ? 0 : new Mix(drawn.seed()).below(drawn.rows());
    float[] others = x.clone();
    for (int ij = 0; ij < x.length; ij++) {
      others[ij] = ij / n == kept ? x[ij] : 1024 * x[ij] + 1;
    }
    LayerNormTrial after = before.withInput(others);
    before.forward(engine, false);
    after.forward(engine, false);
    if (before.given.input() == Layout.REPEATED_ROW || kept >= before.m) {
      return;
    }
    double[] errors = before.forwardError();
    seen.check(
        1,
        n,
        (i, j) -> after.y.get(kept, j),
        before.y.rows(kept, kept + 1).widen(),
        Within.bound(engine, Arrays.copyOfRange(errors, kept * n, (kept + 1) * n)).times(2),
        "row " + kept + " among others, " + after);
  }

  private static void constant(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    LayerNormTrial drawnTrial = finite(engine, drawn);
    int n = drawnTrial.n;
    float[] x = drawnTrial.x.toArray();
    for (int ij = 0; ij < x.length; ij++) {
      x[ij] = x[ij / n * n];
    }
    forward(engine, drawnTrial.withInput(x), seen, false);
  }

  private static void backward(
      LayerNormEngine engine, LayerNormTrial trial, Accuracy seen, boolean inPlace) {
    trial.backward(engine, inPlace);
    trial.checkGradients(engine, seen);
  }

  private static void gradientSums(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    LayerNormTrial trial = finite(engine, drawn);
    trial.backward(engine, false);
    double[] sums = RowSumsOracle.sums(trial.m, trial.n, trial.dx.widen());
    double[] errors = RowSumsOracle.sums(trial.m, trial.n, trial.dxError());
    seen.check(
        trial.m,
        1,
        (i, j) -> (float) sums[i],
        new double[trial.m],
        Within.bound(engine, errors),
        "sums of dx of " + trial);
  }

  private static void differences(LayerNormEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase small = drawn.atMost(4, 6);
    LayerNormTrial trial =
        new LayerNormTrial(within(engine, small, Values.ORDINARY), NormTrial.DIFFERENCES_EPS, true);
    trial.backward(engine, false);
    trial.checkDifferences(engine, seen);
  }
}
