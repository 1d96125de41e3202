package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Arithmetic within half an ulp, dropout within 1.5: its factor is off by u, which is an ulp of a
 * result at most, and the product rounds once more.
 */
class ElementsAccuracyTest {
  private static final Accuracy SUM = new Accuracy("Arithmetic.add");
  private static final Accuracy DIFFERENCE = new Accuracy("Arithmetic.subtract");
  private static final Accuracy PRODUCT = new Accuracy("Arithmetic.multiply");
  private static final Accuracy QUOTIENT = new Accuracy("Arithmetic.divide");
  private static final Accuracy DROPOUT = new Accuracy("Dropout");

  @FunctionalInterface
  private interface Operation {
    void run(FloatMatrix a, FloatMatrix b, FloatMatrix c);
  }

  @FunctionalInterface
  private interface Exact {
    double of(double a, double b);
  }

  @Property
  void arithmetic(@ForAll(supplier = Matrices.Medium.class) MatrixCase given) {
    check(SUM, Arithmetic::add, (a, b) -> a + b, given);
    check(DIFFERENCE, Arithmetic::subtract, (a, b) -> a - b, given);
    check(PRODUCT, Arithmetic::multiply, (a, b) -> a * b, given);
    check(QUOTIENT, Arithmetic::divide, (a, b) -> a / b, given);
  }

  private static void check(Accuracy accuracy, Operation operation, Exact exact, MatrixCase given) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix a = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix b = Views.matrix(given.input(), 1, n, mix::normal).broadcast(m, n);
    FloatMatrix c = Views.matrix(given.output(), m, n);
    operation.run(a, b, c);
    double[] expected = new double[m * n];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = exact.of(a.get(i / n, i % n), b.get(i / n, i % n));
    }
    Bound figure = Bound.ulps(0.5).plus(Bound.relative(0x1p-52));
    accuracy.check(m, n, c::get, expected, figure, given.toString());
  }

  @Property
  void dropout(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @DoubleRange(max = 0.99) double rate) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix y = Views.matrix(given.output(), m, n);
    Dropout.apply(x, y, rate, given.seed(), 1, 2);
    double[] expected = new double[m * n];
    for (int i = 0; i < expected.length; i++) {
      boolean dropped = y.get(i / n, i % n) == 0;
      expected[i] = dropped ? 0 : x.get(i / n, i % n) / (1 - rate);
    }
    DROPOUT.check(m, n, y::get, expected, Bound.ulps(1.5), given + " rate=" + rate);
  }

  @AfterContainer
  static void printWorst() {
    List.of(SUM, DIFFERENCE, PRODUCT, QUOTIENT, DROPOUT).forEach(System.out::println);
  }
}
