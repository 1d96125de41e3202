package dev.lanewise.suite.accuracy;

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
 * Every function and its derivative over every {@value #STRIDE}th float, within the figures of
 * their documentation.
 */
class ActivationAccuracyTest {
  private static final int STRIDE = 8209;
  private static final int COUNT = (int) ((1L << 32) / STRIDE);
  private static final double U = 0x1p-24;
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
    for (int i = 0; i < COUNT; i++) {
      x[i] = Float.intBitsToFloat((int) ((long) i * STRIDE));
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
      if (Float.isInfinite(x[i]) && Double.isNaN(expected[i])) {
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
      expected[i] = subject.oracle.derivative(x[i]);
      errors[i] = subject.terms * U * subject.oracle.derivativeMagnitude(x[i]) + 0x1p-148;
      boolean open = Math.abs(expected[i]) > Float.MAX_VALUE || Float.isInfinite(x[i]);
      if (open) { // the documentation speaks of limits at infinities, which the oracle has not
        expected[i] = 0;
        dx[i] = 0;
      }
      if (subject.activation == Activation.LOG && x[i] < 0) {
        dx[i] = Float.NaN; // 1/x, where there is no logarithm
      }
    }
    Accuracy accuracy = new Accuracy(subject + "'s derivative");
    accuracy.check(dx, expected, Bound.componentwise(errors), "by index of the sample");
    System.out.println(accuracy);
  }

  /** Limits at infinities, zeros of both signs and NaN, in whole vectors and in what is left. */
  @Test
  void specialValues() {
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
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
    float infinity = Float.POSITIVE_INFINITY;
    float[] x = {infinity, -infinity, Float.MAX_VALUE, -Float.MAX_VALUE};
    for (Activation f : List.of(Activation.SIGMOID, Activation.TANH, Activation.ERF)) {
      checkDerivative(f, x, 0, 0, 0, 0);
    }
    for (Activation f : List.of(Activation.GELU, Activation.GELU_TANH, Activation.SILU)) {
      checkDerivative(f, x, 1, 0, 1, 0);
    }
    checkDerivative(Activation.SOFTPLUS, x, 1, 0, 1, 0);
    checkDerivative(Activation.RELU, x, 1, 0, 1, 0);
  }

  private static void checkDerivative(Activation function, float[] x, float... expected) {
    float[] dx = new float[x.length];
    float[] ones = {1, 1, 1, 1};
    function.backward(
        FloatMatrix.of(x, 1, 4), FloatMatrix.of(ones, 1, 4), FloatMatrix.of(dx, 1, 4));
    for (int i = 0; i < x.length; i++) {
      Bound zeroOfAnySign = Bound.absolute(0);
      new Accuracy(function + "'s derivative")
          .check(new float[] {dx[i]}, new double[] {expected[i]}, zeroOfAnySign, "at " + x[i]);
    }
  }
}
