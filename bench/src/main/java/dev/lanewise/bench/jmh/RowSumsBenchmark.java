package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.Reduction;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.oracle.RowSumsOracle;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The sum of every row.
 *
 * <p>What would fool it: {@code naive} adds in the order of the elements, each sum waiting for the
 * last one, so that a ratio to it is that of the latency of an addition as much as of vectors.
 *
 * <p>No {@code autovec}: C2 in JDK 25 vectorises no sum of floats, whose order it keeps.
 */
public class RowSumsBenchmark extends ReduceBenchmark {
  /** Of {@link Reduction#SUM}. */
  public RowSumsBenchmark() {
    super(Reduction.SUM);
  }

  @Override
  double[] expected(double[] elements) {
    return RowSumsOracle.sums(m, n, elements);
  }

  /** gamma_n·Σ|x|. */
  @Override
  Bound bound(double[] elements) {
    return Bound.gamma(n, RowSumsOracle.magnitude(m, n, elements));
  }

  /** Row by row, element by element. */
  @Benchmark
  public void naive() {
    naive(m, n, x, results);
  }

  private static void naive(int m, int n, float[] x, float[] sums) {
    for (int i = 0; i < m; i++) {
      float sum = 0;
      for (int j = 0; j < n; j++) {
        sum += x[i * n + j];
      }
      sums[i] = sum;
    }
  }
}
