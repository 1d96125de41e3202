package dev.lanewise.suite.properties;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The gradients of a dense layer and of ReLU, as products of transposed views and column sums,
 * against central differences of L = Σ d·y.
 *
 * <p>Tolerance: the documented figures, and {@value #DIFFERENCES} for the differences themselves: L
 * is piecewise linear and of order 100, so that a step as long as {@value #STEP} leaves its
 * rounding alone, some 10^-12.
 */
class DenseGradientTest {
  private static final double STEP = 0.01;
  private static final double DIFFERENCES = 1e-10;

  private static final GradientCheck DW = new GradientCheck("dense dW").eps(STEP);
  private static final GradientCheck DB = new GradientCheck("dense db").eps(STEP);
  private static final GradientCheck DX = new GradientCheck("dense dX").eps(STEP);
  private static final GradientCheck RELU = new GradientCheck("ReLU gradient").eps(STEP);

  @Property
  void dense(
      @ForAll(supplier = Matrices.Small.class) MatrixCase given,
      @ForAll @IntRange(min = 1, max = 10) int n) {
    int m = given.rows();
    int k = given.columns();
    Mix mix = new Mix(given.seed());
    FloatMatrix x = Views.matrix(given.input(), m, k, mix::normal);
    FloatMatrix w = Views.matrix(given.input(), k, n, mix::normal);
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix dw = Views.matrix(given.output(), k, n);
    FloatMatrix dx = Views.matrix(given.output(), m, k);
    FloatSpan db = Views.span(given.output(), n);
    Gemm.gemm(1, x.transpose(), dy, 0, dw);
    Gemm.gemm(1, dy, w.transpose(), 0, dx);
    Reduce.columns(Reduction.SUM, dy, db);

    double[] wideX = Views.wide(x);
    double[] wideW = Views.wide(w);
    double[] d = Views.wide(dy);
    double[] bias = new double[n];
    String context = given + " n=" + n;
    check(
        DW,
        dw,
        z -> forward(m, k, n, wideX, z, bias),
        wideW,
        d,
        GemmOracle.errorBound(k, n, m, 1, Views.wide(x.transpose()), d, 0, null),
        context);
    check(
        DX,
        dx,
        z -> forward(m, k, n, z, wideW, bias),
        wideX,
        d,
        GemmOracle.errorBound(m, k, n, 1, d, Views.wide(w.transpose()), 0, null),
        context);
    double[] sums = ColumnSumsOracle.sums(m, n, d);
    double[] errors = ColumnSumsOracle.magnitude(m, n, d);
    for (int j = 0; j < n; j++) {
      errors[j] = Figures.columnSum(errors[j], sums[j]);
    }
    check(
        DB,
        FloatMatrix.of(Views.dense(db), 1, n),
        z -> forward(m, k, n, wideX, wideW, z),
        bias,
        d,
        errors,
        context);
  }

  /** X·W with the bias added to every row. */
  private static double[] forward(int m, int k, int n, double[] x, double[] w, double[] bias) {
    double[] y = GemmOracle.gemm(m, n, k, 1, x, w, 0, null);
    for (int i = 0; i < y.length; i++) {
      y[i] += bias[i % n];
    }
    return y;
  }

  /** Inputs at least 0.1 from the kink; the gradient is exact, so the differences err alone. */
  @Property
  void relu(@ForAll(supplier = Matrices.Small.class) MatrixCase given, @ForAll boolean fromOutput) {
    int m = given.rows();
    int n = given.columns();
    Mix mix = new Mix(given.seed());
    DoubleSupplier apart =
        () -> {
          double normal = mix.normal();
          return normal + Math.copySign(0.1, normal);
        };
    FloatMatrix x = Views.matrix(given.input(), m, n, apart);
    FloatMatrix dy = Views.matrix(given.input(), m, n, mix::normal);
    FloatMatrix y = Views.matrix(given.output(), m, n);
    FloatMatrix dx = Views.matrix(given.output(), m, n);
    Activation.RELU.forward(x, y);
    Activation.RELU.backward(fromOutput ? y : x, dy, dx);
    double[] d = Views.wide(dy);
    check(
        RELU,
        dx,
        ActivationOracle.RELU::forward,
        Views.wide(x),
        d,
        new double[m * n],
        given.toString());
  }

  private static void check(
      GradientCheck check,
      FloatMatrix actual,
      UnaryOperator<double[]> forward,
      double[] point,
      double[] d,
      double[] errors,
      String context) {
    check
        .within(Bound.componentwise(errors).plus(Bound.absolute(DIFFERENCES)))
        .vectorJacobian(forward, point, d, Views.wide(actual), context);
  }

  @AfterContainer
  static void printWorst() {
    for (GradientCheck check : new GradientCheck[] {DW, DB, DX, RELU}) {
      System.out.println(check);
    }
  }
}
