package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.testkit.Bits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What normalisations of every row have in common: a matrix X, parameters of each column, and a
 * result of X's shape.
 *
 * <p>{@code copy} of X is the yardstick: it reads and writes each element once.
 */
public abstract class RowNormBenchmark extends OperationBenchmark {
  /** Rows and columns; of three extents the last is that of the columns. */
  @Param({"256x1024", "64x256", "1024x1024", "4096x1024", "128x64x784"})
  public String shape;

  int m;
  int n;
  float[] x;
  float[] gamma;
  float[] beta;
  float[] y;
  float[][] xRows;
  float[][] yRows;
  FloatMatrix xView;
  FloatMatrix yView;
  FloatSpan gammaView;
  FloatSpan betaView;
  PeerOperation peer;

  /** For subclasses. */
  RowNormBenchmark() {}

  /** Checks the result; a copy has the very bits. */
  @Override
  public final void prepare(String method) {
    Shape extents = Shape.parse(shape, 2, 3);
    n = extents.extents().getLast();
    m = Math.toIntExact(extents.size() / n);
    x = normal(1, m * n, 0.5, 1);
    gamma = normal(2, n, 1, 0.1);
    beta = normal(3, n, 0, 0.1);
    y = new float[m * n];
    xRows = rows(x, m, n);
    yRows = rows(y, m, n);
    xView = FloatMatrix.of(x, m, n);
    yView = FloatMatrix.of(y, m, n);
    gammaView = FloatSpan.of(gamma);
    betaView = FloatSpan.of(beta);
    openWorkers(method);
    prepareOperands();
    peer = peer(method);
    run(method);
    peer.fetch();
    if (method.equals("copy")) {
      Bits.assertEqual(label(method), y, x, "shape=" + shape);
    } else {
      check(method);
    }
  }

  /** What one operation alone needs. */
  abstract void prepareOperands();

  /** The peer's operation, if there is one. */
  PeerOperation peer(String method) {
    return PeerOperation.NONE;
  }

  /** Compares what a method has computed with the oracle. */
  abstract void check(String method);

  /** {@code System.arraycopy} of X to Y. */
  @Benchmark
  public void copy() {
    System.arraycopy(x, 0, y, 0, x.length);
  }
}
