package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The product against its definition and its statement: tiles, blocks, single columns, factors. */
@EveryFork
class GemmBitsTest {
  @Property(tries = 400)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Agreement.check(Subjects.gemm(p.m(), p.n(), p.k(), alpha, beta), layouts, values, seed);
  }

  @Property(tries = 50)
  void blockEdges(
      @ForAll(supplier = Cases.BlockEdges.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Subject gemm = Subjects.gemm(p.m(), p.n(), p.k(), alpha, beta);
    Agreement.check(gemm, layouts, Values.ORDINARY, seed);
  }

  @Property(tries = 16)
  void largeProducts(
      @ForAll(supplier = Cases.LargeProducts.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    if (Scale.leavesOut(seed)) {
      return;
    }
    Subject gemm = Subjects.gemm(p.m(), p.n(), p.k(), alpha, beta);
    Agreement.check(gemm, layouts, Values.ORDINARY, seed);
  }

  /** Nothing but m·k elements of A and k of B: the row reduction over k. */
  @Property
  void singleColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Agreement.check(Subjects.gemm(a.m(), 1, a.n(), alpha, beta), layouts, values, seed);
  }

  @Property(tries = 40)
  void singleLongColumn(
      @ForAll(supplier = Cases.LongColumns.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Subject gemm = Subjects.gemm(a.m(), 1, a.n(), 1f, beta);
    Agreement.check(gemm, layouts, Values.WIDE, seed);
  }

  /** Split by columns, the last part has one, which is no product with a single column. */
  @Example
  void partsOnSeveralThreads() {
    FloatMatrix a = random(Scale.of(49, 2), Scale.of(80, 940), 1);
    FloatMatrix b = random(a.columns(), 1121, 2);
    FloatMatrix alone = FloatMatrix.zeros(a.rows(), b.columns());
    Gemm.gemm(1.5f, a, b, 0f, alone);
    for (int threads = 2; threads <= 3; threads++) {
      try (Workers workers = Workers.of(threads)) {
        FloatMatrix c = FloatMatrix.zeros(a.rows(), b.columns());
        Gemm.gemm(1.5f, a, b, 0f, c, workers);
        assertArrayEquals(alone.array(), c.array(), "threads " + threads);
      }
    }
  }

  private static FloatMatrix random(int rows, int columns, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    for (int i = 0; i < x.array().length; i++) {
      x.array()[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }

  /** Fused, -1e-30·1e-30 + 0 is -0; one more term of zero, from padding k, would make it +0. */
  @Example
  void productsThatUnderflowKeepTheirSign() {
    for (int k = 1; k <= 9; k++) {
      FloatMatrix a = filled(1, k, -1e-30f);
      FloatMatrix b = filled(k, 2, 1e-30f);
      FloatMatrix c = filled(1, 2, Float.NaN);
      Gemm.gemm(1f, a, b, 0f, c);
      assertEquals(-0f, c.get(0, 0), "k=" + k);
      assertEquals(-0f, c.get(0, 1), "k=" + k);
    }
  }

  /** Zero padding of k would meet an infinity in the row or column and give NaN. */
  @Example
  void infinitiesMeetNoPadding() {
    for (int k = 1; k <= 9; k++) {
      FloatMatrix c = FloatMatrix.zeros(5, 5);
      Gemm.gemm(1f, filled(5, k, Float.POSITIVE_INFINITY), filled(k, 5, 2f), 0f, c);
      assertEquals(Float.POSITIVE_INFINITY, c.get(4, 4), "k=" + k);
      Gemm.gemm(1f, filled(5, k, 2f), filled(k, 5, Float.NEGATIVE_INFINITY), 0f, c);
      assertEquals(Float.NEGATIVE_INFINITY, c.get(4, 4), "k=" + k);
    }
  }

  private static FloatMatrix filled(int rows, int columns, float value) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    Arrays.fill(x.array(), value);
    return x;
  }
}
