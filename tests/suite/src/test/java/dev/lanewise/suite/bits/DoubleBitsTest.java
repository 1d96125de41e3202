package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Products of doubles: tiles, blocks, single columns, threads, rows alone, special values. */
@EveryFork
class DoubleBitsTest {
  private static final List<Layout> ROWS = List.of(Layout.PADDED, Layout.DENSE, Layout.INSIDE);
  private static final List<Layout> LAYOUTS_OF_PARTS =
      Scale.SMALL ? List.of(Layout.PADDED) : List.of(Layout.PADDED, Layout.COLUMN_MAJOR);

  @Property(tries = 400)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    new DoubleProduct(p, alpha, beta).check(layouts, values, seed);
  }

  /** Blocks of doubles have half the rows and columns of those of floats. */
  @Property(tries = 50)
  void blockEdges(
      @ForAll(supplier = Cases.BlockEdges.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    new DoubleProduct(p, alpha, beta).check(layouts, Values.ORDINARY, seed);
  }

  @Property(tries = 6)
  void largeProducts(
      @ForAll(supplier = Cases.LargeProducts.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    if (Scale.leavesOut(seed)) {
      return;
    }
    DoubleProduct product = new DoubleProduct(p, 0.75, beta);
    DoubleProduct.Operands given = product.operands(layouts, Values.ORDINARY, seed);
    assertArrayEquals(product.define(given), product.run(given));
  }

  @Property(tries = 150)
  void singleColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Cases.Product p = new Cases.Product(a.m(), 1, a.n());
    new DoubleProduct(p, alpha, beta).check(layouts, values, seed);
  }

  @Property(tries = 20)
  void singleLongColumn(
      @ForAll(supplier = Cases.LongColumns.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Cases.Product p = new Cases.Product(a.m(), 1, a.n());
    new DoubleProduct(p, 1, beta).check(layouts, Values.WIDE, seed);
  }

  @Property(tries = 100)
  void rowsAloneHaveTheBitsOfTheBatch(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    DoubleProduct product = new DoubleProduct(p, 1.5, beta);
    DoubleProduct.Operands batch = product.operands(layouts, values, seed);
    DoubleProduct.Operands alone = batch.again();
    for (int i = 0; i < p.m(); i++) {
      DoubleMatrix row = batch.a().rows(i, i + 1);
      Gemm.gemm(1.5, row, batch.b(), beta, alone.c().rows(i, i + 1));
    }
    assertArrayEquals(product.run(batch), alone.c().array());
  }

  /** Of 1121 columns the last part has one, on three threads. */
  @Example
  void onSeveralThreads() {
    int[][] shapes =
        Scale.SMALL
            ? new int[][] {{1, 1121, 2000}}
            : new int[][] {
              {49, 1121, 40},
              {97, 131, 100},
              {1, 2500, 300},
              {1500, 1, 400},
              {1500, 3, 130},
              {203, 259, 390}
            };
    int[] threads = {3, 2, 7};
    int turn = 0;
    for (int[] shape : shapes) {
      for (Layout layout : LAYOUTS_OF_PARTS) {
        Cases.Product p = new Cases.Product(shape[0], shape[1], shape[2]);
        DoubleProduct product = new DoubleProduct(p, 1.5, turn % 3 == 0 ? -0.5 : 0);
        List<Layout> layouts = List.of(Layout.DENSE, layout, layout);
        DoubleProduct.Operands given = product.operands(layouts, Values.ORDINARY, turn);
        try (Workers workers = Workers.of(threads[turn / 2 % threads.length])) {
          assertArrayEquals(product.run(given), product.run(given, workers), product::toString);
        }
        turn++;
      }
    }
  }

  /** Fused, -1e-200·1e-200 + 0 is -0; one more term of zero, from padding k, would make it +0. */
  @Example
  void productsThatUnderflowKeepTheirSign() {
    for (int k = 1; k <= 9; k++) {
      DoubleMatrix c = filled(1, 2, Double.NaN);
      Gemm.gemm(1d, filled(1, k, -1e-200), filled(k, 2, 1e-200), 0d, c);
      assertArrayEquals(new double[] {-0d, -0d}, c.array(), "k=" + k);
    }
  }

  /** Zero padding of k would meet an infinity in the row or column and give NaN. */
  @Example
  void infinitiesMeetNoPadding() {
    for (int k = 1; k <= 9; k++) {
      DoubleMatrix c = DoubleMatrix.zeros(5, 5);
      Gemm.gemm(1d, filled(5, k, Double.POSITIVE_INFINITY), filled(k, 5, 2), 0d, c);
      assertEquals(Double.POSITIVE_INFINITY, c.get(4, 4), "k=" + k);
      Gemm.gemm(1d, filled(5, k, 2), filled(k, 5, Double.NEGATIVE_INFINITY), 0d, c);
      assertEquals(Double.NEGATIVE_INFINITY, c.get(4, 4), "k=" + k);
    }
  }

  @Example
  void withBetaZeroTheResultIsNotRead() {
    for (int n : new int[] {1, 2, 19, 40}) {
      for (int k : new int[] {0, 1, 30}) {
        DoubleProduct product = new DoubleProduct(new Cases.Product(13, n, k), 1, 0);
        DoubleProduct.Operands clean = product.operands(ROWS, Values.ORDINARY, k);
        DoubleMatrix dirty = filled(13, n, Double.NaN);
        Gemm.gemm(1d, clean.a(), clean.b(), 0d, dirty);
        DoubleMatrix zeros = DoubleMatrix.zeros(13, n);
        Gemm.gemm(1d, clean.a(), clean.b(), 0d, zeros);
        assertArrayEquals(zeros.array(), dirty.array(), product::toString);
      }
    }
  }

  private static DoubleMatrix filled(int rows, int columns, double value) {
    DoubleMatrix x = DoubleMatrix.zeros(rows, columns);
    Arrays.fill(x.array(), value);
    return x;
  }
}
