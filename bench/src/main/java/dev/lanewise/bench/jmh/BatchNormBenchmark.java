package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.bench.peer.SampleLayout;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.Elements;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * What the passes of batch normalisation have in common: samples X in either layout, parameters of
 * each feature, and a result of X's shape. The oracle has samples in rows whatever the layout.
 *
 * <p>{@code copy} of X is the yardstick: it reads and writes each element once.
 */
public abstract class BatchNormBenchmark extends OperationBenchmark {
  static final float EPS = 1e-5f;

  /** Samples and features, or N, channels and places. */
  @Param({"256x1024", "64x256", "128x64x784", "1024x1024", "4096x1024"})
  public String shape;

  SampleLayout layout;
  float[] x;
  float[] gamma;
  float[] beta;
  float[] result;
  float[][] xRows;
  float[][] resultRows;
  Samples xView;
  Samples resultView;
  FloatSpan gammaView;
  FloatSpan betaView;
  private PeerOperation peer;

  /** For subclasses. */
  BatchNormBenchmark() {}

  /** Checks the result; a copy has the very bits. */
  @Override
  public final void prepare(String method) {
    layout = layout(Shape.parse(shape, 2, 3));
    x = normal(1, layout.elements(), 0.5, 1);
    gamma = normal(2, layout.features(), 1, 0.1);
    beta = normal(3, layout.features(), 0, 0.1);
    result = new float[x.length];
    xRows = rows(x);
    resultRows = rows(result);
    xView = view(x);
    resultView = view(result);
    gammaView = FloatSpan.of(gamma);
    betaView = FloatSpan.of(beta);
    openWorkers(method);
    prepareOperands();
    peer = peer(method);
    run(method);
    peer.fetch();
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), result, x, "shape=" + shape);
    } else {
      check(method);
    }
  }

  private static SampleLayout layout(Shape shape) {
    return shape.extents().size() == 2
        ? SampleLayout.matrix(shape.extent(0), shape.extent(1))
        : SampleLayout.channelsFirst(shape.extent(0), shape.extent(1), shape.extent(2));
  }

  /** What one pass alone needs. */
  abstract void prepareOperands();

  /** The peer's pass. */
  abstract PeerOperation peer(String method);

  /** Compares what a method has computed with the oracle. */
  abstract void check(String method);

  /** A view in the layout. */
  final Samples view(float[] values) {
    return layout.channelsFirst()
        ? FloatBatch.of(values, layout.size(), layout.features(), layout.places())
        : FloatMatrix.of(values, layout.samples(), layout.features());
  }

  /** A copy with an array for each row of the innermost extent. */
  final float[][] rows(float[] values) {
    return rows(values, values.length / layout.rowLength(), layout.rowLength());
  }

  /** Samples in rows, for the oracle. */
  final double[] wide(float[] values) {
    return Elements.widen(
        layout.samples(), layout.features(), (i, j) -> values[layout.index(i, j)]);
  }

  /** The result with samples in rows. */
  final Elements result(String method) {
    Elements rows = result(method, result, resultRows);
    int length = layout.rowLength();
    return (i, j) -> {
      int index = layout.index(i, j);
      return rows.at(index / length, index % length);
    };
  }

  /** How many roundings the sum over all samples of a feature, and what is done to it, has. */
  final int roundings() {
    return roundings(layout.samples()) + 16;
  }

  /** |x|. */
  static double[] absolute(double[] x) {
    return Arrays.stream(x).map(Math::abs).toArray();
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** {@code System.arraycopy} of X to the result. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, result, 0, x.length);
  }
}
