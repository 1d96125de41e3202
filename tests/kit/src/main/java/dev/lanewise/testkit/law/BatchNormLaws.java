package dev.lanewise.testkit.law;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import java.util.List;
import java.util.Set;

/**
 * The laws of batch normalisation.
 *
 * <p>Notation, per feature of m samples: t = x - mean, s2 = mean t², r = 1 / sqrt(s2 + eps), zhat =
 * t·r, A = mean |x|, B = max |x|, D = max |t|, u = 2^-24, gamma_k = k·u / (1 - k·u). A right
 * implementation sums in any order, in two passes, by Welford's steps or around one of the samples.
 * Then its mean is within e = gamma_(m+4)·(A + B), its variance within v = gamma_(3m+12)·(s2 + D²)
 * + 3·e·sqrt(s2) + 2·e² (both 0 for m = 1), and with R = 1 / sqrt(max(s2 - v, 0) + eps) and M =
 * (|x| + |mean| + e)·R its zhat is within Z = |t|·(R - r) + e·R + gamma_8·M. An E[x²] - mean² is
 * beyond v where the mean is far beyond the deviation, as it is in some feature of few samples.
 *
 * <p>eps is 10^-8, 10^-5, 10^-3 or 0.1, and every other case has deviations of about its root, so
 * that where it is added matters.
 */
public final class BatchNormLaws {
  private static final int SMALL = 40;

  /**
   * gamma = sqrt(s2 + eps) and beta = mean, from the oracle and rounded to {@code float}, give the
   * input back, within the bound of {@link #FORWARD} for them + u·(|t| + |mean|), what rounding
   * them moves the exact result by.
   */
  public static final Law<BatchNormEngine, MatrixCase> BATCH_NORM_IDENTITY =
      law("batchNormIdentity", Set.of(), BatchNormLaws::identity);

  /**
   * y is within |gamma|·Z + gamma_4·(|gamma|·M + |beta|): the product and the sum, or those of x·a
   * + b with a = gamma·r and b = beta - mean·a.
   */
  public static final Law<BatchNormEngine, MatrixCase> FORWARD =
      law(
          "forward",
          Set.of(),
          (engine, drawn, seen) -> forward(engine, finite(engine, drawn), seen, false));

  /** The mean is within e and the variance, the biased one, within v. */
  public static final Law<BatchNormEngine, MatrixCase> STATISTICS =
      law("statistics", Set.of(), BatchNormLaws::statistics);

  /**
   * A constant added to a feature, exactly, changes nothing in y but its error: the two results
   * differ by at most the sum of their bounds.
   */
  public static final Law<BatchNormEngine, MatrixCase> SHIFT_INVARIANCE =
      law("shiftInvariance", Set.of(), small(BatchNormLaws::shift));

  /** A constant feature has a variance of 0 within v = 2·e² and gives beta within its bound. */
  public static final Law<BatchNormEngine, MatrixCase> CONSTANT_FEATURE =
      law("constantFeature", Set.of(), small(BatchNormLaws::constant));

  /** A single sample is its own mean, has the variance 0 and gives beta: e = v = 0. */
  public static final Law<BatchNormEngine, MatrixCase> ONE_SAMPLE =
      law("oneSample", Set.of(), BatchNormLaws::oneSample);

  /** With given statistics y is within gamma_12·(|gamma|·r·(|x| + |mean|) + |beta|). */
  public static final Law<BatchNormEngine, MatrixCase> INFERENCE =
      law(
          "inference",
          Set.of(Capability.INFERENCE),
          Set.of(Capability.NON_FINITE),
          (engine, drawn, seen) -> inference(engine, drawn, seen, false));

  /**
   * The gradients are those of the double forward pass by central differences, within their bounds
   * as in {@link #BACKWARD} + 10^-6, for up to 6 samples of 4 features and eps = 0.1: differences
   * with a step of 10^-6 of a sum below 10^4 whose third derivatives are below 10^5.
   */
  public static final Law<BatchNormEngine, MatrixCase> BACKWARD_BY_DIFFERENCES =
      law(
          "backwardByDifferences",
          Set.of(Capability.BACKWARD),
          Set.of(),
          BatchNormLaws::differences);

  /**
   * The gradients are the oracle's: dbeta within gamma_(m+1)·Σ|d|, dgamma within Σ|d|·(Z +
   * gamma_(m+4)·M), dx within twice |r·(...)|·(R/r - 1) and, times R, the errors of g = gamma·d, of
   * its mean and of zhat times the mean of g·zhat.
   */
  public static final Law<BatchNormEngine, MatrixCase> BACKWARD =
      law(
          "backward",
          Set.of(Capability.BACKWARD),
          (engine, drawn, seen) -> backward(engine, finite(engine, drawn), seen, false));

  /** dx sums to 0 over the samples of each feature, within the sum of its elements' bounds. */
  public static final Law<BatchNormEngine, MatrixCase> GRADIENTS_SUM_TO_ZERO =
      law("gradientsSumToZero", Set.of(Capability.BACKWARD), small(BatchNormLaws::gradientSums));

  /**
   * A NaN or an infinity in a feature makes y NaN throughout that feature and leaves the others
   * within the bound of {@link #FORWARD}.
   */
  public static final Law<BatchNormEngine, MatrixCase> NON_FINITE_FEATURES =
      law(
          "nonFiniteFeatures",
          Set.of(Capability.NON_FINITE),
          small((engine, drawn, seen) -> forward(engine, nonFinite(engine, drawn), seen, false)));

  /**
   * A NaN in a feature of dy, or a NaN or an infinity in one of x, makes dx and dgamma NaN
   * throughout that feature and leaves the others within the bounds of {@link #BACKWARD}.
   */
  public static final Law<BatchNormEngine, MatrixCase> NON_FINITE_GRADIENTS =
      law(
          "nonFiniteGradients",
          Set.of(Capability.NON_FINITE, Capability.BACKWARD),
          small(BatchNormLaws::nonFiniteGradients));

  /** {@link #FORWARD} where y is x. */
  public static final Law<BatchNormEngine, MatrixCase> IN_PLACE =
      law(
          "inPlace",
          Set.of(Capability.IN_PLACE),
          small((engine, drawn, seen) -> forward(engine, finite(engine, drawn), seen, true)));

  /** {@link #INFERENCE} where y is x. */
  public static final Law<BatchNormEngine, MatrixCase> INFERENCE_IN_PLACE =
      law(
          "inferenceInPlace",
          Set.of(Capability.IN_PLACE, Capability.INFERENCE),
          Set.of(Capability.NON_FINITE),
          small((engine, drawn, seen) -> inference(engine, drawn, seen, true)));

  /** {@link #BACKWARD} where dx is dy. */
  public static final Law<BatchNormEngine, MatrixCase> BACKWARD_IN_PLACE =
      law(
          "backwardInPlace",
          Set.of(Capability.IN_PLACE, Capability.BACKWARD),
          small((engine, drawn, seen) -> backward(engine, finite(engine, drawn), seen, true)));

  /** All laws. */
  public static final List<Law<BatchNormEngine, MatrixCase>> ALL =
      List.of(
          BATCH_NORM_IDENTITY,
          FORWARD,
          STATISTICS,
          SHIFT_INVARIANCE,
          CONSTANT_FEATURE,
          ONE_SAMPLE,
          INFERENCE,
          BACKWARD_BY_DIFFERENCES,
          BACKWARD,
          GRADIENTS_SUM_TO_ZERO,
          NON_FINITE_FEATURES,
          NON_FINITE_GRADIENTS,
          IN_PLACE,
          INFERENCE_IN_PLACE,
          BACKWARD_IN_PLACE);

  private BatchNormLaws() {}

  /** On small cases, where a large one shows nothing more. */
  private static Law.Check<BatchNormEngine, MatrixCase> small(
      Law.Check<BatchNormEngine, MatrixCase> check) {
    return (engine, drawn, seen) -> check.run(engine, drawn.atMost(SMALL, SMALL), seen);
  }

  private static Law<BatchNormEngine, MatrixCase> law(
      String name, Set<Capability> needs, Law.Check<BatchNormEngine, MatrixCase> check) {
    return law(name, needs, Set.of(Capability.ILL_CONDITIONED), check);
  }

  private static Law<BatchNormEngine, MatrixCase> law(
      String name,
      Set<Capability> needs,
      Set<Capability> uses,
      Law.Check<BatchNormEngine, MatrixCase> check) {
    Set<Capability> all = Capability.everyLayoutAnd(Capability.EMPTY);
    all.addAll(uses);
    return new Law<>(name, MatrixCase::draw, needs, all, check);
  }

  /** At least one sample of one of the kinds. */
  private static MatrixCase training(BatchNormEngine engine, MatrixCase given, Values... kinds) {
    Values values = Within.values(engine, given.values(), kinds);
    return Within.layouts(engine, given.withRows(Math.max(given.rows(), 1)).withValues(values));
  }

  private static BatchNormTrial finite(BatchNormEngine engine, MatrixCase drawn) {
    return new BatchNormTrial(
        training(engine, drawn, Values.ORDINARY, Values.WIDE, Values.SHIFTED, Values.WHOLE));
  }

  private static BatchNormTrial nonFinite(BatchNormEngine engine, MatrixCase drawn) {
    return new BatchNormTrial(training(engine, drawn, Values.NON_FINITE));
  }

  private static void identity(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial trial = finite(engine, drawn);
    int n = trial.n;
    NormBounds bounds = trial.bounds();
    float[] deviation = new float[n];
    float[] mean = new float[n];
    for (int j = 0; j < n; j++) {
      deviation[j] = (float) Math.sqrt(bounds.variance()[j] + trial.eps);
      mean[j] = (float) bounds.mean()[j];
    }
    trial.scaleAndShift(deviation, mean);
    trial.forward(engine, false);
    double[] x = trial.x.widen();
    double[] errors = trial.forwardError();
    for (int ij = 0; ij < x.length; ij++) {
      double ofMean = bounds.mean()[ij % n];
      errors[ij] += U * (Math.abs(x[ij] - ofMean) + Math.abs(ofMean));
    }
    seen.check(trial.m, n, trial.y::get, x, Within.bound(engine, errors), trial.toString());
  }

  private static void forward(
      BatchNormEngine engine, BatchNormTrial trial, Accuracy seen, boolean inPlace) {
    trial.forward(engine, inPlace);
    trial.checkForward(engine, seen);
  }

  private static void statistics(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial trial = finite(engine, drawn);
    trial.forward(engine, false);
    trial.checkStatistics(engine, seen);
  }

  private static void shift(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = training(engine, drawn, Values.ORDINARY);
    Mix mix = new Mix(given.seed());
    BatchNormTrial drawnTrial = new BatchNormTrial(given, 1e-5f, true);
    float[] x = drawnTrial.x.toArray();
    float[] shifted = new float[x.length];
    int n = Math.max(given.columns(), 1);
    float[] constants = Values.WHOLE.array(n, mix);
    for (int ij = 0; ij < x.length; ij++) {
      // Multiples of 2^-10 below 40: the sum is exact.
      x[ij] = Math.round(x[ij] * 0x1p10f) * 0x1p-10f;
      shifted[ij] = x[ij] + 4 * constants[given.input() == Layout.REPEATED_COLUMN ? 0 : ij % n];
    }
    BatchNormTrial before = drawnTrial.withInput(x);
    BatchNormTrial after = drawnTrial.withInput(shifted);
    before.forward(engine, false);
    after.forward(engine, false);
    after.checkSame(engine, before, "shifted, as against unshifted, ", seen);
  }

  private static void constant(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial drawnTrial = finite(engine, drawn);
    float[] x = drawnTrial.x.toArray();
    for (int ij = 0; ij < x.length; ij++) {
      x[ij] = x[ij % drawnTrial.n];
    }
    BatchNormTrial trial = drawnTrial.withInput(x);
    forward(engine, trial, seen, false);
    trial.checkStatistics(engine, seen);
  }

  private static void oneSample(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial trial = finite(engine, drawn.withRows(1));
    forward(engine, trial, seen, false);
    trial.checkStatistics(engine, seen);
  }

  private static void inference(
      BatchNormEngine engine, MatrixCase drawn, Accuracy seen, boolean inPlace) {
    boolean nonFinite = engine.capabilities().contains(Capability.NON_FINITE);
    Values last = nonFinite ? Values.NON_FINITE : Values.ORDINARY;
    Values values = Within.values(engine, drawn.values(), Values.ORDINARY, Values.WIDE, last);
    BatchNormTrial trial = new BatchNormTrial(Within.layouts(engine, drawn.withValues(values)));
    int n = trial.n;
    Operand givenMean = trial.givenMean();
    Operand givenVariance = trial.givenVariance();
    double[] x = trial.x.widen();
    double[] mean = givenMean.widen();
    double[] variance = givenVariance.widen();
    double[] gamma = trial.gamma();
    double[] beta = trial.beta();
    trial.inference(engine, givenMean, givenVariance, inPlace);
    double[] expected =
        BatchNormOracle.inference(trial.m, n, x, gamma, beta, mean, variance, trial.eps);
    double[] errors = new double[x.length];
    for (int ij = 0; ij < x.length; ij++) {
      int j = ij % n;
      double scale = Math.abs(gamma[j]) / Math.sqrt(variance[j] + trial.eps);
      double product = scale * (Math.abs(x[ij]) + Math.abs(mean[j]));
      errors[ij] = Bound.gamma(12) * (product + Math.abs(beta[j]));
    }
    seen.check(trial.m, n, trial.y::get, expected, Within.bound(engine, errors), trial.toString());
  }

  private static void backward(
      BatchNormEngine engine, BatchNormTrial trial, Accuracy seen, boolean inPlace) {
    trial.backward(engine, inPlace);
    trial.checkGradients(engine, seen);
  }

  private static void gradientSums(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    BatchNormTrial trial = finite(engine, drawn);
    trial.backward(engine, false);
    double[] sums = ColumnSumsOracle.sums(trial.m, trial.n, trial.dx.widen());
    double[] errors = ColumnSumsOracle.sums(trial.m, trial.n, trial.dxError());
    seen.check(
        1,
        trial.n,
        (i, j) -> (float) sums[j],
        new double[trial.n],
        Within.bound(engine, errors),
        "sums of dx of " + trial);
  }

  private static void differences(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = training(engine, drawn.atMost(6, 4), Values.ORDINARY);
    BatchNormTrial trial = new BatchNormTrial(given, NormTrial.DIFFERENCES_EPS, true);
    trial.backward(engine, false);
    trial.checkDifferences(engine, seen);
  }

  private static void nonFiniteGradients(BatchNormEngine engine, MatrixCase drawn, Accuracy seen) {
    boolean ofX = drawn.seed() % 2 == 0;
    BatchNormTrial trial =
        new BatchNormTrial(training(engine, drawn, ofX ? Values.NON_FINITE : Values.ORDINARY));
    if (!ofX) {
      float[] array = trial.dy.array();
      Mix mix = new Mix(drawn.seed());
      for (int i = 0; i < array.length; i++) {
        array[i] = mix.below(32) == 0 ? Float.NaN : array[i];
      }
    }
    backward(engine, trial, seen, false);
  }
}
