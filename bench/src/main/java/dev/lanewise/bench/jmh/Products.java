package dev.lanewise.bench.jmh;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.Freivalds;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Operands of products, and checks of C = A·B for A M×K and B K×N that take far less time than
 * naive products: Freivalds' test of every row, which is exact for integers, and a few rows of
 * other values within the bound of their rounding errors.
 */
final class Products {
  /** For operands; the next one is that of B. */
  static final long SEED = 42;

  private Products() {}

  /** From -2 to 2. */
  static float[] integers(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(-2, 3);
    }
    return values;
  }

  static float[] transpose(float[] x, int rows, int columns) {
    float[] transposed = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      transposed[i % columns * rows + i / columns] = x[i];
    }
    return transposed;
  }

  static double[] transpose(double[] x, int rows, int columns) {
    double[] transposed = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      transposed[i % columns * rows + i / columns] = x[i];
    }
    return transposed;
  }

  /** A copy with an array for each row. */
  static double[][] rows(double[] flat, int columns) {
    return IntStream.range(0, flat.length / columns)
        .mapToObj(i -> Arrays.copyOfRange(flat, i * columns, (i + 1) * columns))
        .toArray(double[][]::new);
  }

  /** Every row of A·B plus a bias, or of A·B where the bias is null; all are small integers. */
  static void checkIntegers(
      String name, int m, int k, int n, float[] a, float[] b, float[] bias, Elements result) {
    Freivalds.check(
        name,
        m,
        n,
        k,
        1,
        Elements.widen(a),
        Elements.widen(b),
        bias == null ? 0 : 1,
        bias == null ? null : repeat(bias, m),
        result,
        SEED);
  }

  /** Some rows of A·B, or of max(A·B + bias, 0), within {@link GemmOracle#errorBound}. */
  static void checkRows(
      String name,
      int m,
      int k,
      int n,
      float[] a,
      float[] b,
      float[] bias,
      Elements result,
      String context) {
    Accuracy accuracy = new Accuracy(name);
    double[] right = Elements.widen(b);
    int beta = bias == null ? 0 : 1;
    double[] summand = bias == null ? null : Elements.widen(bias);
    for (int row : samples(m)) {
      double[] left = Elements.widen(1, k, (i, j) -> a[row * k + j]);
      double[] expected = GemmOracle.gemm(1, n, k, 1, left, right, beta, summand);
      // The bound stays: max moves no two values apart.
      accuracy.check(
          1,
          n,
          (i, j) -> result.at(row, j),
          bias == null ? expected : Arrays.stream(expected).map(x -> Math.max(x, 0)).toArray(),
          Bound.componentwise(GemmOracle.errorBound(1, n, k, 1, left, right, beta, summand)),
          context + " row=" + row);
    }
  }

  /** Every row of A·B in double; all are small integers. */
  static void checkIntegers(String name, int m, int k, int n, double[] a, double[] b, double[] c) {
    for (int i = 0; i < c.length; i++) {
      // Negated, so that a NaN fails.
      if (!(c[i] == (float) c[i] && c[i] == Math.rint(c[i]))) {
        throw new AssertionError("%s: element %d is %s, no integer".formatted(name, i, c[i]));
      }
    }
    Freivalds.check(name, m, n, k, 1, a, b, 0, null, (i, j) -> (float) c[i * n + j], SEED);
  }

  /**
   * Some elements of A·B in double against the exact ones, within gamma_(k+2)·|A|·|B| for u =
   * 2^-53.
   */
  static void checkElements(
      String name, int m, int k, int n, double[] a, double[] b, double[] c, String context) {
    double gamma = (k + 2) * 0x1p-53 / (1 - (k + 2) * 0x1p-53);
    for (int row : samples(m)) {
      double[] left = Arrays.copyOfRange(a, row * k, (row + 1) * k);
      for (int column : samples(n)) {
        double[] right = new double[k];
        Arrays.setAll(right, p -> b[p * n + column]);
        BigDecimal exact = GemmOracle.exact(0, 0, 1, 1, k, 1, left, right, 0, null);
        double actual = c[row * n + column];
        double error =
            Double.isFinite(actual)
                ? exact.subtract(new BigDecimal(actual)).abs().doubleValue()
                : Double.POSITIVE_INFINITY;
        double bound = gamma * GemmOracle.magnitude(1, 1, k, 1, left, right, 0, null)[0];
        if (error > bound) {
          throw new AssertionError(
              "%s: row %d, column %d: expected %s, actual %s, error %s, bound %s; %s"
                  .formatted(
                      name, row, column, exact.doubleValue(), actual, error, bound, context));
        }
      }
    }
  }

  private static int[] samples(int extent) {
    return new int[] {0, extent / 3, 2 * extent / 3, extent - 1};
  }

  private static double[] repeat(float[] row, int rows) {
    return Elements.widen(rows, row.length, (i, j) -> row[j]);
  }
}
