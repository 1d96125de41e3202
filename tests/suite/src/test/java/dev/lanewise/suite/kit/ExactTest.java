package dev.lanewise.suite.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testkit.oracle.BatchNormOracle;
import dev.lanewise.testkit.oracle.ColumnSumsOracle;
import dev.lanewise.testkit.oracle.Exact;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Exact} by hand, and the oracles in double against it to the digits that they claim. */
class ExactTest {
  private static final double U = 0x1p-53;

  /** What the elements of an operand are like. */
  enum Data {
    ORDINARY,
    /** Magnitudes from 2^-60 to 2^60. */
    ILL_SCALED,
    /** Each element is followed by minus itself, but for its last bits. */
    CANCELLING,
    /** A mean of 10^6 deviations. */
    SHIFTED;

    double[] draw(int length, Random random) {
      double[] x = new double[length];
      for (int i = 0; i < length; i++) {
        double normal = random.nextGaussian();
        x[i] =
            switch (this) {
              case ORDINARY -> normal;
              case ILL_SCALED -> Math.scalb(normal, random.nextInt(121) - 60);
              case CANCELLING -> i % 2 == 0 ? 1e8 * normal : -x[i - 1] * (1 + 1e-15 * normal);
              case SHIFTED -> 1e6 + normal;
            };
      }
      return x;
    }
  }

  private static BigDecimal big(String decimal) {
    return new BigDecimal(decimal);
  }

  private static void assertSame(String expected, BigDecimal actual) {
    assertEquals(0, big(expected).compareTo(actual), actual::toString);
  }

  @Test
  void byHand() {
    assertSame("2", Exact.sum(1e30, 1, -1e30, 1));
    assertSame("0", Exact.sum());
    double[] x = {1e16, 1, -1e16};
    assertSame("3", Exact.dot(x, new double[] {1, 3, 1}));
    assertSame("200000000000000000000000000000001", Exact.sumOfSquares(x));
    assertEquals(0x1p-54, Exact.distance(1, big("1").add(new BigDecimal(0x1p-54))));
    assertEquals(0x1p-54, Exact.distance(1f, big("1").subtract(new BigDecimal(0x1p-54))));
    assertEquals(Double.POSITIVE_INFINITY, Exact.distance(Double.NaN, big("1")));
    assertThrows(IllegalArgumentException.class, () -> Exact.sum(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Exact.dot(x, new double[2]));
  }

  @Test
  void gemmByHand() {
    double[] a = {1, 2, 3, 4};
    double[] b = {5, 6, 7, 8};
    double[] c = {1, 1, 1, 1e300};
    assertSame("41", GemmOracle.exact(0, 1, 2, 2, 2, 2, a, b, -3, c));
    assertSame("83", GemmOracle.exact(1, 0, 2, 2, 2, 2, a, b, -3, c));
    BigDecimal large = new BigDecimal(1e300).add(big("100"));
    assertEquals(0, large.compareTo(GemmOracle.exact(1, 1, 2, 2, 2, 2, a, b, 1, c)));
    double[] nan = {Double.NaN};
    double[] two = {2};
    assertSame("4", GemmOracle.exact(0, 0, 1, 1, 1, 1, two, two, 0, nan));
    assertSame("4", GemmOracle.exact(0, 0, 1, 1, 1, 0, nan, nan, 2, two));
    assertThrows(
        IllegalArgumentException.class, () -> GemmOracle.exact(0, 0, 1, 1, 1, 1, nan, two, 0, nan));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> GemmOracle.exact(0, 1, 1, 1, 1, 1, two, two, 0, nan));
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void gemmKeepsWhatItClaims(Data data) {
    Random random = new Random(data.ordinal());
    double worst = 0;
    for (int trial = 0; trial < 40; trial++) {
      int m = 1 + random.nextInt(4);
      int n = 1 + random.nextInt(4);
      int k = random.nextInt(60);
      double alpha = random.nextGaussian();
      double beta = trial % 4 == 0 ? 0 : random.nextGaussian();
      double[] a = data.draw(m * k, random);
      double[] b = Data.ORDINARY.draw(k * n, random);
      double[] c = data.draw(m * n, random);
      double[] actual = GemmOracle.gemm(m, n, k, alpha, a, b, beta, c);
      double[] magnitude = GemmOracle.magnitude(m, n, k, alpha, a, b, beta, c);
      for (int ij = 0; ij < actual.length; ij++) {
        BigDecimal exact = GemmOracle.exact(ij / n, ij % n, m, n, k, alpha, a, b, beta, c);
        double error = Exact.distance(actual[ij], exact);
        double bound = (k + 2) * U * magnitude[ij];
        assertTrue(error <= bound, () -> "error " + error + ", bound " + bound);
        worst = Math.max(worst, error == 0 ? 0 : error / bound);
      }
    }
    assertTrue(worst > 0.1, "worst share " + worst);
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void columnSumsKeepWhatTheyClaim(Data data) {
    Random random = new Random(data.ordinal());
    double worst = 0;
    for (int m : new int[] {0, 1, 2, 3, 10, 100, 1000, 10_000}) {
      double[] x = data.draw(m, random);
      BigDecimal exact = Exact.sum(x);
      double error = Exact.distance(ColumnSumsOracle.sums(m, 1, x)[0], exact);
      double magnitude = ColumnSumsOracle.magnitude(m, 1, x)[0];
      double bound = U * Math.abs(exact.doubleValue()) + U * U * m * (double) m * magnitude;
      assertTrue(error <= bound, () -> "m=" + m + " error " + error + ", bound " + bound);
      worst = Math.max(worst, error == 0 ? 0 : error / bound);
    }
    assertTrue(worst > 0.1, "worst share " + worst);
  }

  /** m²·s2 = m·Σz² - (Σz)², which cancels, but not here. */
  @ParameterizedTest
  @EnumSource(Data.class)
  void batchStatisticsKeepAlmostAllDigits(Data data) {
    Random random = new Random(data.ordinal());
    for (int m : new int[] {1, 2, 7, 100, 5000}) {
      double[] z = data.draw(m, random);
      BigDecimal count = new BigDecimal(m);
      BigDecimal sum = Exact.sum(z);
      BigDecimal mean = sum.divide(count, new MathContext(60));
      BigDecimal variance =
          count
              .multiply(Exact.sumOfSquares(z))
              .subtract(sum.multiply(sum))
              .divide(count.multiply(count), new MathContext(60));
      double magnitude = ColumnSumsOracle.magnitude(m, 1, z)[0];
      double meanBound = 2 * U * Math.abs(mean.doubleValue()) + U * U * m * magnitude;
      double meanError = Exact.distance(BatchNormOracle.mean(m, 1, z)[0], mean);
      assertTrue(meanError <= meanBound, () -> meanError + " beyond " + meanBound);
      double s2 = variance.doubleValue();
      // Each deviation is off by the mean's error and a rounding of its own, which is that of z.
      double scale = Math.sqrt(s2) * (meanBound + U * magnitude / m) + meanBound * meanBound;
      double s2Bound = 8 * U * s2 + 2 * scale;
      double s2Error = Exact.distance(BatchNormOracle.variance(m, 1, z)[0], variance);
      assertTrue(s2Error <= s2Bound, () -> "m=" + m + " " + s2Error + " beyond " + s2Bound);
      assertTrue(s2Bound <= 1e-8 * s2 || m == 1, "the bound means something");
    }
  }
}
