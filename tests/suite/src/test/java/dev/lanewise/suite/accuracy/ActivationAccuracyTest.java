package dev.lanewise.suite.accuracy;

import static dev.lanewise.testkit.Bound.U;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.Ulp;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function and its derivative over every {@value #STRIDE}th float, infinities, zeros and
 * extremes, within the figures of their documentation.
 */
class ActivationAccuracyTest {
  private static final int STRIDE = 8209;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /** What no stride hits. */
  private static final float[] SPECIAL = {
    Float.NaN,
    INFINITY,
    -INFINITY,
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  private static final int COUNT = (int) ((1L << 32) / STRIDE) + SPECIAL.length;
  private static final float SLOPE = 0.3f;

  /** A function, what it is, and how far it may be off. */
  record Subject(
      Activation activation, ActivationOracle oracle, double figure, double below, double terms) {
    @Override
    public String toString() {
      return activation.toString();
    }
  }

  static List<Subject> subjects() {
    return List.of(
        new Subject(Activation.EXP, ActivationOracle.EXP, 1, 1, 6),
        new Subject(Activation.LOG, ActivationOracle.LOG, 1, 1, 6),
        new Subject(Activation.SIGMOID, ActivationOracle.SIGMOID, 2.5, 2.5, 6),
        new Subject(Activation.TANH, ActivationOracle.TANH, 2.5, 2.5, 6),
        new Subject(Activation.ERF, ActivationOracle.ERF, 2.5, 2.5, 6),
        new Subject(Activation.GELU, ActivationOracle.GELU, 2.5, 8, 6),
        new Subject(Activation.GELU_TANH, ActivationOracle.GELU_TANH, 2.5, Double.NaN, 6),
        new Subject(Activation.SILU, ActivationOracle.SILU, 2.5, 2.5, 6),
        new Subject(Activation.SOFTPLUS, ActivationOracle.SOFTPLUS, 2.5, 2.5, 6),
        new Subject(Activation.RELU, ActivationOracle.RELU, 0, 0, 0),
        new Subject(Activation.leakyRelu(SLOPE), ActivationOracle.leakyRelu(SLOPE), 0.5, 0.5, 0));
  }

  private static float[] sample() {
    float[] x = new float[COUNT];
    System.arraycopy(SPECIAL, 0, x, 0, SPECIAL.length);
    for (int i = SPECIAL.length; i < COUNT; i++) {
      x[i] = Float.intBitsToFloat((int) ((long) (i - SPECIAL.length) * STRIDE));
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void values(Subject subject) {
    float[] x = sample();
    float[] y = new float[COUNT];
    subject.activation.forward(FloatMatrix.of(x, 1, COUNT), FloatMatrix.of(y, 1, COUNT));
    double[] expected = subject.oracle.forward(Elements.widen(x));
    double[] errors = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      boolean limit = Float.isInfinite(x[i]) && subject.activation != Activation.LOG;
      if (limit && Double.isNaN(expected[i])) {
        expected[i] = 0; // the limit of x·f(x) at -infinity, where the oracle's formula has none
      }
      double ulps = x[i] < 0 ? subject.below : subject.figure;
      if (Double.isNaN(ulps)) {
        double c = Math.abs((double) x[i]);
        double w = 2 * Math.sqrt(2 / Math.PI) * (c + 0.044715 * c * c * c);
        ulps = 3 + 3 * w;
      }
      double ulp = Ulp.of((float) expected[i]);
      errors[i] = Double.isInfinite(ulps) ? Float.MIN_VALUE : ulps * ulp;
    }
    Accuracy accuracy = new Accuracy(subject.toString());
    accuracy.check(y, expected, Bound.componentwise(errors), "by index of the sample");
    System.out.println(accuracy);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void derivatives(Subject subject) {
    float[] x = sample();
    float[] dx = new float[COUNT];
    float[] ones = new float[COUNT];
    Arrays.fill(ones, 1);
    subject.activation.backward(
        FloatMatrix.of(x, 1, COUNT), FloatMatrix.of(ones, 1, COUNT), FloatMatrix.of(dx, 1, COUNT));
    double[] expected = new double[COUNT];
    double[] errors = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      // Where all limits are reached, as the oracle's formulas have none at infinities.
      double at = Math.clamp(x[i], -Float.MAX_VALUE, Float.MAX_VALUE);
      expected[i] = subject.oracle.derivative(at);
      if (subject.activation == Activation.LOG) {
        expected[i] = 1.0 / x[i]; // also where there is no logarithm
      }
      if (Math.abs(expected[i]) > Float.MAX_VALUE) {
        expected[i] = (float) expected[i];
      }
      errors[i] = subject.terms * U * subject.oracle.derivativeMagnitude(at) + 0x1p-148;
    }
    Accuracy accuracy = new Accuracy(subject + "'s derivative");
    accuracy.check(dx, expected, Bound.componentwise(errors), "by index of the sample");
    System.out.println(accuracy);
  }

  /** Below 0, where ulps of the result are many. */
  @Test
  void absoluteErrorOfGeluTanh() {
    float[] x = sample();
    for (int i = 0; i < COUNT; i++) {
      x[i] = -Math.abs(x[i]);
    }
    float[] y = new float[COUNT];
    Activation.GELU_TANH.forward(FloatMatrix.of(x, 1, COUNT), FloatMatrix.of(y, 1, COUNT));
    double[] expected = ActivationOracle.GELU_TANH.forward(Elements.widen(x));
    expected[1] = expected[2] = 0; // at -infinity, where the oracle's formula has no limit
    Accuracy accuracy = new Accuracy("geluTanh's absolute error");
    accuracy.check(y, expected, Bound.absolute(0x1p-23), "by index of the sample");
    System.out.println(accuracy);
  }

  /** Limits at infinities, zeros of both signs and NaN, in whole vectors and in what is left. */
  @Test
  void specialValues() {
    float nan = Float.NaN;
    float infinity = INFINITY;
    float[] x = {nan, -0f, 0f, infinity, -infinity};
    check(Activation.EXP, x, nan, 1, 1, infinity, 0);
    check(Activation.LOG, x, nan, -infinity, -infinity, infinity, nan);
    check(Activation.SIGMOID, x, nan, 0.5f, 0.5f, 1, 0);
    check(Activation.TANH, x, nan, -0f, 0f, 1, -1);
    check(Activation.ERF, x, nan, -0f, 0f, 1, -1);
    check(Activation.GELU, x, nan, -0f, 0f, infinity, -0f);
    check(Activation.GELU_TANH, x, nan, -0f, 0f, infinity, -0f);
    check(Activation.SILU, x, nan, -0f, 0f, infinity, -0f);
    check(Activation.RELU, x, nan, -0f, 0f, infinity, 0);
    check(Activation.leakyRelu(2), x, nan, -0f, 0f, infinity, -infinity);
  }

  private static void check(Activation function, float[] x, float... y) {
    for (Layout layout : Matrices.LAYOUTS) {
      int n = 5 * 7 * x.length;
      FloatMatrix input = Views.matrix(layout, 1, n);
      for (int j = 0; j < n; j++) {
        input.set(0, j, x[j % x.length]);
      }
      FloatMatrix output = Views.matrix(layout, 1, n);
      function.forward(input, output);
      Elements expected = (i, j) -> y[j % y.length];
      Bits.assertEqual(function.toString(), 1, n, output::get, expected, layout.name());
    }
  }

  @Test
  void derivativesAtInfinity() {
    float[] x = {INFINITY, -INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE};
    float least = 1 / Float.MAX_VALUE;
    checkDerivative(Activation.EXP, x, INFINITY, 0, INFINITY, 0);
    checkDerivative(Activation.LOG, x, 0, -0f, least, -least);
    for (Activation f : List.of(Activation.SIGMOID, Activation.TANH, Activation.ERF)) {
      checkDerivative(f, x, 0, 0, 0, 0);
    }
    for (Activation f : List.of(Activation.GELU, Activation.GELU_TANH, Activation.SILU)) {
      checkDerivative(f, x, 1, 0, 1, 0);
    }
    checkDerivative(Activation.SOFTPLUS, x, 1, 0, 1, 0);
    checkDerivative(Activation.RELU, x, 1, 0, 1, 0);
    checkDerivative(Activation.leakyRelu(SLOPE), x, 1, SLOPE, 1, SLOPE);
  }

  private static void checkDerivative(Activation function, float[] x, float... expected) {
    int n = 5 * 7 * x.length;
    float[] all = new float[n];
    double[] wide = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = x[i % x.length];
      wide[i] = expected[i % x.length];
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    float[] dx = new float[n];
    function.backward(
        FloatMatrix.of(all, 1, n), FloatMatrix.of(ones, 1, n), FloatMatrix.of(dx, 1, n));
    Bound zeroOfAnySign = Bound.absolute(0);
    new Accuracy(function + "'s derivative")
        .check(dx, wide, zeroOfAnySign, "at one of " + Arrays.toString(x) + " by index");
  }
}
