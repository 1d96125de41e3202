package dev.lanewise.suite.accuracy;

import static dev.lanewise.testkit.Bound.U;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.Freivalds;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.function.DoubleSupplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** gamma_(k+2)·(|alpha|·|A|·|B| + |beta|·|C|), and 2^-149 for each operation that may underflow. */
class GemmAccuracyTest {
  private static final Accuracy PRODUCT = new Accuracy("Gemm");
  private static final Accuracy FUSED = new Accuracy("Gemm, bias, relu");
  private static final Accuracy SWAMPED = new Accuracy("Gemm, swamped terms");

  private static final float[] FACTORS = {1, 0, -1, 0.3f, -7.5f};

  @Property
  void product(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase left,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 0, max = 24) int factors,
      @ForAll @IntRange(min = -25, max = 15) int exponent) {
    int m = left.rows();
    int k = left.columns();
    Mix mix = new Mix(left.seed());
    double scale = Math.pow(10, exponent);
    FloatMatrix a = Views.matrix(left.input(), m, k, () -> scale * mix.normal());
    FloatMatrix b = Views.matrix(left.input(), k, n, () -> scale * mix.normal());
    FloatMatrix c = Views.matrix(left.output(), m, n, () -> scale * scale * mix.normal());
    String context = left + " n=" + n + " exponent=" + exponent;
    check(PRODUCT, FACTORS[factors / 5], a, b, FACTORS[factors % 5], c, context);
  }

  /** With E the bound of the product: (1 + u)·E + u·|sum with the bias|. */
  @Property
  void epilogue(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase left,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = -15, max = 15) int exponent) {
    int m = left.rows();
    int k = left.columns();
    Mix mix = new Mix(left.seed());
    double scale = Math.pow(10, exponent);
    FloatMatrix a = Views.matrix(left.input(), m, k, mix::normal);
    FloatMatrix b = Views.matrix(left.input(), k, n, mix::normal);
    FloatMatrix bias = Views.matrix(left.input(), 1, n, () -> scale * mix.normal());
    FloatMatrix c = Views.matrix(left.output(), m, n, mix::normal);
    double[] wideA = Views.wide(a);
    double[] wideB = Views.wide(b);
    double[] expected = GemmOracle.gemm(m, n, k, 1, wideA, wideB, 0, null);
    double[] bound = GemmOracle.errorBound(m, n, k, 1, wideA, wideB, 0, null);
    for (int i = 0; i < expected.length; i++) {
      double sum = expected[i] + bias.get(0, i % n);
      expected[i] = Math.max(sum, 0);
      bound[i] = (1 + U) * bound[i] + U * Math.abs(sum);
    }
    Gemm.gemm(1, a, b, 0, c, Epilogue.biasRelu(bias.row(0)));
    String context = left + " n=" + n + " exponent=" + exponent;
    FUSED.check(m, n, c::get, expected, Bound.componentwise(bound), context);
  }

  /** The first product is 1 and the others just small enough to be lost, one rounding each. */
  @Property
  void swampedTerms(
      @ForAll @IntRange(min = 1, max = 300) int k,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout) {
    FloatMatrix a = Views.matrix(layout, 1, k);
    FloatMatrix b = Views.matrix(layout, k, n);
    for (int p = 0; p < k; p++) {
      a.set(0, p, 1);
      for (int j = 0; j < n; j++) {
        b.set(p, j, p == 0 ? 1 : 0x0.fffp-24f);
      }
    }
    String context = k + "×" + n + " " + layout;
    check(SWAMPED, 1, a, b, 0, Views.matrix(layout, 1, n), context);
  }

  private static void check(
      Accuracy accuracy,
      float alpha,
      FloatMatrix a,
      FloatMatrix b,
      float beta,
      FloatMatrix c,
      String context) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    double[] wideA = Views.wide(a);
    double[] wideB = Views.wide(b);
    double[] wideC = Views.wide(c);
    Gemm.gemm(alpha, a, b, beta, c);
    accuracy.check(
        m,
        n,
        c::get,
        GemmOracle.gemm(m, n, k, alpha, wideA, wideB, beta, wideC),
        Bound.componentwise(GemmOracle.errorBound(m, n, k, alpha, wideA, wideB, beta, wideC)),
        context + " alpha=" + alpha + " beta=" + beta);
  }

  /** Whole numbers that no operation rounds: every element is right to the last bit. */
  @Example
  void largeProductIsExactOnWholeNumbers() {
    Mix mix = new Mix(1);
    DoubleSupplier whole = () -> mix.below(17) - 8;
    for (Layout layout : Matrices.LAYOUTS) {
      FloatMatrix a = Views.matrix(layout, 307, 531, whole);
      FloatMatrix b = Views.matrix(layout, 531, 293, whole);
      FloatMatrix c = Views.matrix(layout, 307, 293, whole);
      double[] before = Views.wide(c);
      Gemm.gemm(2, a, b, -3, c);
      String name = "Gemm " + layout;
      double[] wideA = Views.wide(a);
      double[] wideB = Views.wide(b);
      double share = Freivalds.check(name, 307, 293, 531, 2, wideA, wideB, -3, before, c::get, 17);
      assertEquals(0, share);
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(PRODUCT);
    System.out.println(FUSED);
    System.out.println(SWAMPED);
  }
}
