package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.alongRow;
import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Cross-entropies beside others that the same mathematics makes equal to them. */
class SmoothingTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static final Accuracy MIXTURE = new Accuracy("smoothed loss against a mixture of losses");
  private static final Accuracy REMOVED = new Accuracy("mean with ignored rows against without");
  private static final Accuracy BINARY = new Accuracy("binary gradient against two classes");

  /**
   * (1 - s)·L(label) + s/n·Σ L(class): a row's own figure without weights or a mean, 14 + n/64 and
   * (23 + n/64 + 3·s)·L with the rounding of s/n, and for what it is mixed of 14 + n/64 and 10·L.
   */
  @Property
  void smoothingIsAMixture(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll @IntRange(max = 10) int tenths) {
    int m = given.rows();
    int n = given.columns();
    double smoothing = tenths / 10.0;
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, n, () -> 3 * mix.normal());
    Labels labels = Labels.of(mix.labels(m, n));
    FloatSpan smoothed = Views.span(given.output(), m);
    CrossEntropy.SUM.withLabelSmoothing(smoothing).losses(x, labels, smoothed);
    double[] mixture = new double[m];
    for (int c = 0; c < n; c++) {
      int[] all = new int[m];
      Arrays.fill(all, c);
      FloatSpan losses = FloatSpan.zeros(m);
      CrossEntropy.SUM.losses(x, Labels.of(all), losses);
      for (int i = 0; i < m; i++) {
        double target = smoothing / n + (labels.get(i) == c ? 1 - smoothing : 0);
        mixture[i] += target * losses.get(i);
      }
    }
    double[] errors = new double[m];
    for (int i = 0; i < m; i++) {
      double factor = 33 + alongRow(n) + 3 * smoothing;
      errors[i] = U * (2 * (14 + alongRow(n)) + factor * mixture[i]);
    }
    Bound figure = Bound.componentwise(errors);
    MIXTURE.check(Views.dense(smoothed), mixture, figure, given + " smoothing=" + smoothing);
  }

  /**
   * Losses and gradients bit for bit, as no row knows of others; a mean within twice what adding up
   * the same losses in two orders may differ by.
   */
  @Property
  void ignoringIsRemoving(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, n, () -> 3 * mix.normal());
    int[] labels = mix.labels(m, n);
    int[] kept = new int[m];
    int count = 0;
    for (int i = 0; i < m; i++) {
      if (mix.below(3) == 0) {
        labels[i] = LossCase.IGNORED;
      } else {
        kept[count++] = i;
      }
    }
    FloatMatrix rest = FloatMatrix.zeros(count, n);
    int[] restOfLabels = new int[count];
    for (int k = 0; k < count; k++) {
      restOfLabels[k] = labels[kept[k]];
      for (int j = 0; j < n; j++) {
        rest.set(k, j, x.get(kept[k], j));
      }
    }
    FloatSpan losses = Views.span(given.output(), m);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    CrossEntropy ignoring = CrossEntropy.SUM.ignoring(LossCase.IGNORED);
    ignoring.lossesAndGradient(x, Labels.of(labels), losses, dx);
    FloatSpan restOfLosses = FloatSpan.zeros(count);
    FloatMatrix restOfDx = FloatMatrix.zeros(count, n);
    CrossEntropy.SUM.lossesAndGradient(rest, Labels.of(restOfLabels), restOfLosses, restOfDx);
    String context = given.toString();
    for (int k = 0; k < count; k++) {
      assertEquals(restOfLosses.get(k), losses.get(kept[k]), context);
    }
    Bits.assertEqual("kept", count, n, (k, j) -> dx.get(kept[k], j), restOfDx::get, context);

    ignoring = CrossEntropy.MEAN.ignoring(LossCase.IGNORED);
    float[] mean = {ignoring.loss(x, Labels.of(labels))};
    double[] expected = {CrossEntropy.MEAN.loss(rest, Labels.of(restOfLabels))};
    Bound figure = Bound.relative(2 * U * (8 + alongRow(m)));
    REMOVED.check(mean, expected, figure, context);
  }

  /** The gradient by the second logit, the first being 0; the figures of both. */
  @Property
  void twoClassesHaveTheBinaryGradient(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, 1, () -> 10 * mix.normal());
    int[] labels = mix.labels(m, 2);
    FloatMatrix both = FloatMatrix.zeros(m, 2);
    FloatMatrix t = FloatMatrix.zeros(m, 1);
    for (int i = 0; i < m; i++) {
      both.set(i, 1, x.get(i, 0));
      t.set(i, 0, labels[i]);
    }
    FloatMatrix gradient = FloatMatrix.zeros(m, 2);
    FloatMatrix binary = Views.matrix(given.output(), m, 1);
    CrossEntropy.SUM.lossAndGradient(both, Labels.of(labels), gradient);
    BinaryCrossEntropy.SUM.lossAndGradient(x, t, binary);
    double[] softmax = Figures.softmax(m, 2, Views.wide(both));
    double[] errors = new double[m];
    for (int i = 0; i < m; i++) {
      errors[i] = softmax[2 * i + 1] + 9 * U;
    }
    BINARY.check(
        m,
        1,
        binary::get,
        Views.wide(gradient.columns(1, 2)),
        Bound.componentwise(errors),
        given.toString());
  }

  /** A class that is impossible costs nothing without a target, and everything with one. */
  @Example
  void impossibleClasses() {
    FloatMatrix x = FloatMatrix.of(new float[] {0, -INFINITY, 0}, 1, 3);
    FloatMatrix half = FloatMatrix.of(new float[] {0.5f, 0, 0.5f}, 1, 3);
    FloatMatrix impossible = FloatMatrix.of(new float[] {0.5f, 0.5f, 0}, 1, 3);
    FloatMatrix dx = FloatMatrix.zeros(1, 3);
    assertEquals(Math.log(2), CrossEntropy.SUM.loss(x, half), 2 * U);
    assertEquals(INFINITY, CrossEntropy.SUM.lossAndGradient(x, impossible, dx));
    assertEquals("[0.0, -0.5, 0.5]", Arrays.toString(Views.dense(dx)));
    for (double smoothing : new double[] {0.1, 0.9}) {
      CrossEntropy smoothed = CrossEntropy.SUM.withLabelSmoothing(smoothing);
      for (int label = 0; label < 3; label++) {
        assertEquals(INFINITY, smoothed.loss(x, Labels.of(label)), "label=" + label);
      }
      assertEquals(INFINITY, smoothed.loss(x, half));
    }
  }

  /** Then the label is like the other classes, even if it is impossible. */
  @Example
  void nothingButSmoothing() {
    FloatMatrix x = FloatMatrix.of(new float[] {0, -INFINITY, 0}, 1, 3);
    CrossEntropy smoothed = CrossEntropy.SUM.withLabelSmoothing(1);
    for (int label = 0; label < 3; label++) {
      assertEquals(INFINITY, smoothed.loss(x, Labels.of(label)), "label=" + label);
    }
  }

  @AfterContainer
  static void printWorst() {
    for (Accuracy accuracy : new Accuracy[] {MIXTURE, REMOVED, BINARY}) {
      System.out.println(accuracy);
    }
  }
}
