package dev.lanewise.suite.accuracy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.suite.engine.DoubleViews;
import dev.lanewise.suite.properties.Matrices;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.oracle.Exact;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.function.DoubleSupplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * gamma_(k+2)·(|alpha|·|A|·|B| + |beta|·|C|) with u = 2^-53, and 2^-1074 for each operation that
 * may underflow, against products without any rounding.
 */
class DoubleGemmAccuracyTest {
  private static final double[] FACTORS = {1, 0, -1, 0.3, -7.5};

  private static double worstOfProducts;
  private static double worstOfSwamped;

  @Property(tries = 100)
  void product(
      @ForAll(supplier = Matrices.Medium.class) MatrixCase left,
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll @IntRange(min = 0, max = 24) int factors,
      @ForAll @IntRange(min = -165, max = 120) int exponent) {
    int m = Math.min(left.rows(), 8);
    int k = left.columns();
    Mix mix = new Mix(left.seed());
    double scale = Math.pow(10, exponent);
    DoubleMatrix a = DoubleViews.matrix(left.input(), m, k, () -> scale * mix.normal());
    DoubleMatrix b = DoubleViews.matrix(left.input(), k, n, () -> scale * mix.normal());
    DoubleMatrix c = DoubleViews.matrix(left.output(), m, n, () -> scale * scale * mix.normal());
    String context = left + " n=" + n + " exponent=" + exponent;
    double share = share(FACTORS[factors / 5], a, b, FACTORS[factors % 5], c, context);
    worstOfProducts = Math.max(worstOfProducts, share);
  }

  /** The first product is 1 and the others just small enough to be lost, one rounding each. */
  @Property(tries = 40)
  void swampedTerms(
      @ForAll @IntRange(min = 1, max = 300) int k,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll(supplier = Matrices.Layouts.class) Layout layout) {
    DoubleMatrix a = DoubleViews.matrix(layout, 1, k, () -> 1);
    DoubleMatrix b = DoubleViews.matrix(layout, k, n, () -> 0x0.fffffffp-53);
    for (int j = 0; j < n; j++) {
      b.set(0, j, 1);
    }
    DoubleMatrix c = DoubleViews.matrix(layout, 1, n, () -> Double.NaN);
    double share = share(1, a, b, 0, c, k + "×" + n + " " + layout);
    worstOfSwamped = Math.max(worstOfSwamped, share);
  }

  /** The largest share of the bound that an element's error takes, which is at most 1. */
  private static double share(
      double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c, String context) {
    int m = c.rows();
    int n = c.columns();
    int k = a.columns();
    double[] wideA = DoubleViews.dense(a);
    double[] wideB = DoubleViews.dense(b);
    double[] before = DoubleViews.dense(c);
    Gemm.gemm(alpha, a, b, beta, c);
    double[] magnitude = GemmOracle.magnitude(m, n, k, alpha, wideA, wideB, beta, before);
    double gamma = (k + 2) * 0x1p-53 / (1 - (k + 2) * 0x1p-53);
    double worst = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double terms = Math.max(1, Math.abs(alpha)) * k + 2;
        for (int p = 0; p < k; p++) {
          terms += Math.abs(b.get(p, j));
        }
        double bound = gamma * magnitude[i * n + j] + Double.MIN_VALUE * terms;
        double error =
            Exact.distance(
                c.get(i, j), GemmOracle.exact(i, j, m, n, k, alpha, wideA, wideB, beta, before));
        String where = "row " + i + ", column " + j + " of " + context;
        assertTrue(
            error <= bound,
            () -> where + " alpha=" + alpha + " beta=" + beta + ": " + error + " > " + bound);
        worst = Math.max(worst, error / bound);
      }
    }
    return worst;
  }

  /** Whole numbers that no operation rounds, larger than floats could hold. */
  @Example
  void wholeNumbersAreExact() {
    int m = 107;
    int n = 141;
    int k = 431;
    Mix mix = new Mix(1);
    DoubleSupplier whole = () -> mix.below(1 << 20) - (1 << 19);
    for (Layout layout : Matrices.LAYOUTS) {
      DoubleMatrix a = DoubleViews.matrix(layout, m, k, whole);
      DoubleMatrix b = DoubleViews.matrix(layout, k, n, whole);
      DoubleMatrix c = DoubleViews.matrix(layout, m, n, whole);
      double[] expected =
          GemmOracle.gemm(
              m, n, k, 2, DoubleViews.dense(a), DoubleViews.dense(b), -3, DoubleViews.dense(c));
      Gemm.gemm(2d, a, b, -3d, c);
      assertArrayEquals(expected, DoubleViews.dense(c), layout::toString);
    }
  }

  @AfterContainer
  static void printWorst() {
    System.out.println("Gemm of doubles: the worst at " + worstOfProducts + " of the bound");
    System.out.println("Gemm of doubles, swamped terms: " + worstOfSwamped + " of the bound");
  }
}
