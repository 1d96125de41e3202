package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The product of doubles against its statement; what lies around C keeps its bits too. */
@EveryFork
class GemmDoubleBitsTest {
  /** Makes doubles of floats that no float holds. */
  private static final double FINER = 1 + 0x1p-40;

  @Property(tries = 400)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    check(p, layouts, values, alpha, beta, seed);
  }

  @Property(tries = 50)
  void blockEdges(
      @ForAll(supplier = Cases.BlockEdges.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    check(p, layouts, Values.ORDINARY, alpha, beta, seed);
  }

  @Property(tries = 12)
  void largeProducts(
      @ForAll(supplier = Cases.LargeProducts.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    check(p, layouts, Values.ORDINARY, 1, beta, seed);
  }

  @Property(tries = 200)
  void singleColumn(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    check(new Cases.Product(a.m(), 1, a.n()), layouts, values, alpha, beta, seed);
  }

  @Property(tries = 40)
  void singleLongColumn(
      @ForAll(supplier = Cases.LongColumns.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    check(new Cases.Product(a.m(), 1, a.n()), layouts, Values.WIDE, 1, 0, seed);
  }

  @Example
  void severalThreads() {
    Cases.Product p = new Cases.Product(Scale.of(101, 3), 1121, Scale.of(400, 470));
    DoubleMatrix[] x = operands(p, List.of(Layout.DENSE), Values.ORDINARY, 5);
    DoubleMatrix alone = copy(x[2]);
    Gemm.gemm(1.5, x[0], x[1], 0, alone);
    for (int threads : new int[] {2, 3, 7}) {
      try (Workers workers = Workers.of(threads)) {
        DoubleMatrix shared = copy(x[2]);
        Gemm.gemm(1.5, x[0], x[1], 0, shared, workers);
        assertArrayEquals(bits(alone), bits(shared), "threads " + threads);
      }
    }
  }

  /** Row i of C is the product of row i of A alone. */
  @Example
  void rowsKnowNothingOfEachOther() {
    DoubleMatrix[] x =
        operands(new Cases.Product(23, 37, 41), List.of(Layout.PADDED), Values.ORDINARY, 9);
    Gemm.gemm(1, x[0], x[1], 0, x[2]);
    for (int i = 0; i < 23; i++) {
      DoubleMatrix row = DoubleMatrix.zeros(1, 37);
      Gemm.gemm(1, x[0].rows(i, i + 1), x[1], 0, row);
      for (int j = 0; j < 37; j++) {
        assertEquals(x[2].get(i, j), row.get(0, j), "row " + i);
      }
    }
  }

  /** Fused, -1e-200·1e-200 + 0 is -0; a term of zero from padding k would make it +0, or NaN. */
  @Example
  void nothingPadsTheDepth() {
    for (int k = 1; k <= 9; k++) {
      DoubleMatrix c = filled(1, 2, Double.NaN);
      Gemm.gemm(1, filled(1, k, -1e-200), filled(k, 2, 1e-200), 0, c);
      assertEquals(-0.0, c.get(0, 1), "k=" + k);
      DoubleMatrix d = filled(5, 5, Double.NaN);
      Gemm.gemm(1, filled(5, k, Double.POSITIVE_INFINITY), filled(k, 5, 2), 0, d);
      assertEquals(Double.POSITIVE_INFINITY, d.get(4, 4), "k=" + k);
    }
  }

  private static void check(
      Cases.Product p, List<Layout> layouts, Values values, double alpha, double beta, long seed) {
    DoubleMatrix[] x = operands(p, layouts, values, seed);
    DoubleMatrix expected = copy(x[2]);
    state(alpha, x[0], x[1], beta, expected);
    Gemm.gemm(alpha, x[0], x[1], beta, x[2]);
    String context = "%s %s %s alpha=%s beta=%s".formatted(p, layouts, values, alpha, beta);
    assertArrayEquals(bits(expected), bits(x[2]), context);
  }

  private static void state(
      double alpha, DoubleMatrix a, DoubleMatrix b, double beta, DoubleMatrix c) {
    int k = alpha == 0 ? 0 : a.columns();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double sum = beta == 0 ? 0 : beta * c.get(i, j);
        if (c.columns() == 1 && k > 0) {
          sum += dot(alpha, a, i, b, 0, (k + 4095) / 4096);
        } else {
          for (int p = 0; p < k; p++) {
            sum = Math.fma(alpha * a.get(i, p), b.get(p, j), sum);
          }
        }
        c.set(i, j, sum);
      }
    }
  }

  /** So many blocks of 4096 elements, from one on: halves of a power of two fold by index. */
  private static double dot(
      double alpha, DoubleMatrix a, int i, DoubleMatrix b, int first, int blocks) {
    if (blocks > 1) {
      int left = Integer.highestOneBit(blocks - 1);
      return dot(alpha, a, i, b, first, left) + dot(alpha, a, i, b, first + left, blocks - left);
    }
    double[] lanes = new double[32];
    for (int p = 4096 * first; p < Math.min(a.columns(), 4096 * (first + 1)); p++) {
      lanes[p % 32] = Math.fma(alpha * a.get(i, p), b.get(p, 0), lanes[p % 32]);
    }
    for (int half = 16; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }

  private static DoubleMatrix[] operands(
      Cases.Product p, List<Layout> layouts, Values values, long seed) {
    FloatMatrix[] floats =
        Subjects.gemm(p.m(), p.n(), p.k(), 1, 0).create(layouts, values, new Mix(seed));
    return Arrays.stream(floats).map(GemmDoubleBitsTest::widen).toArray(DoubleMatrix[]::new);
  }

  private static DoubleMatrix widen(FloatMatrix x) {
    double[] array = new double[x.array().length];
    for (int i = 0; i < array.length; i++) {
      array[i] = FINER * x.array()[i];
    }
    return view(array, x);
  }

  private static DoubleMatrix view(double[] array, FloatMatrix x) {
    return DoubleMatrix.of(
        array, x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  private static DoubleMatrix copy(DoubleMatrix x) {
    return DoubleMatrix.of(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  private static DoubleMatrix filled(int rows, int columns, double value) {
    DoubleMatrix x = DoubleMatrix.zeros(rows, columns);
    Arrays.fill(x.array(), value);
    return x;
  }

  private static long[] bits(DoubleMatrix x) {
    return Arrays.stream(x.array()).mapToLong(Double::doubleToLongBits).toArray();
  }
}
