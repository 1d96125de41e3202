package dev.lanewise.suite.properties;

import static dev.lanewise.suite.properties.Figures.alongRow;
import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What a softmax is, whatever its input. */
class SoftmaxTest {
  private static final Accuracy SUM = new Accuracy("softmax's row sums");

  private static FloatMatrix softmax(Layout layout, FloatMatrix x) {
    FloatMatrix y = Views.matrix(layout, x.rows(), x.columns());
    Softmax.forward(x, y);
    return y;
  }

  /**
   * Within u·(8 + n/64): the exponentials' own errors cancel, which leaves the sum's roundings, 6 +
   * n/64, the reciprocal and the product.
   */
  @Property
  void rowsSumToOne(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix y = softmax(logits.layout(), logits.x());
    for (int i = 0; i < y.rows(); i++) {
      double sum = 0;
      for (int j = 0; j < y.columns(); j++) {
        assertTrue(y.get(i, j) >= 0 && y.get(i, j) <= 1 + 2 * U, logits::toString);
        sum += y.get(i, j);
      }
      // Its distance from 1, because float would round the sum.
      float[] distance = {(float) (sum - 1)};
      double figure = U * (8 + alongRow(y.columns()));
      SUM.check(distance, new double[1], Bound.absolute(figure), logits + " row=" + i);
    }
  }

  /** Bit for bit where float adds the constant without rounding: the differences are the same. */
  @Property
  void shiftChangesNothing(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -4096, max = 4096) int shift) {
    int rows = given.rows();
    int columns = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x =
        Views.matrix(given.input(), rows, columns, () -> (mix.below(4097) - 2048) / 128.0);
    FloatMatrix shifted = Views.matrix(given.output(), rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        shifted.set(i, j, x.get(i, j) + shift);
      }
    }
    String context = given + " shift=" + shift;
    FloatMatrix expected = softmax(given.output(), x);
    FloatMatrix actual = softmax(given.output(), shifted);
    Bits.assertEqual("softmax of x + c", rows, columns, actual::get, expected::get, context);
  }

  /**
   * Without exception: the difference, exp, which is monotone over all floats, and the product are.
   */
  @Property
  void orderIsPreserved(@ForAll(supplier = Logits.Any.class) Logits logits) {
    FloatMatrix x = logits.x();
    FloatMatrix y = softmax(logits.layout(), x);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 1; j < x.columns(); j++) {
        int row = i;
        int right = x.get(i, j) > x.get(i, j - 1) ? j : j - 1;
        int left = 2 * j - 1 - right;
        float larger = x.get(i, right);
        float smaller = x.get(i, left);
        Supplier<String> message =
            () -> logits + " row=" + row + ": " + larger + " ≥ " + smaller + ", but not so y";
        assertTrue(y.get(i, right) >= y.get(i, left), message);
      }
    }
  }

  @Example
  void equalLogitsShareEqually() {
    for (int n = 1; n <= 130; n++) {
      FloatMatrix x = Views.matrix(Layout.DENSE, 1, n);
      for (int j = 0; j < n; j++) {
        x.set(0, j, 1e30f);
      }
      FloatMatrix y = softmax(Layout.DENSE, x);
      for (int j = 0; j < n; j++) {
        assertEquals(1f / n, y.get(0, j), "n=" + n);
      }
    }
  }

  @Property
  void largeLogitsDoNotOverflow(
      @ForAll @IntRange(min = 2, max = 100) int columns,
      @ForAll @IntRange(min = 0, max = 99) int place,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout) {
    for (float large : new float[] {1e4f, Float.MAX_VALUE}) {
      FloatMatrix x = Views.matrix(layout, 1, columns);
      for (int j = 0; j < columns; j++) {
        x.set(0, j, j == place % columns ? large : -large);
      }
      FloatMatrix y = softmax(layout, x);
      for (int j = 0; j < columns; j++) {
        assertEquals(j == place % columns ? 1f : 0f, y.get(0, j), columns + " " + layout);
      }
    }
  }

  /** The others then have the probabilities that they have without the masked ones. */
  @Property
  void minusInfinityIsAMask(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 99) int masked) {
    int kept = given.columns();
    int columns = kept + masked;
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 1, columns, () -> 3 * mix.normal());
    FloatMatrix without = softmax(given.output(), x.columns(0, kept));
    for (int j = kept; j < columns; j++) {
      x.set(0, j, Float.NEGATIVE_INFINITY);
    }
    FloatMatrix y = softmax(given.output(), x);
    String context = given + " masked=" + masked;
    Bits.assertEqual("unmasked", 1, kept, y::get, without::get, context);
    for (int j = kept; j < columns; j++) {
      assertEquals(0f, y.get(0, j), context);
    }
  }

  /** Whatever the NaN's sign and payload. */
  @Property
  void oneNanMakesItsRowNan(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 99) int place,
      @ForAll @IntRange(min = 1, max = 0x7fffff) int payload,
      @ForAll boolean negative) {
    float nan = Float.intBitsToFloat((negative ? 0xff800000 : 0x7f800000) | payload);
    assertOneRowIsNan(given, place % given.columns(), nan);
  }

  @Property
  void plusInfinityMakesItsRowNan(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = 0, max = 99) int place) {
    assertOneRowIsNan(given, place % given.columns(), Float.POSITIVE_INFINITY);
  }

  private static void assertOneRowIsNan(MatrixCase given, int place, float value) {
    int columns = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.output(), 3, columns, () -> 3 * mix.normal());
    x.set(1, place, value);
    FloatMatrix y = softmax(given.output(), x);
    String context = "%08x at %d, %s".formatted(Float.floatToRawIntBits(value), place, given);
    for (int j = 0; j < columns; j++) {
      assertTrue(Float.isNaN(y.get(1, j)), context);
      assertTrue(Float.isFinite(y.get(0, j)) && Float.isFinite(y.get(2, j)), context);
    }
  }

  @Property
  void nothingButMinusInfinityIsNan(
      @ForAll @IntRange(min = 1, max = 100) int columns,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout) {
    FloatMatrix x = Views.matrix(layout, 1, columns);
    for (int j = 0; j < columns; j++) {
      x.set(0, j, Float.NEGATIVE_INFINITY);
    }
    FloatMatrix y = softmax(layout, x);
    for (int j = 0; j < columns; j++) {
      assertTrue(Float.isNaN(y.get(0, j)), columns + " " + layout);
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(SUM);
  }
}
