package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.LayerNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * The backward pass of layer normalisation: dx, dgamma and dbeta from dy and x.
 *
 * <p>What would fool it: rows short enough that the call, not the loop, is measured; or xhat kept
 * from the forward pass, which saves arithmetic and costs a matrix of memory.
 *
 * <p>{@code autovec}: rows of their own, a loop for each thing that is computed, and sums in the
 * chains of {@link AutovecRow}. Of {@code naive}, whose flat matrices and column arrays C2 in JDK
 * 25 cannot tell apart, see {@link LayerNormBenchmark}.
 */
public class LayerNormBackwardBenchmark extends RowNormBackwardBenchmark {
  private static final float EPS = 1e-5f;

  private float[] dbeta;
  private FloatSpan dbetaView;
  private LayerNorm norm;

  @Override
  void prepareOperands() {
    super.prepareOperands();
    dbeta = new float[n];
    dbetaView = FloatSpan.of(dbeta);
    norm = new LayerNorm(gammaView, betaView, EPS);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.layerNormBackward(method, m, n, x, dy, gamma, EPS, y, dgamma, dbeta);
  }

  @Override
  void check(String method) {
    double[] wide = Elements.widen(x);
    double[] d = Elements.widen(dy);
    double[] g = Elements.widen(gamma);
    double[] roots = LayerNormOracle.variance(m, n, wide);
    Arrays.setAll(roots, i -> Math.sqrt(roots[i] + EPS));
    double[] magnitude = new double[n];
    for (int i = 0; i < m * n; i++) {
      magnitude[i % n] += Math.abs(d[i]);
    }
    new Accuracy(label(method) + " dbeta")
        .check(
            dbeta,
            LayerNormOracle.dbeta(m, n, d),
            Bound.gamma(roundings(m) + 4, magnitude),
            "shape=" + shape);
    check(
        method,
        meanSizes(),
        roots,
        LayerNormOracle.dx(m, n, wide, g, EPS, d),
        LayerNormOracle.dgamma(m, n, wide, EPS, d));
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.backward(xView, dyView, yView, dgammaView, dbetaView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.backward(xView, dyView, yView, dgammaView, dbetaView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.backward(xView, dyView, yView, dgammaView, dbetaView);
  }

  /** oneDNN on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void onednn() {
    peer.run();
  }

  /** Per row a loop for the mean, one for the variance, one for all sums, one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, dy, gamma, y, dgamma, dbeta);
  }

  private static void naive(
      int m,
      int n,
      float[] x,
      float[] dy,
      float[] gamma,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float mean = 0;
      for (int j = 0; j < n; j++) {
        mean += x[row + j];
      }
      mean /= n;
      float squares = 0;
      for (int j = 0; j < n; j++) {
        float deviation = x[row + j] - mean;
        squares += deviation * deviation;
      }
      float inverse = 1 / (float) Math.sqrt(squares / n + EPS);
      float sum = 0;
      float product = 0;
      for (int j = 0; j < n; j++) {
        float xhat = (x[row + j] - mean) * inverse;
        float g = gamma[j] * dy[row + j];
        sum += g;
        product += g * xhat;
        dgamma[j] += dy[row + j] * xhat;
        dbeta[j] += dy[row + j];
      }
      for (int j = 0; j < n; j++) {
        float xhat = (x[row + j] - mean) * inverse;
        dx[row + j] = inverse * (gamma[j] * dy[row + j] - sum / n - xhat * (product / n));
      }
    }
  }

  /** Rows of their own; sums in chains. */
  @Benchmark
  public void autovec() {
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int i = 0; i < m; i++) {
      autovec(xRows[i], dyRows[i], yRows[i]);
    }
  }

  private void autovec(float[] x, float[] dy, float[] dx) {
    float pivot = x[0];
    AutovecRow.moments(x, pivot, sums, products);
    float shift = AutovecRow.sumOfChains(sums) / n;
    float variance = Math.max(AutovecRow.sumOfChains(products) / n - shift * shift, 0);
    float inverse = 1 / (float) Math.sqrt(variance + EPS);
    normalise(x, pivot + shift, inverse, xhat);
    multiply(gamma, dy, g);
    AutovecRow.sums(g, sums);
    float mean = AutovecRow.sumOfChains(sums) / n;
    AutovecRow.products(g, xhat, products);
    float slope = AutovecRow.sumOfChains(products) / n;
    addGradients(dy, xhat, dgamma, dbeta);
    gradient(g, xhat, mean, slope, inverse, dx);
  }

  private static void normalise(float[] x, float mean, float inverse, float[] xhat) {
    for (int j = 0; j < xhat.length; j++) {
      xhat[j] = (x[j] - mean) * inverse;
    }
  }

  private static void multiply(float[] x, float[] y, float[] z) {
    for (int j = 0; j < z.length; j++) {
      z[j] = x[j] * y[j];
    }
  }

  private static void addGradients(float[] dy, float[] xhat, float[] dgamma, float[] dbeta) {
    for (int j = 0; j < dgamma.length; j++) {
      dgamma[j] += dy[j] * xhat[j];
      dbeta[j] += dy[j];
    }
  }

  private static void gradient(
      float[] g, float[] xhat, float mean, float slope, float inverse, float[] dx) {
    for (int j = 0; j < dx.length; j++) {
      dx[j] = inverse * (g[j] - mean - xhat[j] * slope);
    }
  }
}
