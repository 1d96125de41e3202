package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.Freivalds;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The random check of products: what it admits and what it catches. */
class FreivaldsTest {
  private static final int N = 120;

  private static float[] matrix(int length, DoubleSupplier elements) {
    float[] matrix = new float[length];
    for (int i = 0; i < length; i++) {
      matrix[i] = (float) elements.getAsDouble();
    }
    return matrix;
  }

  private static float[] product(int m, int n, int k, float[] a, float[] b) {
    float[] c = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < n; j++) {
          c[i * n + j] = Math.fma(a[i * k + l], b[l * n + j], c[i * n + j]);
        }
      }
    }
    return c;
  }

  private static double check(float[] a, float[] b, float[] c, long seed) {
    double[] wideA = Elements.widen(a);
    double[] wideB = Elements.widen(b);
    Elements actual = Elements.dense(c, N);
    return Freivalds.check("product", N, N, N, 1, wideA, wideB, 0, null, actual, seed);
  }

  @Test
  void aSingleWrongElementIsCaught() {
    Random random = new Random(1);
    float[] a = matrix(N * N, random::nextGaussian);
    float[] b = matrix(N * N, random::nextGaussian);
    float[] c = product(N, N, N, a, b);
    double share = check(a, b, c, 7);
    assertTrue(share > 0 && share <= 1, () -> "share " + share);
    float right = c[77 * N + 100];
    for (float wrong : new float[] {right + 1, Float.NaN, Float.POSITIVE_INFINITY}) {
      c[77 * N + 100] = wrong;
      AssertionError error = assertThrows(AssertionError.class, () -> check(a, b, c, 7));
      assertTrue(error.getMessage().startsWith("product: 120×120×120, row 77 times"));
      assertTrue(error.getMessage().contains("seed=7"));
    }
  }

  /** Integer operands that no operation can round are held to no error at all. */
  @Test
  void wholeNumbersAdmitNoError() {
    Random random = new Random(2);
    float[] a = matrix(N * N, () -> random.nextInt(17) - 8);
    float[] b = matrix(N * N, () -> random.nextInt(17) - 8);
    float[] c = product(N, N, N, a, b);
    assertEquals(0, check(a, b, c, 7));
    for (int trial = 0; trial < 50; trial++) {
      int wrong = random.nextInt(c.length);
      int seed = trial;
      c[wrong] += 1;
      assertThrows(AssertionError.class, () -> check(a, b, c, seed));
      c[wrong] -= 1;
    }
  }

  /** Two errors that cancel under one vector are caught by another of eight: 255 times of 256. */
  @Test
  void cancellingErrorsAreCaught() {
    Random random = new Random(3);
    float[] a = matrix(N * N, () -> random.nextInt(17) - 8);
    float[] b = matrix(N * N, () -> random.nextInt(17) - 8);
    float[] c = product(N, N, N, a, b);
    c[5] += 1;
    c[9] -= 1;
    int caught = 0;
    for (int seed = 0; seed < 40; seed++) {
      try {
        check(a, b, c, seed);
      } catch (AssertionError expected) {
        caught++;
      }
    }
    assertTrue(caught >= 38, "caught " + caught + " of 40");
  }

  /** {@link GemmOracle#errorBound} holds for other orders than the kernels', fused or not. */
  @Test
  void errorBoundHoldsForEveryOrder() {
    Random random = new Random(4);
    Accuracy accuracy = new Accuracy("products of several orders");
    double[] scales = {1, 1e-22, 1e-18};
    for (int trial = 0; trial < 600; trial++) {
      int k = random.nextInt(20);
      double scale = scales[trial % 3];
      float alpha = (float) random.nextGaussian();
      float beta = trial % 4 == 0 ? 0 : (float) random.nextGaussian();
      float[] a = matrix(k, () -> scale * random.nextGaussian());
      float[] b = matrix(k, () -> scale * random.nextGaussian());
      float before = (float) (scale * scale * random.nextGaussian());
      float fused = beta * before;
      float added = beta * before;
      float backwards = 0;
      for (int l = 0; l < k; l++) {
        fused = Math.fma(alpha * a[l], b[l], fused);
        added += alpha * (a[l] * b[l]);
        backwards += a[k - 1 - l] * b[k - 1 - l];
      }
      backwards = alpha * backwards + beta * before;
      double[] x = Elements.widen(a);
      double[] y = Elements.widen(b);
      double[] c = {before};
      double[] expected = GemmOracle.gemm(1, 1, k, alpha, x, y, beta, c);
      Bound bound = Bound.componentwise(GemmOracle.errorBound(1, 1, k, alpha, x, y, beta, c));
      for (float actual : new float[] {fused, added, backwards}) {
        accuracy.check(new float[] {actual}, expected, bound, "trial=" + trial);
      }
    }
    assertTrue(accuracy.worstShare() > 0.1, accuracy::toString);
  }
}
