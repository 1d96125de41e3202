package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.Reduction;
import dev.lanewise.testkit.Bound;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The largest element of every row.
 *
 * <p>What would fool it: rows in ascending order, in which every element is a new maximum, so that
 * a branch is never mispredicted and each maximum waits for the last one.
 *
 * <p>No {@code autovec}: C2 in JDK 25 does not vectorise a maximum of floats.
 */
public class RowMaximaBenchmark extends ReduceBenchmark {
  /** Of {@link Reduction#MAX}. */
  public RowMaximaBenchmark() {
    super(Reduction.MAX);
  }

  @Override
  double[] expected(double[] elements) {
    double[] maxima = new double[m];
    for (int i = 0; i < m; i++) {
      maxima[i] = Arrays.stream(elements, i * n, (i + 1) * n).max().orElseThrow();
    }
    return maxima;
  }

  /** A maximum is exact. */
  @Override
  Bound bound(double[] elements) {
    return Bound.absolute(0);
  }

  /** Row by row, element by element. */
  @Benchmark
  public void naive() {
    naive(m, n, x, results);
  }

  private static void naive(int m, int n, float[] x, float[] maxima) {
    for (int i = 0; i < m; i++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, x[i * n + j]);
      }
      maxima[i] = max;
    }
  }
}
