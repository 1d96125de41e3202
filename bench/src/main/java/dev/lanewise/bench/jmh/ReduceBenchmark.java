package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * What reductions of every row have in common: the shapes, the kernel and its definition.
 *
 * <p>Nothing but m results is written, so a figure may be above the bandwidth of a copy.
 */
public abstract class ReduceBenchmark extends OperationBenchmark {
  /** Rows and columns. */
  @Param({"256x1000", "64x10", "64x32000", "256x100", "4096x1000"})
  public String shape;

  int m;
  int n;
  float[] x;
  float[] results;
  private final Reduction reduction;
  private FloatMatrix xView;
  private FloatSpan resultsView;

  /** What is made of a row. */
  ReduceBenchmark(Reduction reduction) {
    this.reduction = reduction;
  }

  /** Checks within {@link #bound}. */
  @Override
  public final void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    m = extents.extent(0);
    n = extents.extent(1);
    x = normal(1, m * n, 0.5, 1);
    results = new float[m];
    xView = FloatMatrix.of(x, m, n);
    resultsView = FloatSpan.of(results);
    openWorkers(method);
    run(method);
    double[] elements = Elements.widen(x);
    new Accuracy(label(method))
        .check(results, expected(elements), bound(elements), "shape=" + shape);
  }

  /** The exact results. */
  abstract double[] expected(double[] elements);

  /** How far from them a result may lie. */
  abstract Bound bound(double[] elements);

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Reduce.rows(reduction, xView, resultsView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    Reduce.rows(reduction, xView, resultsView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Reduce.rows(reduction, xView, resultsView);
  }
}
