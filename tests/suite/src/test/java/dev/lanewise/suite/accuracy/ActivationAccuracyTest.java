package dev.lanewise.suite.accuracy;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ActivationOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** ReLU and its backward pass are exact. */
class ActivationAccuracyTest {
  private static final Accuracy FORWARD = new Accuracy("Activation.relu");
  private static final Accuracy BACKWARD = new Accuracy("Activation.reluBackward");

  @Property
  void relu(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase given,
      @ForAll @IntRange(min = -44, max = 38) int exponent) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    double scale = Math.pow(10, exponent);
    FloatMatrix x = Views.matrix(given.input(), m, n, () -> scale * mix.normal());
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix y = Views.matrix(given.output(), m, n);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    Activation.relu(x, y);
    Activation.reluBackward(x, dy, dx);
    double[] wide = Views.wide(x);
    String context = given + " exponent=" + exponent;
    FORWARD.check(m, n, y::get, ActivationOracle.RELU.forward(wide), Bound.absolute(0), context);
    double[] expected = ActivationOracle.RELU.backward(wide, Views.wide(dy));
    BACKWARD.check(m, n, dx::get, expected, Bound.absolute(0), context);
  }

  @Example
  void specialValues() {
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
    float[] x = {nan, -0f, 0f, infinity, -infinity, Float.MIN_VALUE, -Float.MIN_VALUE};
    float[] y = {nan, -0f, 0f, infinity, 0f, Float.MIN_VALUE, 0f};
    float[] dx = {3, 0, 0, 3, 0, 3, 0};
    for (Layout layout : Matrices.LAYOUTS) {
      // Repeated, so that both whole vectors and what is left of a row see every value.
      int n = 5 * x.length;
      FloatMatrix input = Views.matrix(layout, 1, n);
      FloatMatrix dy = Views.matrix(layout, 1, n, () -> 3);
      for (int j = 0; j < n; j++) {
        input.set(0, j, x[j % x.length]);
      }
      FloatMatrix output = Views.matrix(layout, 1, n);
      Activation.relu(input, output);
      Elements expected = (i, j) -> y[j % y.length];
      Bits.assertEqual("relu", 1, n, output::get, expected, layout.name());
      Activation.reluBackward(input, dy, output);
      Elements slope = (i, j) -> dx[j % dx.length];
      Bits.assertEqual("reluBackward", 1, n, output::get, slope, layout.name());
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(FORWARD);
    System.out.println(BACKWARD);
  }
}
