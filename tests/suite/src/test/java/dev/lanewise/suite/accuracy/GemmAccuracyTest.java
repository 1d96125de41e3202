package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.suite.properties.Layout;
import dev.lanewise.suite.properties.Samples;
import dev.lanewise.suite.properties.Shape;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.Freivalds;
import dev.lanewise.testkit.oracle.GemmOracle;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** gamma_(k+2)·(|alpha|·|A|·|B| + |beta|·|C|), and 2^-149 for each operation that may underflow. */
class GemmAccuracyTest {
  private static final Accuracy PRODUCT = new Accuracy("Gemm");
  private static final Accuracy SWAMPED = new Accuracy("Gemm, swamped terms");

  private static final float[] FACTORS = {1, 0, -1, 0.3f, -7.5f};

  @Property
  void product(
      @ForAll(supplier = Shape.Medium.class) Shape left,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 0, max = 24) int factors,
      @ForAll @IntRange(min = -25, max = 15) int exponent) {
    int m = left.rows();
    int k = left.columns();
    Layout layout = left.layout();
    Samples samples = left.samples();
    double scale = Math.pow(10, exponent);
    FloatMatrix a = samples.normal(layout, m, k, 0, scale);
    FloatMatrix b = samples.normal(layout, k, n, 0, scale);
    FloatMatrix c = samples.normal(layout, m, n, 0, scale * scale);
    String context = left + " n=" + n + " exponent=" + exponent;
    check(PRODUCT, FACTORS[factors / 5], a, b, FACTORS[factors % 5], c, context);
  }

  /** The first product is 1 and the others just small enough to be lost, one rounding each. */
  @Property
  void swampedTerms(
      @ForAll @IntRange(min = 1, max = 300) int k,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll Layout layout) {
    FloatMatrix a = layout.matrix(1, k);
    FloatMatrix b = layout.matrix(k, n);
    for (int p = 0; p < k; p++) {
      a.set(0, p, 1);
      for (int j = 0; j < n; j++) {
        b.set(p, j, p == 0 ? 1 : 0x0.fffp-24f);
      }
    }
    String context = k + "×" + n + " " + layout;
    check(SWAMPED, 1, a, b, 0, layout.matrix(1, n), context);
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
    double[] wideA = Samples.wide(a);
    double[] wideB = Samples.wide(b);
    double[] wideC = Samples.wide(c);
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
    Samples samples = new Samples(1);
    for (Layout layout : Layout.values()) {
      FloatMatrix a = samples.integers(layout, 307, 531, 8);
      FloatMatrix b = samples.integers(layout, 531, 293, 8);
      FloatMatrix c = samples.integers(layout, 307, 293, 8);
      double[] before = Samples.wide(c);
      Gemm.gemm(2, a, b, -3, c);
      String name = "Gemm " + layout;
      double[] wideA = Samples.wide(a);
      double[] wideB = Samples.wide(b);
      double share = Freivalds.check(name, 307, 293, 531, 2, wideA, wideB, -3, before, c::get, 17);
      assertEquals(0, share);
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println(PRODUCT);
    System.out.println(SWAMPED);
  }
}
