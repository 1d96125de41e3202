package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * The sum of every column, such as the gradient of a bias.
 *
 * <p>Nothing but n sums is written, so a figure may be above the bandwidth of a copy. What would
 * fool it: a naive form that walks down the columns of a row-major matrix.
 *
 * <p>{@code autovec}: the loop over a row is vectorised; that of {@code naive} is not, as C2 in JDK
 * 25 cannot tell apart the offsets of flat matrix and sums.
 */
public class ColumnSumsBenchmark extends OperationBenchmark {
  /** Rows and columns. */
  @Param("256x1024")
  public String shape;

  private int m;
  private int n;
  private float[] x;
  private float[] sums;
  private float[][] xRows;
  private FloatMatrix xView;
  private FloatSpan sumsView;

  /** Checks within gamma_m·Σ|x|. */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0.5, 1);
    sums = new float[n];
    xRows = rows(x, m, n);
    xView = FloatMatrix.of(x, m, n);
    sumsView = FloatSpan.of(sums);
    run(method);
    double[] terms = Elements.widen(x);
    new Accuracy(label(method))
        .check(
            sums,
            ColumnSumsOracle.sums(m, n, terms),
            Bound.gamma(m, ColumnSumsOracle.magnitude(m, n, terms)),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Reduce.columns(Reduction.SUM, xView, sumsView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Reduce.columns(Reduction.SUM, xView, sumsView);
  }

  /** Row by row. */
  @Benchmark
  public void naive() {
    naive(m, n, x, sums);
  }

  private static void naive(int m, int n, float[] x, float[] sums) {
    Arrays.fill(sums, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        sums[j] += x[i * n + j];
      }
    }
  }

  /** Row by row, on rows of their own. */
  @Benchmark
  public void autovec() {
    autovec(xRows, sums);
  }

  private static void autovec(float[][] x, float[] sums) {
    Arrays.fill(sums, 0);
    for (float[] row : x) {
      addRow(row, sums);
    }
  }

  private static void addRow(float[] row, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += row[j];
    }
  }
}
