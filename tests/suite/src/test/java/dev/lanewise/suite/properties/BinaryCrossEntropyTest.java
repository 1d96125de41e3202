package dev.lanewise.suite.properties;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.BinaryCrossEntropyOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What the cross-entropy of two classes is, whatever its input. */
class BinaryCrossEntropyTest {
  private static final GradientCheck GRADIENT = new GradientCheck("binary cross-entropy gradient");
  private static final Accuracy SYMMETRY = new Accuracy("binary cross-entropy of -x and 1 - t");

  @Property(tries = 200)
  void gradientByDifferences(@ForAll(supplier = Matrices.Small.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 3 * mix.normal());
    FloatMatrix t = Views.matrix(given.input(), m, n, () -> Math.abs(mix.unit()));
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    BinaryCrossEntropy.MEAN.lossAndGradient(x, t, dx);
    double[] targets = Views.wide(t);
    GRADIENT
        .within(Bound.absolute(6 * U / (m * n) + Figures.DIFFERENCES))
        .gradient(
            z -> BinaryCrossEntropyOracle.mean(m, n, z, targets),
            Views.wide(x),
            Views.wide(dx),
            given.toString());
  }

  /** Targets are multiples of 2^-10, whose difference from 1 is exact. */
  @Property(tries = 300)
  void theOtherClassHasTheSameLoss(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), m, n, () -> 10 * mix.normal());
    FloatMatrix t = Views.matrix(given.output(), m, n, () -> mix.below(1025) / 1024.0);
    FloatMatrix otherX = Views.matrix(given.output(), m, n);
    FloatMatrix otherT = Views.matrix(given.output(), m, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        otherX.set(i, j, -x.get(i, j));
        otherT.set(i, j, 1 - t.get(i, j));
      }
    }
    FloatMatrix losses = Views.matrix(given.output(), m, n);
    FloatMatrix others = Views.matrix(given.output(), m, n);
    BinaryCrossEntropy.MEAN.losses(x, t, losses);
    BinaryCrossEntropy.MEAN.losses(otherX, otherT, others);
    double[] z = Views.wide(x);
    double[] p = Views.wide(t);
    double[] errors = BinaryCrossEntropyOracle.losses(m, n, z, p);
    for (int i = 0; i < errors.length; i++) {
      double exact = errors[i];
      errors[i] = RowFigures.binaryLoss(z[i], p[i], exact);
      errors[i] += RowFigures.binaryLoss(-z[i], 1 - p[i], exact);
    }
    SYMMETRY.check(
        m, n, others::get, Views.wide(losses), Bound.componentwise(errors), given.toString());
  }

  @Property(tries = 100)
  void largeLogitsStayFinite(
      @ForAll @IntRange(min = 1, max = 100) int columns,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout,
      @ForAll long seed) {
    Mix mix = new Mix(seed);
    FloatMatrix x = Views.matrix(layout, 2, columns, () -> mix.choose(1e4f, -1e4f, 3e38f, -3e38f));
    FloatMatrix t = Views.matrix(layout, 2, columns, () -> mix.choose(0f, 0.25f, 1f));
    FloatMatrix losses = Views.matrix(layout, 2, columns);
    FloatMatrix dx = Views.matrix(layout, 2, columns);
    BinaryCrossEntropy.SUM.losses(x, t, losses);
    BinaryCrossEntropy.SUM.lossAndGradient(x, t, dx);
    String context = columns + " " + layout + " seed=" + seed;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < columns; j++) {
        boolean positive = x.get(i, j) > 0;
        float expected = (positive ? 1 : 0) - t.get(i, j);
        assertEquals(Math.abs(expected * x.get(i, j)), losses.get(i, j), context);
        assertEquals(expected, dx.get(i, j), context);
      }
    }
  }

  @Property(tries = 200)
  void lossIsTheSameWithAndWithoutGradient(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> 3 * mix.normal());
    FloatMatrix t = Views.matrix(given.input(), m, n, () -> Math.abs(mix.unit()));
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    float loss = BinaryCrossEntropy.MEAN.loss(x, t);
    assertEquals(loss, BinaryCrossEntropy.MEAN.lossAndGradient(x, t, dx), given.toString());
  }

  @Example
  void nanGivesNan() {
    FloatMatrix x = FloatMatrix.of(new float[] {1, Float.NaN, 2}, 1, 3);
    FloatMatrix t = FloatMatrix.of(new float[] {0, 0.5f, Float.NaN}, 1, 3);
    FloatMatrix losses = FloatMatrix.zeros(1, 3);
    FloatMatrix dx = FloatMatrix.zeros(1, 3);
    BinaryCrossEntropy.SUM.losses(x, t, losses);
    assertTrue(Float.isNaN(BinaryCrossEntropy.SUM.lossAndGradient(x, t, dx)));
    for (FloatMatrix result : new FloatMatrix[] {losses, dx}) {
      assertTrue(Float.isFinite(result.get(0, 0)));
      assertTrue(Float.isNaN(result.get(0, 1)) && Float.isNaN(result.get(0, 2)));
    }
  }

  @Example
  void meanOfNothingIsNan() {
    FloatMatrix none = FloatMatrix.zeros(0, 3);
    assertTrue(Float.isNaN(BinaryCrossEntropy.MEAN.loss(none, none)));
    assertEquals(0f, BinaryCrossEntropy.SUM.loss(none, none));
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(GRADIENT);
    System.out.println(SYMMETRY);
  }
}
