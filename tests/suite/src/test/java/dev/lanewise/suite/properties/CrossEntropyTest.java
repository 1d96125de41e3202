package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.alongRow;
import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What a cross-entropy of softmax is, whatever its input. */
class CrossEntropyTest {
  private static final Accuracy LOGARITHM = new Accuracy("cross-entropy against -log softmax");
  private static final Accuracy SUM = new Accuracy("cross-entropy's gradient row sums");

  /** The loss of each row by itself, against the logarithm of what the softmax oracle gives. */
  @Property
  void lossIsMinusLogSoftmaxOfTheLabel(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 30) int spread) {
    int rows = given.rows();
    int columns = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), rows, columns, () -> spread * mix.normal());
    Labels labels = Labels.of(mix.labels(rows, columns));
    double[] softmax = SoftmaxOracle.forward(rows, columns, Views.wide(x));
    float[] losses = new float[rows];
    double[] expected = new double[rows];
    double[] figures = new double[rows];
    for (int i = 0; i < rows; i++) {
      losses[i] = CrossEntropy.MEAN.loss(x.rows(i, i + 1), labels.slice(i, i + 1));
      expected[i] = -Math.log(softmax[i * columns + labels.get(i)]);
      // The logarithm of a double close to 1 keeps no more than 2^-53 of it.
      figures[i] = Figures.loss(1, columns, expected[i]) + 0x1p-52;
      assertTrue(losses[i] >= 0, "loss " + losses[i]);
    }
    String context = given + " spread=" + spread;
    LOGARITHM.check(losses, expected, Bound.componentwise(figures), context);
  }

  /**
   * Within u·(11 + n/64)/m: the probabilities add up to one within u·(8 + n/64), and the difference
   * at the label and the product with 1/m are three more roundings.
   */
  @Property
  void gradientRowsSumToZero(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    FloatMatrix dx = Views.matrix(logits.layout(), m, x.columns());
    float loss = CrossEntropy.MEAN.lossAndGradient(x, logits.labels(), dx);
    assertTrue(loss >= 0, logits::toString);
    float[] sums = new float[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < x.columns(); j++) {
        sum += dx.get(i, j);
      }
      sums[i] = (float) sum;
    }
    Bound figure = Bound.absolute(U * (11 + alongRow(x.columns())) / m);
    SUM.check(sums, new double[m], figure, logits.toString());
  }

  @Property
  void lossIsTheSameWithAndWithoutGradient(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    FloatMatrix dx = Views.matrix(logits.layout(), x.rows(), x.columns());
    float loss = CrossEntropy.MEAN.loss(x, logits.labels());
    assertEquals(
        loss, CrossEntropy.MEAN.lossAndGradient(x, logits.labels(), dx), logits.toString());
  }

  @Property
  void labelledMinusInfinityIsAnInfiniteLoss(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 99) int place) {
    int columns = given.columns() + 1;
    int label = place % columns;
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 1, columns, () -> 3 * mix.normal());
    x.set(0, label, Float.NEGATIVE_INFINITY);
    FloatMatrix dx = Views.matrix(given.output(), 1, columns);
    String context = given + " label=" + label;
    assertEquals(Float.POSITIVE_INFINITY, CrossEntropy.MEAN.loss(x, Labels.of(label)), context);
    float loss = CrossEntropy.MEAN.lossAndGradient(x, Labels.of(label), dx);
    assertEquals(Float.POSITIVE_INFINITY, loss, context);
    assertEquals(-1f, dx.get(0, label), context);
  }

  @Property
  void largeLogitsDoNotOverflow(
      @ForAll @IntRange(min = 2, max = 100) int columns,
      @ForAll @IntRange(min = 0, max = 99) int place,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout) {
    FloatMatrix x = Views.matrix(layout, 1, columns);
    for (int j = 0; j < columns; j++) {
      x.set(0, j, j == place % columns ? 1e4f : -1e4f);
    }
    for (int label = 0; label < columns; label++) {
      float expected = label == place % columns ? 0 : 2e4f;
      assertEquals(expected, CrossEntropy.MEAN.loss(x, Labels.of(label)), columns + " " + layout);
    }
  }

  @Property
  void nanAndPlusInfinityGiveNan(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 99) int place,
      @ForAll @IntRange(min = 0, max = 0x7fffff) int payload) {
    int columns = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 2, columns, () -> 3 * mix.normal());
    x.set(1, place % columns, Float.intBitsToFloat(0x7f800000 | payload));
    FloatMatrix dx = Views.matrix(given.output(), 2, columns);
    Labels labels = Labels.of(mix.labels(2, columns));
    String context = given + " place=" + place + " payload=" + payload;
    assertTrue(Float.isNaN(CrossEntropy.MEAN.loss(x, labels)), context);
    assertTrue(Float.isNaN(CrossEntropy.MEAN.lossAndGradient(x, labels, dx)), context);
    for (int j = 0; j < columns; j++) {
      assertTrue(Float.isNaN(dx.get(1, j)) && Float.isFinite(dx.get(0, j)), context);
    }
  }

  @Example
  void noRowsGiveNan() {
    assertTrue(Float.isNaN(CrossEntropy.MEAN.loss(FloatMatrix.zeros(0, 3), Labels.of())));
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(LOGARITHM);
    System.out.println(SUM);
  }
}
