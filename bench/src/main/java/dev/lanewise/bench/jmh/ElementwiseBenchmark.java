package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * What functions of each element have in common: the shapes, the kernel, its definition, and the
 * copy of the same array, which is the yardstick as it reads and writes each element once.
 *
 * <p>The smaller shape lies in the first two levels of cache, the larger takes 8 MB.
 */
public abstract class ElementwiseBenchmark extends OperationBenchmark {
  /** Rows and columns. */
  @Param({"1x4096", "1x1048576"})
  public String shape;

  float[] x;
  float[] y;
  PeerOperation peer = PeerOperation.NONE;
  private final Activation function;
  private final ActivationOracle oracle;
  private FloatMatrix xView;
  private FloatMatrix yView;

  /** A function and what it is checked with. */
  ElementwiseBenchmark(Activation function, ActivationOracle oracle) {
    this.function = function;
    this.oracle = oracle;
  }

  /** Checks within {@link #bound}; a copy has the very bits. */
  @Override
  public final void prepare(String method) {
    Shape extents = Shape.parse(shape, 2);
    int m = extents.extent(0);
    int n = extents.extent(1);
    x = arguments(m * n);
    y = new float[m * n];
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    openWorkers(method);
    peer = peer(method);
    run(method);
    peer.fetch();
    String context = "shape=" + shape;
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), y, x, context);
    } else {
      new Accuracy(label(method))
          .check(y, oracle.forward(Elements.widen(x)), bound(method), context);
    }
  }

  /** Normal deviates of deviation 3, as logits and sums of a layer may be. */
  float[] arguments(int length) {
    return normal(1, length, 0, 3);
  }

  /** 4 ulps, which all implementations keep. */
  Bound bound(String method) {
    return Bound.ulps(4);
  }

  /** The peer that a method measures. */
  PeerOperation peer(String method) {
    return PeerOperation.NONE;
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    function.forward(xView, yView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    function.forward(xView, yView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    function.forward(xView, yView);
  }

  /** {@code System.arraycopy} of x to y. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, x.length);
  }
}
