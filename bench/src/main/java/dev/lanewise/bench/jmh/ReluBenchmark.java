package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * ReLU of a matrix.
 *
 * <p>What would fool it: the same loop with {@code x < 0 ? 0 : x} is some forty times slower on
 * random signs, because C2 makes a branch of it that is mispredicted every other time, and a ratio
 * to it would flatter; on elements of one sign it would be fast.
 *
 * <p>No {@code autovec}: C2 vectorises {@code naive}.
 */
public class ReluBenchmark extends OperationBenchmark {
  /** Rows and columns. */
  @Param("256x1024")
  public String shape;

  private float[] x;
  private float[] y;
  private FloatMatrix xView;
  private FloatMatrix yView;

  /** Checks that the result is exact, up to the sign of zero. */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    int m = extents.extent(0);
    int n = extents.extent(1);
    x = normal(1, m * n, 0, 1);
    y = new float[m * n];
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    run(method);
    new Accuracy(label(method))
        .check(
            y,
            ActivationOracle.RELU.forward(Elements.widen(x)),
            Bound.absolute(0),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Activation.RELU.forward(xView, yView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Activation.RELU.forward(xView, yView);
  }

  /** One loop of max(x, 0). */
  @Benchmark
  public void naive() {
    naive(x, y);
  }

  private static void naive(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }
}
