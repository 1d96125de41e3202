package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * Layer normalisation: mean and variance of every row, and the normalised matrix.
 *
 * <p>What would fool it: rows short enough that the call, not the loop, is measured; or statistics
 * by E[x²] - E[x]², which are cheap and wrong for a mean far from 0.
 *
 * <p>{@code autovec}: both loops over a row are vectorised; moments take one pass, of x less the
 * row's first element, in the chains of {@link AutovecRow#moments}. Of {@code naive} the last loop
 * is not, as C2 in JDK 25 cannot tell apart the offsets of flat matrix and column array; of the
 * variance it vectorises the squares and adds them one after the other.
 */
public class LayerNormBenchmark extends RowNormBenchmark {
  private static final float EPS = 1e-5f;

  private float[] sums;
  private float[] squares;
  private LayerNorm norm;

  @Override
  void prepareOperands() {
    sums = new float[n];
    squares = new float[n];
    norm = new LayerNorm(gammaView, betaView, EPS);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.layerNorm(method, m, n, x, gamma, beta, EPS, y);
  }

  /**
   * Within 8·gamma_r·(|gamma|·(|x| + Σ|x|/n) / sqrt(variance + eps) + |beta|), r the roundings; the
   * 8 is for a variance whose terms are taken from the first element instead of the mean.
   */
  @Override
  void check(String method) {
    double[] wide = Elements.widen(x);
    double[] variance = LayerNormOracle.variance(m, n, wide);
    double[] magnitude = new double[m * n];
    for (int i = 0; i < m; i++) {
      double size = 0;
      for (int j = 0; j < n; j++) {
        size += Math.abs(wide[i * n + j]) / n;
      }
      for (int j = 0; j < n; j++) {
        magnitude[i * n + j] =
            Math.abs(gamma[j]) * (Math.abs(wide[i * n + j]) + size) / Math.sqrt(variance[i] + EPS)
                + Math.abs(beta[j]);
      }
    }
    new Accuracy(label(method))
        .check(
            m,
            n,
            result(method, y, yRows),
            LayerNormOracle.forward(m, n, wide, Elements.widen(gamma), Elements.widen(beta), EPS),
            Bound.gamma(roundings(n) + 16, magnitude).times(8),
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

  /** Per row a loop for the mean, one for the variance, one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, gamma, beta, y);
  }

  private static void naive(int m, int n, float[] x, float[] gamma, float[] beta, float[] y) {
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float sum = 0;
      for (int j = 0; j < n; j++) {
        sum += x[row + j];
      }
      float mean = sum / n;
      float squares = 0;
      for (int j = 0; j < n; j++) {
        float deviation = x[row + j] - mean;
        squares += deviation * deviation;
      }
      float inverse = 1 / (float) Math.sqrt(squares / n + EPS);
      for (int j = 0; j < n; j++) {
        y[row + j] = gamma[j] * ((x[row + j] - mean) * inverse) + beta[j];
      }
    }
  }

  /** Rows of their own; both moments in one pass. */
  @Benchmark
  public void autovec() {
    autovec(xRows, gamma, beta, sums, squares, yRows);
  }

  private static void autovec(
      float[][] x, float[] gamma, float[] beta, float[] sums, float[] squares, float[][] y) {
    int n = gamma.length;
    for (int i = 0; i < x.length; i++) {
      float pivot = x[i][0];
      AutovecRow.moments(x[i], pivot, sums, squares);
      float shift = AutovecRow.sumOfChains(sums) / n;
      float variance = Math.max(AutovecRow.sumOfChains(squares) / n - shift * shift, 0);
      float inverse = 1 / (float) Math.sqrt(variance + EPS);
      normalise(x[i], pivot + shift, inverse, gamma, beta, y[i]);
    }
  }

  private static void normalise(
      float[] x, float mean, float inverse, float[] gamma, float[] beta, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] = gamma[j] * ((x[j] - mean) * inverse) + beta[j];
    }
  }
}
