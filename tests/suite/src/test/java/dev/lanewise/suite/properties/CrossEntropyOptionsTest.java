package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.CrossEntropyOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the options of cross-entropy make of it. */
class CrossEntropyOptionsTest {
  private static final GradientCheck GRADIENT = new GradientCheck("cross-entropy with options");
  private static final Accuracy ZERO = new Accuracy("gradient row sums with options");
  private static final Accuracy BINARY = new Accuracy("binary against two classes");

  private static FloatMatrix logits(MatrixCase given, Mix mix) {
    return Views.matrix(given.output(), given.rows(), given.columns(), () -> 3 * mix.normal());
  }

  private static FloatMatrix result(MatrixCase given) {
    return Views.matrix(given.output(), given.rows(), given.columns());
  }

  @Property(tries = 300)
  void oneHotDistributionsAreLabels(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = logits(given, mix);
    Labels labels = Labels.of(mix.labels(m, n));
    FloatMatrix oneHot = result(given);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        oneHot.set(i, j, labels.get(i) == j ? 1 : 0);
      }
    }
    FloatMatrix expected = result(given);
    FloatMatrix actual = result(given);
    String context = given.toString();
    assertEquals(
        CrossEntropy.MEAN.lossAndGradient(x, labels, expected),
        CrossEntropy.MEAN.lossAndGradient(x, oneHot, actual),
        context);
    Bits.assertEqual("one-hot", m, n, actual::get, expected::get, context);
  }

  /** Not even NaN in it shows. */
  @Property(tries = 300)
  void ignoredRowsCountForNothing(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = LossCase.OPTIONS - 1) int options) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = logits(given, mix);
    int[] labels = mix.labels(m, n);
    FloatMatrix spoilt = Views.copy(x);
    for (int i = 0; i < m; i++) {
      if (i > 0 && mix.below(3) == 0) {
        labels[i] = LossCase.IGNORED;
        spoilt.set(i, mix.below(n), Float.NaN);
      }
    }
    CrossEntropy loss = (options & 1) == 0 ? CrossEntropy.MEAN : CrossEntropy.SUM;
    loss = (options & 2) == 0 ? loss : loss.withLabelSmoothing(0.1);
    loss = loss.ignoring(LossCase.IGNORED);
    FloatMatrix expected = result(given);
    FloatMatrix actual = result(given);
    String context = given + " options=" + options;
    assertEquals(
        loss.lossAndGradient(x, Labels.of(labels), expected),
        loss.lossAndGradient(spoilt, Labels.of(labels), actual),
        context);
    Bits.assertEqual("ignored", m, n, actual::get, expected::get, context);
    FloatSpan losses = Views.span(given.output(), m);
    loss.losses(spoilt, Labels.of(labels), losses);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n && labels[i] == LossCase.IGNORED; j++) {
        assertEquals(0f, actual.get(i, j), context);
        assertEquals(0f, losses.get(i), context);
      }
    }
  }

  @Property(tries = 300)
  void weightOfTwoIsTheSampleTwice(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = logits(given, mix);
    int[] labels = mix.labels(m, n);
    CrossEntropy twice = CrossEntropy.SUM.withWeights(FloatSpan.of(new float[] {2}));
    for (int i = 0; i < m; i++) {
      FloatMatrix row = x.rows(i, i + 1);
      FloatMatrix rows = FloatMatrix.of(x.array(), row.offset(), 2, n, 0, x.columnStride());
      float expected = CrossEntropy.SUM.loss(rows, Labels.of(labels[i], labels[i]));
      assertEquals(expected, twice.loss(row, Labels.of(labels[i])), given.toString());
    }
  }

  /** Whole weights, whose sum is exact. */
  @Property(tries = 300)
  void meanIsTheSumDividedByTheWeights(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = logits(given, mix);
    Labels labels = Labels.of(mix.labels(m, given.columns()));
    FloatSpan weights = Views.span(given.output(), m, () -> 1 + mix.below(3));
    float sum = 0;
    for (int i = 0; i < m; i++) {
      sum += weights.get(i);
    }
    String context = given.toString();
    assertEquals(CrossEntropy.SUM.loss(x, labels) / m, CrossEntropy.MEAN.loss(x, labels), context);
    assertEquals(
        CrossEntropy.SUM.withWeights(weights).loss(x, labels) / sum,
        CrossEntropy.MEAN.withWeights(weights).loss(x, labels),
        context);
  }

  @Property(tries = 300)
  void lossesAddUpToTheSum(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll @IntRange(min = 0, max = 15) int options) {
    LossCase given = new LossCase(logits, options);
    FloatMatrix x = given.x();
    int m = x.rows();
    int n = x.columns();
    float[] losses = new float[m];
    FloatMatrix each = Views.matrix(logits.layout(), m, n);
    FloatMatrix all = Views.matrix(logits.layout(), m, n);
    given.loss().lossesAndGradient(x, given.targets(), FloatSpan.of(losses), each);
    float sum = given.loss().lossAndGradient(x, given.targets(), all);
    String context = given + " " + logits;
    assertEquals(Reduce.all(Reduction.SUM, FloatMatrix.of(losses, 1, m)), sum, context);
    Bits.assertEqual("gradient", m, n, each::get, all::get, context);
  }

  @Property(tries = 200)
  void gradientByDifferences(
      @ForAll(supplier = Matrices.Small.class) MatrixCase matrix,
      @ForAll @IntRange(min = 0, max = LossCase.OPTIONS - 1) int options) {
    int m = matrix.rows();
    int n = matrix.columns();
    Logits logits = new Logits(m, n, matrix.output(), Logits.Pattern.NORMAL, 1, 2, matrix.seed());
    LossCase given = new LossCase(logits, options);
    if (given.divisor() == 0) {
      return;
    }
    FloatMatrix x = given.x();
    FloatMatrix dx = result(matrix);
    given.loss().lossAndGradient(x, given.targets(), dx);
    double[] wide = Views.wide(x);
    Bound figures = Bound.componentwise(given.gradientFigures(wide));
    GRADIENT
        .within(
            figures.plus(Bound.absolute(Figures.DIFFERENCES * Math.max(1, m / given.divisor()))))
        .gradient(given::expected, wide, Views.wide(dx), given + " " + logits);
  }

  /**
   * Within u·(30 + n/32) times the weight: the probabilities and the targets add up to the same
   * within 15 + n/32, smoothing's constants to 1 within 3, and a difference is rounded twice.
   */
  @Property(tries = 300)
  void gradientRowsSumToZero(
      @ForAll(supplier = Logits.Any.class) Logits logits,
      @ForAll @IntRange(min = 0, max = LossCase.OPTIONS - 1) int options) {
    LossCase given = new LossCase(logits, options);
    FloatMatrix x = given.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix dx = Views.matrix(logits.layout(), m, n);
    given.loss().lossAndGradient(x, given.targets(), dx);
    float[] sums = new float[m];
    double[] figures = new double[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += dx.get(i, j);
      }
      sums[i] = (float) sum;
      double weight = given.weight(i) == 0 ? 0 : given.weight(i) / given.divisor();
      figures[i] = U * (30 + 2 * Figures.alongRow(n)) * weight + n * Figures.SUBNORMAL;
    }
    ZERO.check(sums, new double[m], Bound.componentwise(figures), given + " " + logits);
  }

  /** Targets are multiples of 2^-10, so that both classes' add up to 1. */
  @Property(tries = 300)
  void twoClassesAreBinary(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, 1, () -> 10 * mix.normal());
    FloatMatrix t = Views.matrix(given.output(), m, 1, () -> mix.below(1025) / 1024.0);
    FloatMatrix both = FloatMatrix.zeros(m, 2);
    FloatMatrix targets = FloatMatrix.zeros(m, 2);
    for (int i = 0; i < m; i++) {
      both.set(i, 1, x.get(i, 0));
      targets.set(i, 0, 1 - t.get(i, 0));
      targets.set(i, 1, t.get(i, 0));
    }
    FloatMatrix binary = Views.matrix(given.output(), m, 1);
    BinaryCrossEntropy.SUM.losses(x, t, binary);
    FloatSpan losses = FloatSpan.zeros(m);
    CrossEntropy.SUM.losses(both, targets, losses);
    double[] exact = CrossEntropyOracle.losses(m, 2, Views.wide(both), Views.wide(targets));
    double[] errors = new double[m];
    for (int i = 0; i < m; i++) {
      errors[i] =
          RowFigures.binaryLoss(x.get(i, 0), t.get(i, 0), exact[i]) + U * (15 + 23 * exact[i]);
    }
    BINARY.check(
        Views.dense(losses), Views.wide(binary), Bound.componentwise(errors), given.toString());
  }

  @AfterContainer
  static void printWorst() {
    for (Object seen : new Object[] {GRADIENT, ZERO, BINARY}) {
      System.out.println(seen);
    }
  }
}
