package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.RmsNormOracle;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * The backward pass of RMS normalisation: dx and dgamma from dy and x.
 *
 * <p>What would fool it: rows short enough that the call, not the loop, is measured; or xhat kept
 * from the forward pass, which saves arithmetic and costs a matrix of memory.
 *
 * <p>{@code autovec}: rows of their own, a loop for each thing that is computed, and sums in the
 * chains of {@link AutovecRow}. Of {@code naive}, whose flat matrices and column arrays C2 in JDK
 * 25 cannot tell apart, see {@link RmsNormBenchmark}. There is no {@code onednn}: of 3.11 dx is
 * gamma·dy·inverse alone, without the row's sum.
 */
public class RmsNormBackwardBenchmark extends RowNormBackwardBenchmark {
  private static final float EPS = 1e-6f;

  private RmsNorm norm;

  @Override
  void prepareOperands() {
    super.prepareOperands();
    norm = new RmsNorm(gammaView, EPS);
  }

  @Override
  void check(String method) {
    double[] wide = Elements.widen(x);
    double[] d = Elements.widen(dy);
    double[] roots = new double[m];
    for (int i = 0; i < m * n; i++) {
      roots[i / n] += wide[i] * wide[i] / n;
    }
    Arrays.setAll(roots, i -> Math.sqrt(roots[i] + EPS));
    check(
        method,
        new double[m],
        roots,
        RmsNormOracle.dx(m, n, wide, Elements.widen(gamma), EPS, d),
        RmsNormOracle.dgamma(m, n, wide, EPS, d));
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    norm.backward(xView, dyView, yView, dgammaView);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    norm.backward(xView, dyView, yView, dgammaView, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    norm.backward(xView, dyView, yView, dgammaView);
  }

  /** Per row a loop for the squares, one for both sums and one for the result. */
  @Benchmark
  public void naive() {
    naive(m, n, x, dy, gamma, y, dgamma);
  }

  private static void naive(
      int m, int n, float[] x, float[] dy, float[] gamma, float[] dx, float[] dgamma) {
    Arrays.fill(dgamma, 0);
    for (int i = 0; i < m; i++) {
      int row = i * n;
      float squares = 0;
      for (int j = 0; j < n; j++) {
        squares += x[row + j] * x[row + j];
      }
      float inverse = 1 / (float) Math.sqrt(squares / n + EPS);
      float product = 0;
      for (int j = 0; j < n; j++) {
        float xhat = x[row + j] * inverse;
        product += gamma[j] * dy[row + j] * xhat;
        dgamma[j] += dy[row + j] * xhat;
      }
      for (int j = 0; j < n; j++) {
        float xhat = x[row + j] * inverse;
        dx[row + j] = inverse * (gamma[j] * dy[row + j] - xhat * (product / n));
      }
    }
  }

  /** Rows of their own; sums in chains. */
  @Benchmark
  public void autovec() {
    Arrays.fill(dgamma, 0);
    for (int i = 0; i < m; i++) {
      autovec(xRows[i], dyRows[i], yRows[i]);
    }
  }

  private void autovec(float[] x, float[] dy, float[] dx) {
    AutovecRow.squares(x, products);
    float inverse = 1 / (float) Math.sqrt(AutovecRow.sumOfChains(products) / n + EPS);
    normalise(x, inverse, gamma, dy, xhat, g);
    AutovecRow.products(g, xhat, products);
    addGradient(dy, xhat, dgamma);
    gradient(g, xhat, AutovecRow.sumOfChains(products) / n, inverse, dx);
  }

  private static void normalise(
      float[] x, float inverse, float[] gamma, float[] dy, float[] xhat, float[] g) {
    for (int j = 0; j < xhat.length; j++) {
      xhat[j] = x[j] * inverse;
      g[j] = gamma[j] * dy[j];
    }
  }

  private static void addGradient(float[] dy, float[] xhat, float[] dgamma) {
    for (int j = 0; j < dgamma.length; j++) {
      dgamma[j] += dy[j] * xhat[j];
    }
  }

  private static void gradient(float[] g, float[] xhat, float slope, float inverse, float[] dx) {
    for (int j = 0; j < dx.length; j++) {
      dx[j] = inverse * (g[j] - xhat[j] * slope);
    }
  }
}
