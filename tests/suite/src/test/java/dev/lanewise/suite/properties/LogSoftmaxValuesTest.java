package dev.lanewise.suite.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.SoftmaxOracle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** The values of log softmax beside those of softmax, and of rows with infinities and NaN. */
class LogSoftmaxValuesTest {
  /** Several rows for each lane of a vector. */
  private static final int ROWS = 37;

  private static final Accuracy LOGARITHM = new Accuracy("log softmax against log of softmax");

  private static FloatMatrix logSoftmax(Layout layout, FloatMatrix x) {
    FloatMatrix y = Views.matrix(layout, x.rows(), x.columns());
    LogSoftmax.forward(x, y);
    return y;
  }

  /** Where the probability is a normal number, whose relative error its logarithm has. */
  @Property
  void isTheLogarithmOfSoftmax(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    int m = x.rows();
    int n = x.columns();
    FloatMatrix y = logSoftmax(logits.layout(), x);
    FloatMatrix probabilities = Views.matrix(logits.layout(), m, n);
    Softmax.forward(x, probabilities);
    double[] wide = Views.wide(x);
    double[] p = Views.wide(probabilities);
    double[] exact = SoftmaxOracle.forward(m, n, wide);
    double[] absolute = Figures.softmax(m, n, wide);
    double[] errors = RowFigures.logSoftmax(m, n, wide, 1f);
    double[] expected = Views.wide(y);
    for (int k = 0; k < p.length; k++) {
      if (p[k] >= Float.MIN_NORMAL) {
        expected[k] = StrictMath.log(p[k]);
        errors[k] += absolute[k] / exact[k];
      }
    }
    LOGARITHM.check(m, n, y::get, expected, Bound.componentwise(errors), logits.toString());
  }

  /** Without exception: the largest difference is 0, and the logarithm is one of at least 1. */
  @Property
  void isNeverPositive(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix y = logSoftmax(logits.layout(), logits.x());
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        assertTrue(y.get(i, j) <= 0, logits::toString);
      }
    }
  }

  /** The others then have the logarithms that they have without the masked ones. */
  @Property
  void minusInfinityStays(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 99) int masked) {
    int kept = given.columns();
    int columns = kept + masked;
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 1, columns, () -> 3 * mix.normal());
    FloatMatrix without = logSoftmax(given.output(), x.columns(0, kept));
    for (int j = kept; j < columns; j++) {
      x.set(0, j, Float.NEGATIVE_INFINITY);
    }
    FloatMatrix y = logSoftmax(given.output(), x);
    String context = given + " masked=" + masked;
    Bits.assertEqual("unmasked", 1, kept, y::get, without::get, context);
    for (int j = kept; j < columns; j++) {
      assertEquals(Float.NEGATIVE_INFINITY, y.get(0, j), context);
    }
  }

  /** A row with +infinity or NaN, of any payload, and one of nothing but -infinity. */
  @Property
  void someRowsAreNan(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(max = 199) int place,
      @ForAll @IntRange(max = 0x7fffff) int payload) {
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), ROWS, n, () -> 3 * mix.normal());
    x.set(1, place % n, Float.intBitsToFloat(0x7f800000 | payload));
    for (int j = 0; j < n; j++) {
      x.set(3, j, Float.NEGATIVE_INFINITY);
    }
    FloatMatrix y = logSoftmax(given.output(), x);
    String context = given + " place=" + place + " payload=" + payload;
    for (int j = 0; j < n; j++) {
      assertTrue(Float.isNaN(y.get(1, j)) && Float.isNaN(y.get(3, j)), context);
      for (int i = 0; i < ROWS; i += 2) {
        assertTrue(Float.isFinite(y.get(i, j)), context);
      }
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(LOGARITHM);
  }
}
