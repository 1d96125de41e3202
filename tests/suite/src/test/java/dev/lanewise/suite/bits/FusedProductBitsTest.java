package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.internal.Blocks;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Products with an epilogue or a packed factor have the bits of plain ones and of the steps. */
@EveryFork
class FusedProductBitsTest {
  /** M, N, K: parts by rows, by columns and both, of one column, single columns, a single row. */
  private static final List<Cases.Product> SPLIT =
      Scale.SMALL
          ? List.of(new Cases.Product(1, 1121, 2000))
          : List.of(
              new Cases.Product(49, 1121, 40),
              new Cases.Product(20, 1025, 110),
              new Cases.Product(97, 131, 100),
              new Cases.Product(1, 2500, 300),
              new Cases.Product(1500, 1, 400),
              new Cases.Product(1500, 3, 130),
              new Cases.Product(203, 259, 30));

  @Property(tries = 600)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Step step,
      @ForAll boolean packed,
      @ForAll long seed) {
    Subject subject = new FusedProduct(p, step, packed, 0).subject(alpha, beta);
    Agreement.check(subject, layouts, values, seed);
  }

  @Property(tries = 100)
  void blockEdges(
      @ForAll(supplier = Cases.BlockEdges.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Step step,
      @ForAll boolean packed,
      @ForAll long seed) {
    Subject subject = new FusedProduct(p, step, packed, 0).subject(0.75f, beta);
    Agreement.check(subject, layouts, Values.ORDINARY, seed);
  }

  /**
   * A second block of rows, of columns and of depth has its own part of the bias, and has it once.
   */
  @Example
  void everyBlockHasItsBias() {
    List<Cases.Product> several =
        List.of(
            new Cases.Product(Blocks.ROWS + 5, 7, 3),
            new Cases.Product(3, 2 * Blocks.COLUMNS + 37, 3),
            new Cases.Product(3, 7, Blocks.DEPTH + 3));
    for (Cases.Product p : several) {
      for (Layout result : List.of(Layout.PADDED, Layout.COLUMN_MAJOR, Layout.STRIDED)) {
        List<Layout> layouts = List.of(Layout.DENSE, Layout.DENSE, Layout.STRIDED, result);
        for (Step step : Step.values()) {
          for (boolean packed : new boolean[] {false, true}) {
            Subject subject = new FusedProduct(p, step, packed, 0).subject(1f, 1f);
            Agreement.check(subject, layouts, Values.ORDINARY, p.n());
          }
        }
      }
    }
  }

  @Property(tries = 12)
  void largeProducts(
      @ForAll(supplier = Cases.LargeProducts.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Step step,
      @ForAll boolean packed,
      @ForAll long seed) {
    if (Scale.leavesOut(seed)) {
      return;
    }
    Subject subject = new FusedProduct(p, step, packed, 0).subject(1f, -0.5f);
    Agreement.check(subject, layouts, Values.ORDINARY, seed);
  }

  @Property(tries = 200)
  void singleColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Step step,
      @ForAll boolean packed,
      @ForAll long seed) {
    Cases.Product p = new Cases.Product(a.m(), 1, a.n());
    Subject subject = new FusedProduct(p, step, packed, 0).subject(1f, beta);
    Agreement.check(subject, layouts, values, seed);
  }

  /** Each shape as it is and packed, with the same steps; threads take turns. */
  @Example
  void onSeveralThreads() {
    List<Layout> rows = List.of(Layout.DENSE, Layout.PADDED, Layout.INSIDE);
    List<Layout> mixed = List.of(Layout.PADDED, Layout.STRIDED, Layout.COLUMN_MAJOR);
    int[] threads = {3, 2, 7, 3, 1};
    int turn = 0;
    for (Cases.Product p : SPLIT) {
      for (boolean packed : Scale.SMALL ? new boolean[] {true} : new boolean[] {false, true}) {
        Step step = Step.values()[3 - turn / 2 % 4];
        FusedProduct product = new FusedProduct(p, step, packed, threads[turn % 5]);
        Subject subject = product.subject(1.5f, turn % 3 == 0 ? -0.5f : 0f);
        Agreement.check(subject, turn % 5 == 2 ? mixed : rows, Values.ORDINARY, turn);
        turn++;
      }
    }
  }

  /** NaN and -0 pass; what is below 0 becomes +0. */
  @Example
  void rectifiedSpecialValues() {
    float[] x = {Float.NaN, -0f, 0f, -Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 1e-45f, 3f, -3f};
    float[] expected = {Float.NaN, -0f, 0f, 0f, 0f, 1e-45f, 3f, 0f};
    int n = 5 * x.length;
    FloatMatrix c = FloatMatrix.zeros(1, n);
    for (int j = 0; j < n; j++) {
      c.set(0, j, x[j % x.length]);
    }
    FloatMatrix negativeZero = FloatMatrix.of(new float[] {-0f}, 1, 1); // x - 0·0 is x, for -0 too
    Gemm.gemm(1f, negativeZero, FloatMatrix.zeros(1, n), 1f, c, Epilogue.relu());
    for (int j = 0; j < n; j += x.length) {
      assertArrayEquals(expected, Arrays.copyOfRange(c.array(), j, j + x.length));
    }
  }

  /** A packed factor keeps what it copied; a bias is read by each product anew. */
  @Example
  void packedFactorsAreCopiesAndBiasesAreNot() {
    float[] b = {1, 2, 3, 4};
    PackedMatrix packed = PackedMatrix.of(FloatMatrix.of(b, 2, 2));
    float[] bias = {10, 20};
    Epilogue epilogue = Epilogue.bias(FloatSpan.of(bias));
    FloatMatrix a = FloatMatrix.of(new float[] {1, 1}, 1, 2);
    FloatMatrix c = FloatMatrix.zeros(1, 2);
    Gemm.gemm(1f, a, packed, 0f, c, epilogue);
    assertArrayEquals(new float[] {14, 26}, c.array());
    b[0] = 100;
    bias[1] = 30;
    Gemm.gemm(1f, a, packed, 0f, c, epilogue);
    assertArrayEquals(new float[] {14, 36}, c.array());
  }
}
