package dev.lanewise.suite.accuracy;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Logits;
import dev.lanewise.suite.properties.LossCase;
import dev.lanewise.suite.properties.RowFigures;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BinaryCrossEntropyOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Cross-entropies with their options within the figures of {@link LossCase}, and the one of two
 * classes within those of {@link RowFigures}.
 *
 * <p>Proof, to first order and beside that of {@link SoftmaxAccuracyTest}: a target is off by 3 for
 * smoothing, which multiplies and adds rounded constants; the sums of targets and of their products
 * with M - x have 6 + n/64 additions and 2 roundings more; a weight is one product. All terms of a
 * loss have the same sign, so that each of these counts in proportion to the loss.
 */
class LossAccuracyTest {
  private static final Accuracy LOSS = new Accuracy("CrossEntropy.loss with options");
  private static final Accuracy LOSSES = new Accuracy("CrossEntropy.losses with options");
  private static final Accuracy GRADIENT = new Accuracy("CrossEntropy's gradient with options");
  private static final Accuracy BINARY = new Accuracy("BinaryCrossEntropy.losses");
  private static final Accuracy BINARY_SUM = new Accuracy("BinaryCrossEntropy.SUM");
  private static final Accuracy BINARY_MEAN = new Accuracy("BinaryCrossEntropy.MEAN");
  private static final Accuracy BINARY_GRADIENT = new Accuracy("BinaryCrossEntropy's gradient");

  @Property(tries = 500)
  void crossEntropy(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll @IntRange(min = 0, max = LossCase.OPTIONS - 1) int options) {
    LossCase given = new LossCase(logits, options);
    FloatMatrix x = given.x();
    int m = x.rows();
    int n = x.columns();
    double[] z = Views.wide(x);
    String context = given + " " + logits;
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    float[] actual = {given.loss().lossAndGradient(x, given.targets(), dx)};
    LOSS.check(actual, new double[] {given.expected(z)}, Bound.absolute(given.figure(z)), context);
    GRADIENT.check(
        m,
        n,
        dx::get,
        given.expectedGradient(z),
        Bound.componentwise(given.gradientFigures(z)),
        context);
    FloatSpan losses = Views.span(logits.layout(), m);
    given.loss().losses(x, given.targets(), losses);
    LOSSES.check(
        Views.dense(losses),
        given.expectedLosses(z),
        Bound.componentwise(given.lossFigures(z)),
        context);
  }

  /** Targets between 0 and 1, some of them the ends. */
  @Property(tries = 300)
  void binary(@ForAll(supplier = Logits.Any.class) Logits logits) {
    int m = logits.rows();
    int n = logits.columns();
    Mix mix = new Mix(~logits.seed());
    FloatMatrix x = logits.x();
    FloatMatrix t =
        Views.matrix(
            logits.layout(), m, n, () -> mix.below(4) > 0 ? Math.abs(mix.unit()) : mix.below(2));
    double[] z = Views.wide(x);
    double[] y = Views.wide(t);
    String context = logits.toString();
    double[] exact = BinaryCrossEntropyOracle.losses(m, n, z, y);
    double[] errors = new double[exact.length];
    for (int k = 0; k < errors.length; k++) {
      errors[k] = RowFigures.binaryLoss(z[k], y[k], exact[k]);
    }
    FloatMatrix losses = Views.matrix(logits.layout(), m, n);
    BinaryCrossEntropy.SUM.losses(x, t, losses);
    BINARY.check(m, n, losses::get, exact, Bound.componentwise(errors), context);

    double[] sum = {BinaryCrossEntropyOracle.sum(m, n, z, y)};
    double figure = RowFigures.binarySum(m, n, z, y, exact);
    float[] actual = {BinaryCrossEntropy.SUM.loss(x, t)};
    BINARY_SUM.check(actual, sum, Bound.absolute(figure), context);

    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    float[] average = {BinaryCrossEntropy.MEAN.lossAndGradient(x, t, dx)};
    double[] mean = {BinaryCrossEntropyOracle.mean(m, n, z, y)};
    Bound divided = Bound.absolute(figure / exact.length).plus(Bound.relative(U));
    BINARY_MEAN.check(average, mean, divided, context);
    BINARY_GRADIENT.check(
        m,
        n,
        dx::get,
        BinaryCrossEntropyOracle.gradient(m, n, z, y),
        Bound.absolute(6 * U / exact.length),
        context);
  }

  @AfterContainer
  static void printWorst() {
    Accuracy[] all = {LOSS, LOSSES, GRADIENT, BINARY, BINARY_SUM, BINARY_MEAN, BINARY_GRADIENT};
    for (Accuracy accuracy : all) {
      System.out.println(accuracy);
    }
  }
}
