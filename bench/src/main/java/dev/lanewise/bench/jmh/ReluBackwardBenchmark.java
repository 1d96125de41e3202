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
 * The backward pass of ReLU: dx = dy where x is positive, 0 elsewhere.
 *
 * <p>What would fool it: elements of one sign, or sorted ones, for which the branch in {@code
 * naive} is predicted; at random signs it is mispredicted every other time, as it is on real
 * activations.
 *
 * <p>{@code autovec}: {@code Math.signum} and {@code Math.max} take the place of the branch, and
 * the loop is vectorised; it holds for finite operands.
 */
public class ReluBackwardBenchmark extends OperationBenchmark {
  /** Rows and columns. */
  @Param("256x1024")
  public String shape;

  private float[] x;
  private float[] dy;
  private float[] dx;
  private FloatMatrix xView;
  private FloatMatrix dyView;
  private FloatMatrix dxView;

  /** Checks that the result is exact, up to the sign of zero. */
  @Override
  public void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    int m = extents.extent(0);
    int n = extents.extent(1);
    x = normal(1, m * n, 0, 1);
    dy = normal(2, m * n, 0, 1);
    dx = new float[m * n];
    xView = FloatMatrix.of(x, m, n);
    dyView = FloatMatrix.of(dy, m, n);
    dxView = FloatMatrix.of(dx, m, n);
    run(method);
    new Accuracy(label(method))
        .check(
            dx,
            ActivationOracle.RELU.backward(Elements.widen(x), Elements.widen(dy)),
            Bound.absolute(0),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Activation.RELU.backward(xView, dyView, dxView);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Activation.RELU.backward(xView, dyView, dxView);
  }

  /** One loop with a condition. */
  @Benchmark
  public void naive() {
    naive(x, dy, dx);
  }

  private static void naive(float[] x, float[] dy, float[] dx) {
    for (int i = 0; i < dx.length; i++) {
      dx[i] = x[i] > 0 ? dy[i] : 0;
    }
  }

  /** One loop without a branch. */
  @Benchmark
  public void autovec() {
    autovec(x, dy, dx);
  }

  private static void autovec(float[] x, float[] dy, float[] dx) {
    for (int i = 0; i < dx.length; i++) {
      dx[i] = Math.signum(Math.max(x[i], 0)) * dy[i];
    }
  }
}
