package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * p ← p - rate·g over all parameters.
 *
 * <p>The gradient stays the same, so parameters move off evenly and stay normal numbers. What would
 * fool it: a gradient that fades, as subnormal numbers are slow on some processors.
 *
 * <p>No {@code autovec}: C2 vectorises {@code naive}.
 */
public class GradientDescentBenchmark extends OperationBenchmark {
  private static final float RATE = 1e-3f;

  /** 1 × parameters. */
  @Param("1x262144")
  public String shape;

  private float[] p;
  private float[] g;
  private FloatSpan pView;
  private FloatSpan gView;

  /** Checks one step within gamma_2·(|p| + |rate·g|). */
  @Override
  public void prepare(String method) {
    int length = Math.toIntExact(Shape.parse(shape, 2).size());
    p = normal(1, length, 0, 1);
    g = normal(2, length, 0, 1);
    pView = FloatSpan.of(p);
    gView = FloatSpan.of(g);
    double[] before = Elements.widen(p);
    double[] magnitude = new double[length];
    for (int i = 0; i < length; i++) {
      magnitude[i] = Math.abs(before[i]) + Math.abs(RATE * (double) g[i]);
    }
    run(method);
    new Accuracy(label(method))
        .check(
            p,
            OptimizerOracle.gradientDescent(RATE)
                .step(1, before, Elements.widen(g), new double[0][]),
            Bound.gamma(2, magnitude),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Update.gradientDescent(pView, gView, RATE);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Update.gradientDescent(pView, gView, RATE);
  }

  /** One loop. */
  @Benchmark
  public void naive() {
    naive(p, g);
  }

  private static void naive(float[] p, float[] g) {
    for (int i = 0; i < p.length; i++) {
      p[i] -= RATE * g[i];
    }
  }
}
