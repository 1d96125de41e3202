package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * RMS normalisation: every row by the root of its mean square.
 *
 * <p>What would fool it: rows short enough that the call, not the loop, is measured.
 *
 * <p>{@code autovec}: both loops over a row are vectorised; squares are summed in the chains of
 * {@link AutovecRow#squares}. Of {@code naive} the last loop is not, as C2 in JDK 25 cannot tell
 * apart the offsets of flat matrix and column array; of the first it vectorises the squares and
 * adds them one after the other.
 */
public class RmsNormBenchmark extends RowNormBenchmark {
  private static final float EPS = 1e-6f;

  private float[] squares;
  private RmsNorm norm;

  @Override
  void prepareOperands() {
    squares = new float[n];
    norm = new RmsNorm(gammaView, EPS);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.rmsNorm(method, m, n, x, gamma, EPS, y);
  }

  /** Within gamma_r·|y|, r the roundings: no term cancels another. */
  @Override
  void check(String method) {
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            RmsNormOracle.forward(m, n, Elements.widen(x), Elements.widen(gamma), EPS),
            Bound.relative(Bound.gamma(roundings(n) + 16)),
            "shape=" + shape);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.forward(xView, yView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.forward(xView, yView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.forward(xView, yView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** Per row a loop for the squares and one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, gamma, y);
  }

  private static void naive(int m, int n, float[] x, float[] gamma, float[] y) {
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float squares = 0;
      for (int j = 0; j < n; j++) {
        squares += x[row + j] * x[row + j];
      }
      float inverse = 1 / (float) Math.sqrt(squares / n + EPS);
      for (int j = 0; j < n; j++) {
        y[row + j] = gamma[j] * (x[row + j] * inverse);
      }
    }
  }

  /** Rows of their own. */
  @Benchmark
  public void autovec() {
    autovec(xRows, gamma, squares, yRows);
  }

  private static void autovec(float[][] x, float[] gamma, float[] squares, float[][] y) {
    for (int i = 0; i < x.length; i++) {
      AutovecRow.squares(x[i], squares);
      float meanSquare = AutovecRow.sumOfChains(squares) / squares.length;
      scale(x[i], 1 / (float) Math.sqrt(meanSquare + EPS), gamma, y[i]);
    }
  }

  private static void scale(float[] x, float inverse, float[] gamma, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = gamma[j] * (x[j] * inverse);
    }
  }
}
